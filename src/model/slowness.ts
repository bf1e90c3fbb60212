/** How slow a lab's nodes are, and which timings are changed for it. */
export interface Slowness {
  /** How many times slower than a node on hardware; 1 or more. Every wait for work is multiplied by it. */
  readonly factor: number;
  /** corosync's token timeout, if it differs from corosync's default. */
  readonly tokenMs?: number;
  /** pcs's timeout for one request to another node, if it differs from pcs's default of 60 s. */
  readonly pcsRequestS?: number;
}

export const FULL_SPEED: Slowness = { factor: 1 };

/** The longest wait of Node's timers, almost 25 days: one that is longer ends at once. */
export const LONGEST_WAIT_MS = 2 ** 31 - 1;

/** What to give a timer: whole milliseconds that it can wait. Throws RangeError where `ms` is not a number. */
export function timerMs(ms: number): number {
  if (Number.isNaN(ms)) throw new RangeError('a wait must be a number of milliseconds');
  return Math.min(Math.max(0, Math.ceil(ms)), LONGEST_WAIT_MS);
}

/** A wait for the work of nodes, as long as nodes of this speed need, in whole milliseconds. */
export function stretched(ms: number, { factor }: Slowness): number {
  return timerMs(ms * factor);
}

/** Below this a lab counts as fast. */
const SLOW = 2;
/** From this factor on, nodes were seen to miss corosync's default token of 3 s, and pcs its request timeout of 60 s. */
const VERY_SLOW = 3;
const SLOWEST = 60;
const TOKEN_MS = 10_000;
const PCS_REQUEST_S = 60;

/** The settings for a lab whose nodes are `factor` times slower than hardware. */
export function slownessOf(factor: number): Slowness {
  if (!(factor >= SLOW)) return FULL_SPEED;
  const rounded = Math.min(Math.round(factor * 10) / 10, SLOWEST);
  if (rounded < VERY_SLOW) return { factor: rounded };
  return { factor: rounded, tokenMs: TOKEN_MS, pcsRequestS: Math.ceil(PCS_REQUEST_S * rounded) };
}
