import { type Message, message, sentences } from '../../messages/message.js';
import type { Payloads } from '../meaning.js';
import type { CountedVotes } from '../votes.js';
import { type ExplanationTable, type NextStep, step } from './explanation.js';

type QuorumCode =
  | 'quorum'
  | 'quorum-at-edge'
  | 'quorum-of-two'
  | 'quorum-last-of-two'
  | 'quorum-by-other-rules'
  | 'quorum-single'
  | 'quorum-uncounted'
  | 'no-quorum';

const VOTES: NextStep = step('corosync-quorumtool -s', message('step.votes'));

const UNPRINTED: Message = message('quorum.unprinted');

const NO_VOTE: Message = message('quorum.no-vote');

function counted({ members, present, majority }: CountedVotes): Message {
  return message('quorum.counted', { present, members, majority });
}

export const QUORUM_EXPLANATIONS: ExplanationTable<QuorumCode> = {
  quorum: ({ payload }) => ({
    title: message('quorum.title', { spare: payload.spare }),
    means: sentences(counted(payload), payload.others ? NO_VOTE : undefined, UNPRINTED),
    next: [VOTES],
  }),
  'quorum-at-edge': ({ payload }) => ({
    title: message('quorum-at-edge.title'),
    means: sentences(
      counted(payload),
      message('quorum-at-edge.means'),
      payload.others ? NO_VOTE : undefined,
      UNPRINTED,
    ),
    next: [VOTES],
  }),
  'quorum-of-two': () => ({
    title: message('quorum-of-two.title'),
    means: message('quorum-of-two.means'),
    next: [VOTES],
  }),
  'quorum-last-of-two': () => ({
    title: message('quorum-last-of-two.title'),
    means: message('quorum-last-of-two.means'),
    next: [VOTES],
  }),
  'quorum-by-other-rules': ({ payload }) => ({
    title: message('quorum-by-other-rules.title'),
    means: sentences(counted(payload), message('quorum-by-other-rules.means')),
    next: [VOTES],
  }),
  'quorum-single': () => ({
    title: message('quorum-single.title'),
    means: message('quorum-single.means'),
    next: [VOTES],
  }),
  'quorum-uncounted': ({ payload: { configured } }) => ({
    title: message('quorum-uncounted.title'),
    means:
      configured === undefined
        ? message('quorum-uncounted.means.members')
        : message('quorum-uncounted.means.configured', { configured }),
    next: [VOTES],
  }),
  'no-quorum': ({ payload }) => ({
    title: message('no-quorum.title'),
    means: policyOf(payload.policy),
    cause: NO_QUORUM_CAUSE[payload.case](payload.votes),
    next: [
      VOTES,
      step('corosync-cfgtool -s', message('no-quorum.corosync-cfgtool')),
      step('pcs property config no-quorum-policy', message('no-quorum.pcs-property-config')),
      step('pcs status', message('no-quorum.pcs-status')),
    ],
  }),
};

const POLICIES: Readonly<Record<string, Message>> = {
  ignore: message('no-quorum.policy.ignore'),
  freeze: message('no-quorum.policy.freeze'),
  demote: message('no-quorum.policy.demote'),
  suicide: message('no-quorum.policy.suicide'),
  fence: message('no-quorum.policy.fence'),
  stop: message('no-quorum.policy.stop'),
};

function policyOf(policy = ''): Message {
  return POLICIES[policy] ?? message('no-quorum.policy.unknown');
}

type NoQuorumCase = Payloads['no-quorum']['case'];

const NO_QUORUM_CAUSE: { readonly [C in NoQuorumCase]: (votes: CountedVotes | undefined) => Message } = {
  'below-majority': (votes) =>
    sentences(votes === undefined ? undefined : counted(votes), message('no-quorum.cause.below-majority')),
  'one-of-two': () => message('no-quorum.cause.one-of-two'),
  'despite-majority': (votes) =>
    sentences(votes === undefined ? undefined : counted(votes), message('no-quorum.cause.despite-majority')),
  single: () => message('no-quorum.cause.single'),
  uncounted: () => message('no-quorum.cause.uncounted'),
};
