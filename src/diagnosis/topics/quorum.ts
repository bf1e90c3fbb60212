import { type Message, message, sentences } from '../../messages/message.js';
import { defined } from '../../model/defined.js';
import { type ExplanationTable, type NextStep, step } from '../explanation.js';
import { type CountedVotes, type Facts, offlineDc } from '../facts.js';
import { CLUSTER, type DiagnosisItem, item, type Payloads } from '../item.js';

/** Pacemaker's own warning as crm_mon and pcs print it; since 2.1 it goes to stderr. */
export const DISABLED_BY_NO_QUORUM = /fencing and resource management disabled due to lack of quorum/i;

/** Whether there is quorum, and how many more members the cluster can lose. */
export function quorumItems({ state, votes }: Facts): readonly DiagnosisItem[] {
  const isDenied = state.warnings.some((warning) => DISABLED_BY_NO_QUORUM.test(warning));
  if (state.quorate === false || (state.quorate === undefined && isDenied)) return [withoutQuorum(state, votes)];
  // Where the DC is listed as offline, the list of nodes is not the membership that has quorum.
  if (state.quorate === undefined || offlineDc(state) !== undefined) return [];
  if (votes === undefined) {
    return [item('quorum-uncounted', 'good', CLUSTER, defined({ configured: state.counts.nodes }))];
  }
  const others = state.nodes.some(({ type }) => type !== 'member');
  return [withQuorum(votes, others)];
}

function withQuorum(votes: CountedVotes, others: boolean): DiagnosisItem {
  if (votes.members === 1) return item('quorum-single', 'note', CLUSTER);
  if (votes.members === 2 && votes.present === 2) return item('quorum-of-two', 'good', CLUSTER, votes);
  if (votes.members === 2 && votes.present === 1) return item('quorum-last-of-two', 'warning', CLUSTER, votes);
  if (votes.spare < 0) return item('quorum-by-other-rules', 'note', CLUSTER, votes);
  if (votes.spare === 0) return item('quorum-at-edge', 'warning', CLUSTER, { ...votes, others });
  return item('quorum', 'good', CLUSTER, { ...votes, others });
}

function withoutQuorum({ options }: Facts['state'], votes: CountedVotes | undefined): DiagnosisItem {
  return item('no-quorum', 'problem', CLUSTER, {
    case: caseOf(votes),
    ...defined({ votes, policy: options.noQuorumPolicy }),
  });
}

function caseOf(votes: CountedVotes | undefined): Payloads['no-quorum']['case'] {
  if (votes === undefined) return 'uncounted';
  if (votes.members === 1) return 'single';
  if (votes.spare >= 0) return 'despite-majority';
  return votes.members === 2 ? 'one-of-two' : 'below-majority';
}

const VOTES: NextStep = step('corosync-quorumtool -s', 'step.votes');

const UNPRINTED = message('quorum.unprinted');
const NO_VOTE = message('quorum.no-vote');

function counted({ members, present, majority }: CountedVotes): Message {
  return message('quorum.counted', { present, members, majority });
}

export const QUORUM_EXPLANATIONS = {
  quorum: ({ payload }) => ({
    means: sentences(counted(payload), payload.others && NO_VOTE, UNPRINTED),
    next: [VOTES],
  }),
  'quorum-at-edge': ({ payload }) => ({
    means: sentences(counted(payload), message('quorum-at-edge.means'), payload.others && NO_VOTE, UNPRINTED),
    next: [VOTES],
  }),
  'quorum-of-two': () => ({ next: [VOTES] }),
  'quorum-last-of-two': () => ({ next: [VOTES] }),
  'quorum-by-other-rules': ({ payload }) => ({
    means: sentences(counted(payload), message('quorum-by-other-rules.means')),
    next: [VOTES],
  }),
  'quorum-single': () => ({ next: [VOTES] }),
  'quorum-uncounted': ({ payload: { configured } }) => ({
    means:
      configured === undefined
        ? message('quorum-uncounted.means.members')
        : message('quorum-uncounted.means.configured', { configured }),
    next: [VOTES],
  }),
  'no-quorum': ({ payload }) => ({
    means: policyOf(payload.policy),
    cause: causeOf(payload),
    next: [
      VOTES,
      step('corosync-cfgtool -s', 'no-quorum.corosync-cfgtool'),
      step('pcs property config no-quorum-policy', 'no-quorum.pcs-property-config'),
      step('pcs status', 'no-quorum.pcs-status'),
    ],
  }),
} satisfies Partial<ExplanationTable>;

const POLICIES = ['ignore', 'freeze', 'demote', 'suicide', 'fence', 'stop'] as const;

function policyOf(policy: string | undefined): Message {
  return message(`no-quorum.policy.${POLICIES.find((each) => each === policy) ?? 'unknown'}`);
}

function causeOf(payload: Payloads['no-quorum']): Message {
  const isCounted = payload.case === 'below-majority' || payload.case === 'despite-majority';
  return sentences(
    isCounted && payload.votes !== undefined ? counted(payload.votes) : undefined,
    message(`no-quorum.cause.${payload.case}`),
  );
}
