import { availableParallelism } from 'node:os';
import { isLabError, LabError } from '../../model/errors.js';
import { inTurns } from '../../model/in-turns.js';
import type { LabInstance } from '../../model/lab.js';
import type { Scenario } from '../../model/scenario.js';
import { EXIT } from '../../model/verdict.js';
import type { Backend, LabStatus } from '../../ports/backend.js';
import { untilAborted } from '../../ports/clock.js';
import { listInstances, loadInstance } from '../../store/instances.js';
import { exitCodeOfError } from '../errors.js';
import { withInterrupt } from '../interrupt.js';
import { checkName, instanceToBringUp, type LabFlags, labFromFlags } from '../lab-session.js';
import { output, stopwatch } from '../output.js';
import { requireMachine } from '../preflight.js';
import { type NamedLab, numberedNames, readRoster, rosterNames } from '../roster.js';
import { setUpsNamed } from '../set-up-session.js';
import type { Settings } from '../settings.js';
import { type StackFlags, withPinned } from '../stack/pinned.js';
import { backendOf } from '../wire.js';
import { bringUp } from './bring-up.js';

export interface ManyFlags extends LabFlags, StackFlags {
  readonly count?: number;
  /** A file with a name on each line. */
  readonly roster?: string;
  /** Scenarios that are played in each. */
  readonly setUp?: readonly string[];
}

interface BroughtUp {
  readonly instance: LabInstance;
  readonly status?: LabStatus;
  readonly error?: unknown;
}

/** Several labs of one kind. Everything is checked before the first begins; one that fails does not end the others. */
export async function upMany(settings: Settings, asked: ManyFlags): Promise<number> {
  const flags = await withPinned(settings, asked);
  const instances = instancesWanted(settings, flags);
  const [first] = instances;
  if (first === undefined) throw new LabError('bug', 'several labs are wanted, and there is none among them');
  const backend = await backendOf(first, settings);
  const missing = await notUp(backend, instances);
  if (missing[0] !== undefined) {
    await requireMachine(backend, missing[0]);
    requireRoom(backend, missing[0], missing.length);
  }
  const setUps = flags.setUp && (await setUpsNamed(settings, flags.setUp, { ...labOnly(flags), name: first.name }));
  const elapsed = stopwatch();
  const outcomes = await withInterrupt((signal) => bringAllUp(settings, backend, instances, signal, elapsed, setUps));
  if (settings.json) output.answer('up', upJson(outcomes));
  else for (const line of upLines(outcomes, elapsed())) output.line(line);
  const failed = outcomes.find(({ error }) => error !== undefined);
  return failed === undefined ? EXIT.passed : exitCodeOfError(failed.error);
}

function labOnly({ count: _, roster: __, setUp: ___, ...flags }: ManyFlags): LabFlags {
  return flags;
}

function instancesWanted(settings: Settings, flags: ManyFlags): readonly LabInstance[] {
  const { count, roster, name } = flags;
  const rest = labOnly(flags);
  if (count !== undefined && roster !== undefined)
    throw new LabError('usage', '--count and --roster both say how many labs', { hint: 'leave one of them out' });
  const base = checkName(name ?? labFromFlags(settings, flags).name);
  const named = roster === undefined ? numberedNames(base, count ?? 1) : namedIn(settings, roster, base);
  return named.map(({ name: own, who }) => ({
    ...instanceToBringUp(settings, { ...rest, name: own }),
    ...(who === undefined ? {} : { who }),
  }));
}

function namedIn(settings: Settings, roster: string, base: string): readonly NamedLab[] {
  const labs = listInstances(settings.stateDir).map((name) => ({
    name,
    who: loadInstance(settings.stateDir, name)?.who,
  }));
  return rosterNames(readRoster(roster, settings.cwd), base, labs);
}

async function notUp(backend: Backend, instances: readonly LabInstance[]): Promise<readonly LabInstance[]> {
  const states = await Promise.all(instances.map(async (instance) => (await backend.status(instance)).state));
  return instances.filter((_, index) => states[index] !== 'up');
}

/** Throws LabError `backend-failed` where fewer fit, so that none is begun which would starve the others. */
function requireRoom(backend: Backend, instance: LabInstance, wanted: number): void {
  const room = backend.room?.(instance);
  if (room === undefined || room.labs >= wanted) return;
  const what =
    wanted === 1
      ? `this machine has no room for another lab: ${room.ends} first`
      : `this machine has room for ${room.labs} of the ${wanted} labs, then ${room.ends} first`;
  throw new LabError('backend-failed', what, { hint: room.fix, data: { wanted, room: room.labs } });
}

/** As many at once as there are processors: a booting lab keeps one busy. The first makes the image for all, and the set-ups. */
async function bringAllUp(
  settings: Settings,
  backend: Backend,
  instances: readonly LabInstance[],
  signal: AbortSignal,
  elapsed: () => string,
  setUps: readonly Scenario[] = [],
): Promise<readonly BroughtUp[]> {
  let openGate: () => void = () => undefined;
  const imageMade = new Promise<void>((resolve) => {
    openGate = resolve;
  });
  const width = Math.max(...instances.map(({ name }) => name.length));
  const bringOneUp = async (instance: LabInstance, index: number): Promise<BroughtUp> => {
    try {
      if (index > 0) await untilAborted(imageMade, signal);
      const onProgress = ({ stage, text }: { readonly stage: string; readonly text: string }) => {
        if (stage !== 'image' && setUps.length === 0) openGate();
        output.note(`[${elapsed()}] ${instance.name.padEnd(width)}  ${stage}: ${text}`);
      };
      return { instance, status: await bringUp(settings, backend, instance, { signal, onProgress }, setUps) };
    } catch (error) {
      if (!isLabError(error) || error.code === 'bug' || signal.aborted) throw error;
      output.note(`[${elapsed()}] ${instance.name.padEnd(width)}  ✖ ${error.message}`);
      return { instance, error };
    } finally {
      openGate();
    }
  };
  return inTurns(instances, bringOneUp, Math.max(1, availableParallelism()));
}

/** Pure. */
export function upJson(outcomes: readonly BroughtUp[]) {
  const named = ({ name, who }: LabInstance) => ({ instance: name, ...(who === undefined ? {} : { who }) });
  return {
    labs: outcomes.flatMap(({ instance, status }) =>
      status === undefined
        ? []
        : [{ ...named(instance), state: status.state, nodes: status.nodes.map(({ node }) => node) }],
    ),
    failed: outcomes.flatMap(({ instance, error }) =>
      isLabError(error)
        ? [{ ...named(instance), error: { code: error.code, message: error.message, hint: error.hint } }]
        : [],
    ),
  };
}

/** Pure. */
export function upLines(outcomes: readonly BroughtUp[], took: string): readonly string[] {
  const up = outcomes.filter(({ status }) => status !== undefined);
  const [first] = up;
  const width = Math.max(...outcomes.map(({ instance }) => instance.name.length));
  const row = ({ name, who }: LabInstance, text: string) =>
    `  ${name.padEnd(width)}  ${[who, text].filter(Boolean).join('  ')}`.trimEnd();
  return [
    `labs up: ${up.length} of ${outcomes.length} (${took})`,
    ...up.map(({ instance, status }) => row(instance, (status?.nodes ?? []).map(({ node }) => node).join(', '))),
    ...outcomes.flatMap(({ instance, error }) =>
      isLabError(error)
        ? [row(instance, `✖ ${error.message}`), ...(error.hint === undefined ? [] : [`    → ${error.hint}`])]
        : [],
    ),
    ...(first === undefined
      ? []
      : [
          '  halab list   shows what each of them is doing',
          `  halab ssh ${first.instance.lab.nodes[0]?.name} --name ${first.instance.name}   a shell on a node of the first`,
          '  halab down --all   removes all labs of this machine',
        ]),
  ];
}
