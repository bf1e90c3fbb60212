import type { Client, ClientChannel } from 'ssh2';
import { LabError, messageOf } from '../model/errors.js';

/** One ssh connection; `lost` says why once it is gone. */
export interface Connection {
  readonly node: string;
  readonly client: Client;
  lost: LabError | undefined;
  readonly channels: Slots;
  /** The caller's monotonic clock. */
  readonly nowMs: () => number;
}

export function unreachable(node: string, why: string, cause?: unknown): LabError {
  return new LabError('node-unreachable', `${node} cannot be reached: ${why}`, {
    hint: `halab status shows whether ${node} runs; halab up starts what is missing`,
    data: { node },
    cause,
  });
}

interface Patience<T> {
  /** Ends the waiting; its reason is what is thrown. */
  readonly signal: AbortSignal;
  /** Called with a channel that opens after the wait has ended. */
  readonly tooLate: (value: T) => void;
}

/**
 * Opens a channel, or fails with why the connection is gone. `use` gets it at once: the other side's first words and
 * even its exit code may be in the same packet as the confirmation, and later listeners would miss them.
 */
export function open<T, R>(
  state: Connection,
  ask: (done: (error: Error | undefined, value: T) => void) => void,
  use: (value: T) => R | Promise<R>,
  patience?: Patience<T>,
): Promise<R> {
  return new Promise<R>((resolve, reject) => {
    if (state.lost) return reject(state.lost);
    const fail = (error: unknown) => {
      stopWaiting();
      reject(error);
    };
    const onLost = () => fail(state.lost ?? unreachable(state.node, 'the connection was closed'));
    const onGivenUp = () => fail(patience?.signal.reason);
    const stopWaiting = () => {
      state.client.off('close', onLost);
      patience?.signal.removeEventListener('abort', onGivenUp);
    };
    state.client.once('close', onLost);
    patience?.signal.addEventListener('abort', onGivenUp, { once: true });
    try {
      ask((error, value) => {
        stopWaiting();
        if (error) reject(unreachable(state.node, messageOf(error), error));
        else if (patience?.signal.aborted) patience.tooLate(value);
        else resolve(use(value));
      });
    } catch (error) {
      fail(unreachable(state.node, messageOf(error), error));
    }
  });
}

interface Slots {
  /** Resolves when a place is free, to the function that gives it back; to nothing where the signal aborts first. */
  take(signal?: AbortSignal): Promise<(() => void) | undefined>;
}

export function createSlots(count: number): Slots {
  let free = count;
  const waiting = new Set<() => void>();
  const release = () => {
    const [next] = waiting;
    if (next) next();
    else free += 1;
  };
  return {
    take: async (signal) => {
      if (signal?.aborted) return undefined;
      if (free > 0) {
        free -= 1;
        return release;
      }
      return new Promise((resolve) => {
        const settle = (place: (() => void) | undefined) => {
          waiting.delete(onTurn);
          signal?.removeEventListener('abort', onAbort);
          resolve(place);
        };
        const onTurn = () => settle(release);
        const onAbort = () => settle(undefined);
        waiting.add(onTurn);
        signal?.addEventListener('abort', onAbort, { once: true });
      });
    },
  };
}

/** How long to wait for a node to close a channel. */
const LONGEST_MS = 5_000;

/** A place among the channels that a node allows, held for one command. */
export interface Lease {
  /** Keeps the place until this channel is closed from both sides. */
  holds(channel: ClientChannel): void;
  /** The command is over; where a channel may still be open, the place is given back once it is closed. */
  over(mayBeOpen: boolean): void;
}

/**
 * The other side counts a channel until it has closed it too (RFC 4254, 5.3): who opens the next one as soon as a command
 * was given up is refused.
 */
export function createLease(release: () => void): Lease {
  let timer: NodeJS.Timeout | undefined;
  let isGivenBack = false;
  const giveBack = () => {
    clearTimeout(timer);
    if (!isGivenBack) release();
    isGivenBack = true;
  };
  return {
    holds: (channel) => {
      channel.once('close', giveBack);
    },
    over: (mayBeOpen) => {
      if (!mayBeOpen) giveBack();
      else if (!isGivenBack) timer = setTimeout(giveBack, LONGEST_MS).unref();
    },
  };
}
