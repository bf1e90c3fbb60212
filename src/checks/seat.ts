import type { ClusterState, StatusReading } from '../model/cluster-state.js';
import type { SeenFrom } from '../model/scenario.js';
import type { Judgement } from '../model/verdict.js';
import { judgeBy } from './assertion.js';
import { describeQuorum } from './state-wording.js';

export interface Witness {
  readonly node: string;
  readonly state: ClusterState;
}

/** Those who answered, quorate or not. */
export function witnessesIn(readings: readonly StatusReading[]): readonly Witness[] {
  return readings.flatMap(({ node, state }) => (state === undefined ? [] : [{ node, state }]));
}

/** Whom to ask what one node can answer for all: one in a partition with quorum, or else whoever answered first. */
export function spokesmanIn(readings: readonly StatusReading[]): Witness | undefined {
  const witnesses = witnessesIn(readings);
  return witnesses.find(({ state }) => state.quorate === true) ?? witnesses[0];
}

/** Why nothing is known from this seat. */
export function nobodyAnswered(readings: readonly StatusReading[]): Judgement {
  const problems = readings.map(({ node, problem }) => `${node}: ${problem?.message ?? 'no state'}`);
  return { verdict: 'unknown', seen: `no reading of the cluster: ${problems.join('; ') || 'no node answered'}` };
}

/** `node says …` of everyone, for verdicts in which they differ. */
export function whoSaidWhat(witnesses: readonly Witness[], say: (state: ClusterState) => string): string {
  return witnesses.map(({ node, state }) => `${node} says ${say(state)}`).join('; ');
}

/**
 * The judgement all witnesses of this seat agree on. From the majority only those in a partition with quorum count;
 * where they disagree, or nobody has quorum, it fails, for it may yet come true.
 */
export function judgeFromSeat(
  seenFrom: SeenFrom,
  readings: readonly StatusReading[],
  look: (state: ClusterState) => string,
): Judgement {
  const answered = witnessesIn(readings);
  if (answered.length === 0) return nobodyAnswered(readings);
  const witnesses = seenFrom.kind === 'majority' ? answered.filter(({ state }) => state.quorate === true) : answered;
  if (witnesses.length === 0)
    return { verdict: 'failed', seen: `no partition with quorum: ${whoSaidWhat(answered, describeQuorum)}` };
  return agreement(witnesses.map(({ node, state }) => ({ node, ...judgeBy(() => look(state)) })));
}

function agreement(judgements: readonly (Judgement & { readonly node: string })[]): Judgement {
  const seen = [...new Set(judgements.map((judgement) => judgement.seen))].map((text) => {
    const nodes = judgements.filter((judgement) => judgement.seen === text).map(({ node }) => node);
    return `${text} (${nodes.join(', ')})`;
  });
  const failed = judgements.some(({ verdict }) => verdict === 'failed');
  return { verdict: failed ? 'failed' : 'passed', seen: seen.join('; ') };
}
