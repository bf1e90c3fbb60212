import { isLabError, LabError, tolerate } from '../model/errors.js';
import type { Clock } from './clock.js';

/** Takes a lock that one process has at a time. Throws LabError `lab-busy` with the holder. Returns what gives it back. */
export type TakeLock = (file: string, doing: string) => () => void;

interface LockRequest {
  readonly file: string;
  /** What the lock is of, as in `waited 30 s for the history`. */
  readonly what: string;
  /** What it is taken for. */
  readonly doing: string;
  readonly withinMs: number;
  /** Default 50. */
  readonly everyMs?: number;
  /** Called once if another has it. */
  readonly onWaiting?: () => void;
  readonly signal?: AbortSignal;
}

const EVERY_MS = 50;

/**
 * Takes a lock as soon as its holder gives it back. Throws LabError `lab-busy` if that does not happen in time, and what
 * `takeLock` and the clock throw.
 */
export async function lockWithin(
  { clock, takeLock }: { readonly clock: Clock; readonly takeLock: TakeLock },
  { file, what, doing, withinMs, everyMs = EVERY_MS, onWaiting, signal }: LockRequest,
): Promise<() => void> {
  const take = () => takeLock(file, doing);
  const deadline = clock.monotonicMs() + withinMs;
  let release = tolerate(['lab-busy'], take);
  if (release === undefined) onWaiting?.();
  while (release === undefined) {
    await clock.sleep(everyMs, signal);
    release = clock.monotonicMs() < deadline ? tolerate(['lab-busy'], take) : lastTry(take, what, withinMs);
  }
  return release;
}

function lastTry(take: () => () => void, what: string, withinMs: number): () => void {
  try {
    return take();
  } catch (error) {
    const holder = isLabError(error) && error.code === 'lab-busy' ? error.data : undefined;
    if (holder?.pid === undefined) throw error;
    const { pid, doing } = holder;
    throw new LabError('lab-busy', `waited ${withinMs / 1000} s for ${what}: process ${pid} has it (${doing})`, {
      hint: 'try again when it has ended',
      data: { pid, doing },
      cause: error,
    });
  }
}
