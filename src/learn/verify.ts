import type { Task, TypedLine } from '../model/exercise.js';
import { haNodesOf } from '../model/lab.js';
import { NO_TIME, type Step } from '../model/scenario.js';
import { stretched } from '../model/slowness.js';
import { targetText } from '../model/target.js';
import { executeStep } from '../runner/execute-step.js';
import type { RunSession } from '../runner/session.js';
import { nextHelp } from './choose-hint.js';
import { withMemoryOf } from './remembered.js';
import { lostOf } from './score.js';
import type { LearnSession } from './session.js';
import { currentOf, isThrough, type LearnState, type LearnStep, learnStepOf, standingOf } from './state.js';
import type { Trial, Tried } from './verified.js';
import { openWayBack } from './way-back.js';

/** A session that has just begun, in a lab of its own. */
export interface VerifyPlace {
  readonly run: RunSession;
  readonly session: LearnSession;
  /** Called with what is tried next. */
  readonly onProgress: (text: string) => void;
  /** Called with what came of it. */
  readonly onTried: (tried: Tried) => void;
}

/**
 * Goes through an exercise to its end, or to the first step that cannot be done. `solve` does each task as its solution has
 * it. `stray` also makes each mistake and leaves lines out, every time from the state before the step.
 */
export async function verifyThrough(place: VerifyPlace, how: 'solve' | 'stray'): Promise<void> {
  const { session, onTried } = place;
  while (!isThrough(session.state())) {
    const { step, task } = currentOf(session.state());
    place.onProgress(step.id);
    await answerQuestions(place);
    const done = await (task.by === 'halab' ? doneByHalab(place, step) : doneByStudent(place, step, how));
    onTried(done);
    if (done.verdict !== 'passed') return;
    if (task.predict !== undefined) onTried(predicted(place, step));
    const after = await goOn(place, step);
    if (isThrough(after)) return lasting(place);
    if (after.current !== step.id) continue;
    const { at } = currentOf(after);
    const verdict = at.verdict === 'unknown' ? 'unknown' : 'failed';
    return onTried({ trial: 'solution', step: step.id, verdict, seen: `it no longer holds: ${reasonsOf(at)}` });
  }
}

/** To the next step. An inconclusive look, as where a node was slow, is no reason to end here. */
async function goOn({ run, session }: VerifyPlace, { id }: Step): Promise<LearnState> {
  const { clock, signal, slowness } = run.deps;
  const untilMs = clock.monotonicMs() + stretched(STRAY_MS, slowness());
  for (;;) {
    const after = await session.next();
    const isTold = !['unsure', 'holding'].includes(standingOf(currentOf(after).at));
    if (isTold || after.current !== id || isThrough(after) || clock.monotonicMs() >= untilMs) return after;
    await clock.sleep(LOOK_EVERY_MS, signal);
  }
}

/** Whether what was done has lasted to the end, without anything that a student might have done beside it. */
async function lasting({ session, onTried }: VerifyPlace): Promise<void> {
  for (const step of (await session.finish()).steps) {
    const [lost] = lostOf(step);
    if (lost === undefined) continue;
    const seen = `at the end it does not hold: ${lost.expected}, seen: ${lost.seen}; where a later step undoes it, until names that`;
    onTried({ trial: 'solution', step: step.step, verdict: lost.verdict === 'failed' ? 'failed' : 'unknown', seen });
  }
}

/** The prediction is any; a question about the cluster gets the answer that is right now. */
async function answerQuestions({ session }: VerifyPlace): Promise<void> {
  const { task, at } = currentOf(session.state());
  const [option] = task.predict?.options ?? [];
  if (option !== undefined) await session.answer(option.id);
  const right = at.look?.right.answer;
  if (right !== undefined) await session.answer(right);
}

function predicted({ session }: VerifyPlace, { id }: Step): Tried {
  const { outcome } = learnStepOf(session.state(), id);
  if (outcome?.right !== undefined) return { trial: 'question', step: id, verdict: 'passed', seen: '' };
  const seen = `no option of its prediction turned out right: ${outcome?.seen.join('; ') ?? 'it was not settled'}`;
  return { trial: 'question', step: id, verdict: 'failed', seen };
}

async function doneByHalab({ session }: VerifyPlace, { id }: Step): Promise<Tried> {
  const { result } = learnStepOf(await session.next(), id);
  const verdict = result === undefined || result.verdict === 'skipped' ? 'unknown' : result.verdict;
  const seen = verdict === 'passed' ? '' : (result?.reason ?? 'it was not done');
  return { trial: 'halab', step: id, verdict, seen };
}

async function doneByStudent(place: VerifyPlace, step: Step, how: 'solve' | 'stray'): Promise<Tried> {
  const { session, onTried } = place;
  const { task } = currentOf(session.state());
  if (task.answer !== undefined) {
    const { look } = await lookUntil(place, (at) => at.look?.right.answer !== undefined);
    const right = look?.right.answer;
    const seen = right === undefined ? 'no option of its question is right' : '';
    onTried({ trial: 'question', step: step.id, verdict: right === undefined ? 'failed' : 'passed', seen });
  }
  if (step.expect.length > 0) onTried(openStill('unsolved', step, await lookUntil(place, () => true)));
  await answerQuestions(place);
  if (task.solve.length === 0) return solved(place, step);
  if (how === 'stray') await stray(place, step);
  else await session.solve();
  const { typed } = learnStepOf(session.state(), step.id);
  const refused = typed.find(({ exitCode }) => exitCode !== 0);
  if (refused === undefined) return solved(place, step);
  const seen = `${refused.line} ended with exit code ${refused.exitCode}: ${refused.printed}`;
  return { trial: 'solution', step: step.id, verdict: 'failed', seen };
}

async function solved({ session }: VerifyPlace, step: Step): Promise<Tried> {
  const { at } = currentOf(await session.check());
  if (standingOf(at) === 'done') return { trial: 'solution', step: step.id, verdict: 'passed', seen: '' };
  const verdict = at.verdict === 'unknown' ? 'unknown' : 'failed';
  return { trial: 'solution', step: step.id, verdict, seen: reasonsOf(at) };
}

/**
 * Each mistake, then the solution without one of its lines, and last the rest of the solution. The last line is left out on the way,
 * with a look before it is typed; a line for all nodes only on the last of them, as a student forgets one. Every other line
 * takes a way back. Lines that are left out together are not tried: with one of them missing the task is open already.
 */
async function stray(place: VerifyPlace, step: Step): Promise<void> {
  const { task } = currentOf(place.session.state());
  const { mistakes, solve } = task;
  const leftOut = leftOutOf(task);
  const times = mistakes.length + leftOut.length;
  const again = () => answerQuestions(place);
  const back = times > 0 ? await openWayBack({ ...place, times, again }) : undefined;
  const tryLines = async (trial: Trial, name: string, lines: readonly TypedLine[], hint?: string): Promise<void> => {
    place.onProgress(trial === 'mistake' ? `${step.id}: ${name}` : `${step.id}: without ${name}`);
    const problem = await type(place, step, lines);
    const seen = await lookUntil(place, (now) => hint === undefined || hintFor(place, now) === hint);
    const hints = hint === undefined ? undefined : { hint, got: hintFor(place, seen) };
    place.onTried({ ...(problem ?? openStill(trial, step, seen, hints)), trial, step: step.id, name });
  };
  for (const { id, do: lines, hint } of mistakes) {
    await tryLines('mistake', id, lines, hint);
    await back?.restore();
  }
  for (const { line, rest } of leftOut) {
    await tryLines('left-out', textOf(line), rest);
    await back?.restore();
  }
  await back?.close();
  const { before, last } = partsOf(place, solve);
  if (last !== undefined && before.length > 0) await tryLines('left-out', textOf(last), before);
  place.onProgress(`${step.id}: the solution`);
  await type(place, step, last === undefined ? [] : [last]);
  await lookUntil(place, () => false, SOLUTION_MS);
}

/** The solution without each of its lines but the last, unless that is a mistake, which is tried as such. */
function leftOutOf({ mistakes, solve }: Task) {
  const made = mistakes.map((each) => JSON.stringify(each.do));
  return solve
    .slice(0, -1)
    .map((line, index) => ({ line, rest: solve.toSpliced(index, 1) }))
    .filter(({ rest }) => !made.includes(JSON.stringify(rest)));
}

/** The solution but its last line, or but the last node of that, and this rest. */
function partsOf({ run }: VerifyPlace, solve: readonly TypedLine[]) {
  const [last] = solve.slice(-1);
  const before = solve.slice(0, -1);
  if (last?.on.kind !== 'all') return { before, last };
  const each = haNodesOf(run.deps.instance.lab).map(({ name }): TypedLine => ({ ...last, on: { kind: 'node', name } }));
  return { before: [...before, ...each.slice(0, -1)], last: each.at(-1) };
}

function textOf({ on, line }: TypedLine): string {
  return `${targetText(on)}# ${line}`;
}

/** Types lines one by one, as a person goes on after one that failed. Resolves to why one could not be typed at all. */
async function type(
  { run, session }: VerifyPlace,
  step: Step,
  lines: readonly TypedLine[],
): Promise<Pick<Tried, 'verdict' | 'seen'> | undefined> {
  const state = session.state();
  const { auditor: _, ...deps } = run.deps;
  const quiet: RunSession = { ...withMemoryOf(run, state), deps };
  for (const line of lines) {
    const action: Step['action'] = { kind: 'type', lines: [line] };
    // The step's own `within` may name the constants of a cluster that this line only begins to form.
    const typing: Step = { ...step, action, unless: [], probes: [], expect: [], within: NO_TIME };
    const { verdict, reason = '' } = await executeStep(quiet, state.scenario, typing);
    if (verdict === 'unknown') return { verdict, seen: `${textOf(line)} could not be typed: ${reason}` };
  }
  return undefined;
}

const LOOK_EVERY_MS = 500;
/** A cluster that is idle stays as it is, unless an agent or a unit is still at work. */
const STEADY_MS = 10_000;
const STRAY_MS = 60_000;
const SOLUTION_MS = 90_000;

/**
 * Looks until the task is done, or is open in an idle cluster as it is meant to be, in two looks in a row. Where it is
 * open otherwise, it gives the cluster some time.
 */
async function lookUntil(
  { run, session }: VerifyPlace,
  isMeant: (at: LearnStep) => boolean,
  longestMs = STRAY_MS,
): Promise<LearnStep> {
  const { clock, signal, slowness } = run.deps;
  const begunMs = clock.monotonicMs();
  const steadyMs = Math.min(longestMs, longestMs === STRAY_MS ? STEADY_MS : longestMs);
  let meant = 0;
  let idleSinceMs: number | undefined;
  for (;;) {
    const { at } = currentOf(await session.look());
    const nowMs = clock.monotonicMs();
    const isOpen = at.verdict === 'failed' && at.look?.busy === undefined;
    meant = isOpen && isMeant(at) ? meant + 1 : 0;
    idleSinceMs = isOpen ? (idleSinceMs ?? nowMs) : undefined;
    const isSteady = idleSinceMs !== undefined && nowMs - idleSinceMs >= stretched(steadyMs, slowness());
    const isOver = nowMs - begunMs >= stretched(longestMs, slowness());
    if (standingOf(at) === 'done' || meant > 1 || isSteady || isOver) return at;
    await clock.sleep(LOOK_EVERY_MS, signal);
  }
}

function hintFor({ session }: VerifyPlace, at: LearnStep): string | undefined {
  return nextHelp(currentOf(session.state()).task, at)?.hint?.id;
}

/** Whether the task is open, as it must be, and whether the hint that fits is the one that is meant. */
function openStill(
  trial: Trial,
  step: Step,
  at: LearnStep,
  hints?: { readonly hint: string; readonly got: string | undefined },
): Tried {
  const tried = (verdict: Tried['verdict'], seen: string): Tried => ({ trial, step: step.id, verdict, seen });
  if (at.verdict === 'passed') return tried('failed', 'the task is done all the same');
  if (at.verdict !== 'failed') return tried('unknown', reasonsOf(at));
  if (hints === undefined || hints.got === hints.hint) return tried('passed', '');
  return tried('failed', `the hint that fits is ${hints.got ?? 'none'}, and not ${hints.hint}: ${reasonsOf(at)}`);
}

/** What does not hold at the latest look, or is unknown. */
function reasonsOf({ look }: LearnStep): string {
  const checks = (look?.checks ?? []).filter(({ verdict }) => verdict !== 'passed');
  const reasons = [
    ...checks.map(({ expected, seen }) => `${expected}, seen: ${seen}`),
    ...(look?.disorders ?? []).map(({ seen }) => seen),
    ...(look?.busy === undefined ? [] : [look.busy]),
  ];
  return reasons.length === 0 ? 'what decides it was not seen' : reasons.join('; ');
}
