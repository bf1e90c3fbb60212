import type { Verdict } from '../model/verdict.js';

/** What came of one cell in one attempt. */
export interface CellResult {
  readonly cell: string;
  readonly verdict: Verdict;
  readonly reason?: string;
  readonly durationMs: number;
  /** The longest that was measured, where its length is known. */
  readonly outageMs?: number;
  /** The run's folder, relative to that of the night. */
  readonly run?: string;
}

/**
 * What happens in a night. They are appended to night.jsonl before what they say is done (`attempt-started`) or as soon as it
 * is known, so that a night whose runner or machine died can go on.
 */
export type NightEvent =
  | {
      readonly kind: 'night-started';
      readonly night: string;
      /** The name of the machine. */
      readonly machine: string;
      readonly pool: string;
      /** What describes it, if it is not this machine alone. */
      readonly poolFile?: string;
      /** What the plan was made from. */
      readonly file: string;
      readonly halab: string;
      readonly shard?: { readonly index: number; readonly of: number };
      /** The cells that are run, where not all of the plan are. */
      readonly only?: readonly string[];
    }
  | { readonly kind: 'night-resumed'; readonly machine: string }
  | {
      readonly kind: 'attempt-started';
      /** Unique in the night. */
      readonly attempt: string;
      readonly unit: string;
      readonly cells: readonly string[];
      /** The name of the lab's instance. */
      readonly lab: string;
      /** Where its runs are written, relative to the night's folder. */
      readonly folder: string;
    }
  /** `handle`: by which the pool finds it again. */
  | { readonly kind: 'attempt-running'; readonly attempt: string; readonly handle: string }
  /** The pool has found a machine for it. */
  | { readonly kind: 'attempt-placed'; readonly attempt: string; readonly machine: string }
  | {
      readonly kind: 'attempt-ended';
      readonly attempt: string;
      /** `lost`: it ended without a result. `stopped`: this night was interrupted, or had no more time; it does not count. */
      readonly outcome: 'finished' | 'lost' | 'stopped';
      readonly reason?: string;
      /** The last that was seen of it, if it was lost. */
      readonly lastSign?: string;
      readonly results: readonly CellResult[];
      readonly durationMs: number;
      /** It was lost by no fault of its own, as where its machine was taken from it. */
      readonly innocent?: true;
      /** The pool has begun the same job again by itself: the next attempt. */
      readonly again?: {
        readonly attempt: string;
        readonly lab: string;
        readonly folder: string;
        readonly handle: string;
      };
    }
  | { readonly kind: 'cells-left-out'; readonly cells: readonly string[]; readonly reason: string }
  | { readonly kind: 'night-ended' };

/** `at`: ISO 8601. */
export type StampedNightEvent = NightEvent & { readonly at: string };
