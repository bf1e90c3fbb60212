import { healOwn } from '../../../learn/do-step.js';
import { countsOf, type Tried, tryTexts, verdictOfTrials } from '../../../learn/verified.js';
import { type VerifyPlace, verifyThrough } from '../../../learn/verify.js';
import { isLabError, LabError, messageOf } from '../../../model/errors.js';
import { exitCodeOf, worstVerdict } from '../../../model/verdict.js';
import { VERDICT_MARKS } from '../../../report/format.js';
import { loadInstance } from '../../../store/instances.js';
import { systemClock } from '../../../system/clock.js';
import type { AnswerOf } from '../../answers/index.js';
import { withInterrupt } from '../../interrupt.js';
import { checkName, type LabFlags, remember, withLock } from '../../lab-session.js';
import { output, stopwatch, terminalPage } from '../../output.js';
import { requireMachine } from '../../preflight.js';
import type { Settings } from '../../settings.js';
import { type ExerciseInLab, exerciseInLab, libraryOfExercises } from './exercises.js';
import { withLearning } from './open.js';
import { newSession, prepare } from './start.js';
import { verifyLines } from './verify-lines.js';

/** The lab that exercises are verified in where no other is named. */
const VERIFY_LAB = 'verify';
/** The second time somebody else does the exercise, and gets other addresses and hosts. */
const ANOTHER = { seed: 'verify', student: 'another' };

type Verified = AnswerOf<'learn-verify'>['exercises'][number];

/** An exercise as its author has it, and as it is drawn for somebody else. */
interface Twice {
  readonly id: string;
  readonly own: ExerciseInLab;
  readonly others: ExerciseInLab;
}

/**
 * The author's CI: does each exercise twice in a lab of its own, which is removed afterwards, and tries what a student would.
 * 1: something is not as it must be; 3: something could not be tried.
 */
export async function verify(settings: Settings, ids: readonly string[], flags: LabFlags): Promise<number> {
  const name = checkName(flags.name ?? VERIFY_LAB);
  requireUnused(settings, name);
  const { found, skipped } = await toVerify(settings, ids, { ...flags, name });
  const elapsed = stopwatch();
  const note = (text: string) => output.note(`[${elapsed()}] ${text}`);
  const exercises = await withInterrupt(async (signal) => {
    const verified: Verified[] = [...skipped];
    for (const [index, twice] of found.entries()) {
      const { own } = twice;
      await requireMachine(own.backend, own.instance);
      try {
        verified.push(await verifyTwice(settings, twice, signal, note));
      } finally {
        const next = found[index + 1]?.own.instance.lab;
        const isNeeded = next !== undefined && next.name === own.instance.lab.name && !signal.aborted;
        if (!isNeeded) await takeDown(settings, own);
      }
    }
    return verified;
  });
  if (settings.json) output.answer('learn-verify', { exercises });
  else output.line(verifyLines(exercises, terminalPage(settings.language)).join('\n'));
  return exitCodeOf(worstVerdict(exercises.map(({ verdict }) => verdict)));
}

function requireUnused(settings: Settings, name: string): void {
  if (loadInstance(settings.stateDir, name) === undefined) return;
  throw new LabError('lab-already-up', `${name} is up, and exercises are verified in a lab of their own`, {
    hint: `another --name makes one; halab down --name ${name} removes this one`,
    data: { name },
  });
}

/** Those that begin alike stand side by side, so that one lab does for all of them. */
async function toVerify(settings: Settings, ids: readonly string[], flags: LabFlags & { readonly name: string }) {
  const found: Twice[] = [];
  const skipped: Verified[] = [];
  for (const id of ids.length > 0 ? ids : libraryOfExercises(settings).map((each) => each.id)) {
    try {
      const own = await exerciseInLab(settings, id, flags);
      found.push({ id: own.scenario.id, own, others: await exerciseInLab(settings, id, flags, ANOTHER) });
    } catch (error) {
      if (ids.length > 0 || !isLabError(error)) throw error;
      skipped.push(verifiedOf(id, [], { durationMs: 0, variants: [], skipped: error.message }));
    }
  }
  const beginnings = [...new Set(found.map(beginningOf))];
  const rank = (each: Twice) => beginnings.indexOf(beginningOf(each));
  return { found: found.toSorted((one, other) => rank(one) - rank(other)), skipped };
}

function beginningOf({ own: { instance, setUps } }: Twice): string {
  return [instance.lab.name, ...setUps.map(({ id }) => id)].join(' ');
}

async function verifyTwice(
  settings: Settings,
  { id, own, others }: Twice,
  signal: AbortSignal,
  note: (text: string) => void,
): Promise<Verified> {
  const begunMs = systemClock.monotonicMs();
  const tried: Tried[] = [...tryTexts(own.scenario)];
  const onTried = (each: Tried) => {
    tried.push(each);
    if (each.verdict === 'passed') return;
    const what = [each.trial, each.name].filter(Boolean).join(' ');
    note(`${VERDICT_MARKS[each.verdict]} ${id} ${each.step ?? ''} ${what}: ${each.seen}`);
  };
  for (const [how, found] of [['solve', own] as const, ['stray', others] as const]) {
    const onProgress = (text: string) => note(`${id} ${how === 'solve' ? '1/2' : '2/2'} ${text}`);
    await verifyOnce(settings, found, how, { signal, onProgress, onTried });
    if (signal.aborted) throw signal.reason;
  }
  const variants = [own, others].map(({ scenario }) => scenario.exercise.variant);
  return verifiedOf(id, tried, { durationMs: systemClock.monotonicMs() - begunMs, variants });
}

async function verifyOnce(
  settings: Settings,
  found: ExerciseInLab,
  how: Parameters<typeof verifyThrough>[1],
  { signal, ...told }: Pick<VerifyPlace, 'onProgress' | 'onTried'> & { readonly signal: AbortSignal },
): Promise<void> {
  const { instance, backend } = found;
  remember(settings, instance);
  const folder = newSession(settings, found, how === 'solve' ? {} : ANOTHER);
  await withLearning({ settings, instance, backend, folder, signal }, async (open) => {
    const { run, session } = open;
    try {
      await prepare(open, found, told.onProgress);
      await verifyThrough({ run, session, ...told }, how);
    } catch (error) {
      if (!isLabError(error) || signal.aborted) throw error;
      told.onTried({ trial: 'solution', step: session.state().current, verdict: 'unknown', seen: messageOf(error) });
    } finally {
      await healOrRemove(settings, found, () => healOwn(run, session.state()));
    }
  });
}

/** A lab with a fault that cannot be undone is of no use to the next one. */
async function healOrRemove(settings: Settings, found: ExerciseInLab, heal: () => Promise<void>): Promise<void> {
  try {
    await heal();
  } catch (error) {
    if (!isLabError(error)) throw error;
    await takeDown(settings, found);
  }
}

function takeDown(settings: Settings, { instance, backend }: ExerciseInLab): Promise<void> {
  return withLock(settings, instance.name, 'down', () => backend.down(instance.name));
}

function verifiedOf(
  exercise: string,
  tried: readonly Tried[],
  more: Pick<Verified, 'durationMs' | 'variants' | 'skipped'>,
): Verified {
  return {
    exercise,
    verdict: verdictOfTrials(tried),
    ...more,
    counts: countsOf(tried),
    findings: tried.filter(({ verdict }) => verdict !== 'passed'),
  };
}
