/** Time as a parameter. */
export interface Clock {
  /** Wall clock, ISO 8601 with milliseconds, UTC. */
  now(): string;
  /** Milliseconds on a clock that never steps back; only differences mean anything. */
  monotonicMs(): number;
  /** Resolves after `ms`, or rejects with the signal's reason as soon as it aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
