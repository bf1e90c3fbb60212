/** How fast a lab's nodes are, and what is done about it where they are slow. */
export interface Slowness {
  /** How many times slower than a node on hardware; 1 or more. Every wait that stands for work is multiplied by it. */
  readonly factor: number;
  /** corosync's token timeout that the cluster is made with, where it is not corosync's own default. */
  readonly tokenMs?: number;
  /** What pcs gives another node for one request, where it is not pcs's own default of 60 s. */
  readonly pcsRequestS?: number;
}

export const FULL_SPEED: Slowness = { factor: 1 };

/** Below this a lab counts as fast. */
const SLOW = 2;
/** From here on, nodes have been seen to miss corosync's default token of 3 s, and pcs its 60 s for a request. */
const VERY_SLOW = 3;
const SLOWEST = 60;
const TOKEN_MS = 10_000;
const PCS_REQUEST_S = 60;

/** What a lab whose nodes are `factor` times slower than hardware is run with. */
export function slownessOf(factor: number): Slowness {
  if (!(factor >= SLOW)) return FULL_SPEED;
  const rounded = Math.min(Math.round(factor * 10) / 10, SLOWEST);
  if (rounded < VERY_SLOW) return { factor: rounded };
  return { factor: rounded, tokenMs: TOKEN_MS, pcsRequestS: Math.ceil(PCS_REQUEST_S * rounded) };
}
