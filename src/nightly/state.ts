import type { Cell } from './cell.js';
import type { NightEvent, StampedNightEvent } from './events.js';

type Started = Extract<NightEvent, { kind: 'night-started' }>;
type Ended = Extract<NightEvent, { kind: 'attempt-ended' }>;

export interface AttemptState extends Omit<Extract<NightEvent, { kind: 'attempt-started' }>, 'kind'> {
  readonly startedAt: string;
  /** Where it runs; empty while the pool has found none. */
  readonly machine: string;
  readonly handle?: string;
  readonly ended?: Ended & { readonly at: string };
}

/** A night, as far as its log goes. */
export interface NightState {
  readonly started?: Started & { readonly at: string };
  readonly machine: string;
  readonly attempts: readonly AttemptState[];
  /** Cell to why there was no time for it. */
  readonly leftOut: ReadonlyMap<string, string>;
  readonly ended?: string;
  readonly lastAt: string;
}

const NO_NIGHT: NightState = { machine: '', attempts: [], leftOut: new Map(), lastAt: '' };

/** Pure. An attempt counts once, however often the log says that it ended. */
export function applyNight(state: NightState, event: StampedNightEvent): NightState {
  const next = { ...state, lastAt: event.at };
  switch (event.kind) {
    case 'night-started':
      return { ...next, started: event, machine: event.machine };
    case 'night-resumed': {
      const { ended: _, ...open } = next;
      return { ...open, machine: event.machine, leftOut: new Map() };
    }
    case 'attempt-started': {
      const { kind: _, at, ...attempt } = event;
      return { ...next, attempts: [...state.attempts, { ...attempt, startedAt: at, machine: firstMachine(state) }] };
    }
    case 'attempt-running':
      return withAttempt(next, event.attempt, (attempt) => ({ ...attempt, handle: event.handle }));
    case 'attempt-placed':
      return withAttempt(next, event.attempt, (attempt) => ({
        ...attempt,
        machine: event.machine,
        startedAt: event.at,
      }));
    case 'attempt-ended': {
      const ended = withAttempt(next, event.attempt, (attempt) => ({ ...attempt, ended: attempt.ended ?? event }));
      return event.again === undefined
        ? ended
        : { ...ended, attempts: [...ended.attempts, ...begunAgain(event, ended)] };
    }
    case 'cells-left-out':
      return { ...next, leftOut: new Map([...state.leftOut, ...event.cells.map((id) => [id, event.reason] as const)]) };
    case 'night-ended':
      return { ...next, ended: event.at };
  }
}

/** That of this process runs on its machine; a pool of several has to find one. */
function firstMachine({ started, machine }: NightState): string {
  return started?.pool === 'local' ? machine : '';
}

function begunAgain({ attempt, again, at }: Ended & { readonly at: string }, { attempts }: NightState) {
  const before = attempts.find((each) => each.attempt === attempt);
  if (before === undefined || again === undefined) return [];
  const { unit, cells } = before;
  return [{ ...again, unit, cells, startedAt: at, machine: '' }];
}

function withAttempt(state: NightState, id: string, change: (attempt: AttemptState) => AttemptState): NightState {
  return { ...state, attempts: state.attempts.map((each) => (each.attempt === id ? change(each) : each)) };
}

export function foldNight(events: readonly StampedNightEvent[]): NightState {
  return events.reduce(applyNight, NO_NIGHT);
}

/** Those that no event says the end of. */
export function openAttempts({ attempts }: NightState): readonly AttemptState[] {
  return attempts.filter(({ ended }) => ended === undefined);
}

/** The cells that this night runs: those of its shard, and with `--only-failed` those that had not passed. */
export function ownCells<C extends Pick<Cell, 'id' | 'shard'>>(
  cells: readonly C[],
  { started }: NightState,
): readonly C[] {
  const only = started?.only && new Set(started.only);
  const shard = started?.shard?.index;
  return cells.filter(
    ({ id, shard: of }) => (only?.has(id) ?? true) && (shard === undefined || of === undefined || of === shard),
  );
}
