import { CLUSTER, item, type Meaning, type Payloads } from '../meaning.js';
import type { Situation } from '../situation.js';
import type { CountedVotes } from '../votes.js';

/** As crm_mon and pcs put pacemaker's own warning, which since 2.1 goes to stderr. */
export const DISABLED_BY_NO_QUORUM = /fencing and resource management disabled due to lack of quorum/i;

/** Whether there is quorum, and how far from losing it the cluster is. */
export function quorumItems({ state, votes }: Situation): readonly Meaning[] {
  const isDenied = state.warnings.some((warning) => DISABLED_BY_NO_QUORUM.test(warning));
  if (state.quorate === false || (state.quorate === undefined && isDenied)) return [withoutQuorum(state, votes)];
  if (state.quorate === undefined) return [];
  if (votes === undefined) {
    const configured = state.counts.nodes;
    return [item('quorum-uncounted', 'good', CLUSTER, configured === undefined ? {} : { configured })];
  }
  const others = state.nodes.some(({ type }) => type !== 'member');
  return [withQuorum(votes, others)];
}

function withQuorum(votes: CountedVotes, others: boolean): Meaning {
  if (votes.members === 1) return item('quorum-single', 'note', CLUSTER, {});
  if (votes.members === 2 && votes.present === 2) return item('quorum-of-two', 'good', CLUSTER, votes);
  if (votes.members === 2 && votes.present === 1) return item('quorum-last-of-two', 'warning', CLUSTER, votes);
  if (votes.spare < 0) return item('quorum-by-other-rules', 'note', CLUSTER, votes);
  if (votes.spare === 0) return item('quorum-at-edge', 'warning', CLUSTER, { ...votes, others });
  return item('quorum', 'good', CLUSTER, { ...votes, others });
}

function withoutQuorum({ options }: Situation['state'], votes: CountedVotes | undefined): Meaning {
  return item('no-quorum', 'problem', CLUSTER, {
    case: caseOf(votes),
    ...(votes === undefined ? {} : { votes }),
    ...(options.noQuorumPolicy === undefined ? {} : { policy: options.noQuorumPolicy }),
  });
}

function caseOf(votes: CountedVotes | undefined): Payloads['no-quorum']['case'] {
  if (votes === undefined) return 'uncounted';
  if (votes.members === 1) return 'single';
  if (votes.spare >= 0) return 'despite-majority';
  return votes.members === 2 ? 'one-of-two' : 'below-majority';
}
