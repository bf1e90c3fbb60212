import type { Judgement } from '../model/verdict.js';

/** Whether a task holds, and since when. Level-triggered: one look that is no pass ends it. */
export interface Hold {
  /** Of the latest look; absent before the first. */
  readonly verdict?: Judgement['verdict'] | undefined;
  /** ISO 8601; the first of the looks in a row that passed. */
  readonly heldSince?: string | undefined;
  /** When it had held for long enough; it is done from then on until it stops holding. */
  readonly doneAt?: string | undefined;
}

export const NOT_HELD: Hold = { heldSince: undefined, doneAt: undefined };

/** Nothing is known of the time between two looks that are further apart than this, nor than the time to hold. */
const LONGEST_GAP_MS = 15_000;

/** Pure. What one more look makes of it. */
export function heldAfter(
  before: Hold,
  look: {
    readonly verdict: Judgement['verdict'];
    readonly at: string;
    /** Absent for the first look. */
    readonly sinceLastMs: number | undefined;
  },
  holdMs: number,
): Hold {
  const { verdict, at } = look;
  if (verdict !== 'passed') return { ...NOT_HELD, verdict };
  const isUnbroken = look.sinceLastMs !== undefined && look.sinceLastMs <= Math.max(LONGEST_GAP_MS, holdMs);
  const heldSince = (isUnbroken ? before.heldSince : undefined) ?? at;
  const hasHeld = Date.parse(at) - Date.parse(heldSince) >= holdMs;
  const doneAt = hasHeld ? ((isUnbroken ? before.doneAt : undefined) ?? at) : undefined;
  return { verdict, heldSince, doneAt };
}
