import type { DrawnFault } from './draw.js';

/** A fault, or two that are in force at once, from the whole cluster to the whole cluster. */
export type Round = readonly DrawnFault[];

/** One that would join what is not there any more stands alone. */
export function roundsOf(drawn: readonly DrawnFault[]): readonly Round[] {
  const rounds: DrawnFault[][] = [];
  for (const each of drawn) {
    const last = rounds.at(-1);
    if (each.joins && last?.at(-1)?.number === each.number - 1) last.push(each);
    else rounds.push([each]);
  }
  return rounds;
}
