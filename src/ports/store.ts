import type { RunEvent, StampedEvent } from '../model/event.js';

/** One run's folder. */
export interface RunFolder {
  readonly id: string;
  readonly path: string;
  /** The clock's `monotonicMs` when the run began: what an event's `ms` is counted from. */
  readonly startedMs?: number;
  /** Stamps and appends to events.jsonl at once. */
  append(event: RunEvent): StampedEvent;
  /** Writes a file below the folder (parents made), returns its path relative to it. */
  write(relativePath: string, content: string | Buffer): string;
  close(): void;
}

/** The folder of a run that may be over, for its reports. */
export interface StoredRun extends Pick<RunFolder, 'path' | 'write'> {
  /** The content of a file of the folder, by its relative path; undefined where there is none. */
  read(relativePath: string): Buffer | undefined;
}

/** Faults that were or may have been injected; every entry is on disk (fsync) before the call returns. */
export interface FaultJournal {
  open(entry: JournalEntry): void;
  close(id: string): void;
  /** Entries not closed yet, oldest first. */
  pending(): readonly JournalEntry[];
}

export interface JournalEntry {
  readonly id: string;
  readonly at: string;
  readonly run: string;
  readonly fault: import('../model/scenario.js').ResolvedFault;
}
