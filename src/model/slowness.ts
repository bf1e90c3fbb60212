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
