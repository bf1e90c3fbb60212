import type { Client } from 'ssh2';
import { LabError, messageOf } from '../model/errors.js';
import type { Slots } from './slots.js';

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
  /** For what is opened when nobody waits for it any more. */
  readonly tooLate: (value: T) => void;
}

/**
 * Opens a channel, or fails with why the connection is gone. `use` gets it at once: the other side's first words and
 * even its exit code may be in the same packet as the confirmation, and only listeners that are there by then hear them.
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
