import { LabError } from '../model/errors.js';

/** Time as a parameter. */
export interface Clock {
  /** Wall clock, ISO 8601 with milliseconds, UTC. */
  now(): string;
  /** Milliseconds on a clock that never steps back; only differences mean anything. */
  monotonicMs(): number;
  /** Resolves after `ms`, or rejects with the signal's reason as soon as it aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The outcome of the work, or of `late` if `ms` pass first; the work then goes on unwatched. */
export async function withDeadline<T>(
  work: Promise<T>,
  ms: number,
  clock: Clock,
  late: () => T | Promise<T>,
): Promise<T> {
  const cancel = new AbortController();
  try {
    return await Promise.race([work, clock.sleep(ms, cancel.signal).then(late)]);
  } finally {
    cancel.abort();
  }
}

/** The outcome of the work, or LabError `interrupted` as soon as the signal aborts. */
export async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let onAbort: () => void = () => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(new LabError('interrupted', 'interrupted'));
    signal.addEventListener('abort', onAbort);
    if (signal.aborted) onAbort();
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** Asks until the answer is yes; resolves to false after `withinMs`. */
export async function askUntil(
  ask: () => Promise<boolean>,
  withinMs: number,
  clock: Clock,
  everyMs = 100,
): Promise<boolean> {
  const deadline = clock.monotonicMs() + withinMs;
  for (;;) {
    if (await ask()) return true;
    if (clock.monotonicMs() >= deadline) return false;
    await clock.sleep(everyMs);
  }
}
