import type { ClusterState } from '../model/cluster-state.js';

/** Votes as they are by default, one a member; what corosync is told beyond that is not printed. */
export interface CountedVotes {
  readonly members: number;
  /** Members that corosync hears: online ones, standby and maintenance included, and those still joining. */
  readonly present: number;
  /** More than half of all votes: floor(members / 2) + 1 (votequorum(5)). */
  readonly majority: number;
  /** How many more may be lost at once before the majority is; negative where it is lost. */
  readonly spare: number;
}

type VoteSource = Pick<ClusterState, 'nodes' | 'counts' | 'truncated'>;

/**
 * Undefined where the members cannot be counted. Remote and guest nodes have no vote, and neither has what is left of a
 * member under an id that it had before.
 */
export function countVotes({ nodes, counts, truncated }: VoteSource): CountedVotes | undefined {
  const here = new Set(nodes.filter(({ online }) => online).map(({ name }) => name));
  const members = nodes.filter(({ type, name, online }) => type === 'member' && (online || !here.has(name)));
  const isWhole = truncated.length === 0 || counts.nodes === nodes.length;
  if (members.length === 0 || !isWhole) return undefined;
  const present = members.filter(({ online, pending }) => online || pending).length;
  return votesOf(counts.expectedVotes ?? members.length, present);
}

export function votesOf(members: number, present: number): CountedVotes {
  const majority = Math.floor(members / 2) + 1;
  return { members, present, majority, spare: present - majority };
}
