import type { StampedEvent } from '../model/event.js';

/** Receives every event. A reporter that throws cannot stop a run but fails it. */
export interface Reporter {
  readonly name: string;
  on(event: StampedEvent): void;
  /** After the last event: finish files, give the terminal back. */
  close(): Promise<void>;
}
