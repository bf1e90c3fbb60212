/** A job as squeue lists it. */
export interface QueuedJob {
  /** `12_3`: the third task of an array. */
  readonly id: string;
  /** In squeue's words, such as RUNNING. */
  readonly state: string;
  /** How often Slurm has begun it again. */
  readonly restarts: number;
  /** Where it runs or ran; empty while it waits. */
  readonly machine: string;
  /** Why it waits, in squeue's words. */
  readonly reason: string;
}

/** A machine as sinfo lists it. */
export interface ListedMachine {
  readonly name: string;
  /** In sinfo's words, such as `idle` or `down*+drain`. */
  readonly state: string;
  readonly cpus: number;
  readonly cpusInUse: number;
  readonly memoryMiB: number;
  /** Why it is down or drained. */
  readonly reason: string;
}

/** squeue and sinfo pad what they print and cut it off, so that every column has a width, and a bar behind it (squeue(1), --Format). */
const format = (columns: Readonly<Record<string, number>>) =>
  Object.entries(columns)
    .map(([name, width]) => `${name}:${width}|`)
    .join(',');

const QUEUE = format({ JobArrayID: 40, State: 20, RestartCnt: 8, NodeList: 80, Reason: 80 });
const LABS = format({ JobArrayID: 40, Comment: 30_000 });
const MACHINES = format({ NodeList: 80, StateComplete: 60, CPUsState: 30, Memory: 12, Reason: 200 });

/** Every job of ours that Slurm still knows, a line for each task of an array. */
export const QUEUE_ARGV = ['squeue', '--me', '--noheader', '--array', '--states=all', `--Format=${QUEUE}`];
/** The same, with what we have noted with each. */
export const LABS_ARGV = ['squeue', '--me', '--noheader', '--array', '--states=all', `--Format=${LABS}`];

export function machinesArgv(partition: string): readonly string[] {
  return ['sinfo', '--noheader', '--Node', `--partition=${partition}`, `--Format=${MACHINES}`];
}

export function parseQueue(text: string): readonly QueuedJob[] {
  return rowsOf(text).map(([id = '', state = '', restarts = '', machine = '', reason = '']) => ({
    id,
    state,
    restarts: Number(restarts) || 0,
    machine: nothing(machine),
    reason: nothing(reason),
  }));
}

/** Jobs to the labs of their array: see `commentOf`. */
export function parseLabs(text: string): ReadonlyMap<string, string> {
  return new Map(
    rowsOf(text).flatMap(([id = '', labs = '']) => {
      const [, task] = id.split('_');
      const lab = labs.split(',')[Number(task)];
      return task === undefined || lab === undefined ? [] : [[lab, id] as const];
    }),
  );
}

/** What is noted with an array: the labs of its tasks, in their order. */
export function commentOf(labs: readonly string[]): string {
  return labs.join(',');
}

export function parseMachines(text: string): readonly ListedMachine[] {
  return rowsOf(text).map(([name = '', state = '', cpus = '', memory = '', reason = '']) => {
    // allocated/idle/other/total
    const [inUse = 0, , , total = 0] = cpus.split('/').map(Number);
    return { name, state, cpus: total, cpusInUse: inUse, memoryMiB: Number(memory) || 0, reason: nothing(reason) };
  });
}

/** Whether it takes jobs, now or when another has ended. */
export function isUsable({ state }: Pick<ListedMachine, 'state'>): boolean {
  return !/down|drain|\*|unknown|fail|maint|power/.test(state.toLowerCase());
}

function rowsOf(text: string): readonly (readonly string[])[] {
  const lines = text.split('\n').filter((line) => line.includes('|'));
  return lines.map((line) => line.split('|').map((field) => field.trim()));
}

/** Slurm has several words for it. */
function nothing(field: string): string {
  return ['(null)', 'N/A', 'none', 'None', 'n/a'].includes(field) ? '' : field;
}
