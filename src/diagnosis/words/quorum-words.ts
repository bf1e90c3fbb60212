import { type Bilingual, both, joined } from '../bilingual.js';
import type { Payloads } from '../meaning.js';
import type { CountedVotes } from '../votes.js';
import { type NextStep, step, type WordTable } from './words-of.js';

type QuorumCode =
  | 'quorum'
  | 'quorum-at-edge'
  | 'quorum-of-two'
  | 'quorum-last-of-two'
  | 'quorum-by-other-rules'
  | 'quorum-single'
  | 'quorum-uncounted'
  | 'no-quorum';

const VOTES: NextStep = step(
  'corosync-quorumtool -s',
  'votes, and flags such as 2Node, WaitForAll, Qdevice',
  '票数，以及 2Node、WaitForAll、Qdevice 等标志',
);

const UNPRINTED: Bilingual = both(
  'This holds for one vote a member; votes set by hand, a quorum device, last_man_standing or auto_tie_breaker change it and are not printed here.',
  '前提是每个成员一票；手工设置的票数、仲裁设备（qdevice）、last_man_standing 或 auto_tie_breaker 会改变结果，而这里没有给出。',
);

const NO_VOTE: Bilingual = both('Remote and guest nodes do not vote.', '远程节点和 guest 节点没有投票权。');

function counted({ members, present, majority }: CountedVotes): Bilingual {
  return both(
    `${present} of ${members} members are there; ${majority} are needed.`,
    `${members} 个成员中有 ${present} 个在场；需要 ${majority} 个。`,
  );
}

export const QUORUM_WORDS: WordTable<QuorumCode> = {
  quorum: ({ payload }) => ({
    title: both(
      `There is quorum, and ${payload.spare} more ${payload.spare === 1 ? 'member' : 'members'} may be lost before it is`,
      `拥有法定票数，还可以再失去 ${payload.spare} 个成员`,
    ),
    means: joined(counted(payload), payload.others ? NO_VOTE : undefined, UNPRINTED),
    next: [VOTES],
  }),
  'quorum-at-edge': ({ payload }) => ({
    title: both('There is quorum, but the next member lost takes it along', '拥有法定票数，但再失去一个成员就会丧失'),
    means: joined(
      counted(payload),
      both(
        'After that the rest stops its resources (no-quorum-policy=stop, the default).',
        '届时剩下的节点会停止资源（no-quorum-policy=stop，默认值）。',
      ),
      payload.others ? NO_VOTE : undefined,
      UNPRINTED,
    ),
    next: [VOTES],
  }),
  'quorum-of-two': () => ({
    title: both('There is quorum, with both members', '拥有法定票数，两个成员都在场'),
    means: both(
      'How many may be lost depends on what is not printed: with two_node: 1 in corosync.conf, as pcs sets it for two nodes, one may be lost and the other goes on; without it none may. two_node brings wait_for_all with it: after a full stop both must be seen once before anything starts. And with two nodes only fencing can decide who is right.',
      '还能失去几个取决于这里没有给出的设置：corosync.conf 中有 two_node: 1（两个节点时 pcs 会这样设置）时，可以失去一个，另一个继续运行；没有时一个也不能失去。two_node 同时启用 wait_for_all：全部停机之后，必须先见到两个节点，才会启动资源。此外，两个节点之间只有隔离（fencing）才能裁决谁是对的。',
    ),
    next: [VOTES],
  }),
  'quorum-last-of-two': () => ({
    title: both('There is quorum, with the last of two members', '拥有法定票数，但两个成员只剩最后一个'),
    means: both(
      'So corosync has two_node: 1, or a quorum device gives the missing vote. Nothing is left to fail over to. If this node restarts while it is alone, wait_for_all keeps it without quorum until the other one is seen.',
      '说明 corosync 设置了 two_node: 1，或者有仲裁设备补上了缺少的一票。已经没有可以切换过去的节点。如果它在独自运行期间重启，wait_for_all 会让它在见到另一个节点之前没有法定票数。',
    ),
    next: [VOTES],
  }),
  'quorum-by-other-rules': ({ payload }) => ({
    title: both('There is quorum although fewer than half the members are there', '在场成员不足半数，却仍拥有法定票数'),
    means: joined(
      counted(payload),
      both(
        'So another rule is at work: last_man_standing, auto_tie_breaker, a quorum device, votes or expected_votes set by hand. How many more may be lost cannot be told from here.',
        '说明有其他规则在起作用：last_man_standing、auto_tie_breaker、仲裁设备，或者手工设置的票数、expected_votes。还能失去几个成员，从这里无法判断。',
      ),
    ),
    next: [VOTES],
  }),
  'quorum-single': () => ({
    title: both('There is quorum, in a cluster of one member', '拥有法定票数，集群只有一个成员'),
    means: both(
      'Nothing can fail over: there is nowhere to go. Losing this node is losing all.',
      '无处可切换：失去这个节点就失去了一切。',
    ),
    next: [VOTES],
  }),
  'quorum-uncounted': ({ payload: { configured } }) => ({
    title: both(
      'There is quorum; how many members may be lost cannot be told',
      '拥有法定票数；还能失去几个成员无法判断',
    ),
    means: both(
      configured === undefined
        ? 'The members are not all printed.'
        : `${configured} nodes are configured, but not which of them are members and online.`,
      configured === undefined
        ? '这里没有给出全部成员。'
        : `配置了 ${configured} 个节点，但没有给出其中哪些是成员、哪些在线。`,
    ),
    next: [VOTES],
  }),
  'no-quorum': ({ payload }) => ({
    title: both('This partition has NO quorum', '本分区没有法定票数'),
    means: policyWords(payload.policy),
    cause: NO_QUORUM_CAUSE[payload.case](payload.votes),
    next: [
      VOTES,
      step('corosync-cfgtool -s', 'which nodes this one hears', '看本节点能收到哪些节点的心跳'),
      step(
        'pcs property config no-quorum-policy',
        'what it does now (up to 0.10: pcs property show)',
        '看此时的做法（0.10 及更早：pcs property show）',
      ),
      step('pcs status', 'on the missing nodes: they may have quorum', '在缺失的节点上执行：它们可能拥有法定票数'),
    ],
  }),
};

const POLICIES: Readonly<Record<string, Bilingual>> = {
  ignore: both(
    'no-quorum-policy is ignore, so resources go on as if there were quorum; so may the other partition, on the same data.',
    'no-quorum-policy 为 ignore，因此资源照常运行；另一个分区也可能同样在运行，操作同一份数据。',
  ),
  freeze: both(
    'no-quorum-policy is freeze: what runs goes on, and nothing is started or moved.',
    'no-quorum-policy 为 freeze：正在运行的继续运行，但不再启动或迁移任何资源。',
  ),
  demote: both(
    'no-quorum-policy is demote: promotable resources are demoted, and everything else is stopped.',
    'no-quorum-policy 为 demote：可升级资源被降级，其余资源全部停止。',
  ),
  suicide: both(
    'no-quorum-policy is suicide: the nodes of this partition fence themselves.',
    'no-quorum-policy 为 suicide：本分区的节点会隔离自己。',
  ),
  fence: both(
    'no-quorum-policy is fence: the nodes of this partition fence themselves.',
    'no-quorum-policy 为 fence：本分区的节点会隔离自己。',
  ),
  stop: both(
    'no-quorum-policy is stop: all resources here are stopped, and nothing is started or fenced, lest both halves run the same.',
    'no-quorum-policy 为 stop：这里的所有资源都会停止，也不会启动资源或隔离节点，以免两边同时运行同一资源。',
  ),
};

function policyWords(policy: string | undefined): Bilingual {
  const told = policy === undefined ? undefined : POLICIES[policy];
  return (
    told ??
    both(
      'It cannot know what the other nodes do, so by default (no-quorum-policy=stop) it stops its resources, starts none and fences nobody. freeze lets run what runs; ignore goes on regardless and risks data.',
      '它无法知道其他节点在做什么，所以默认（no-quorum-policy=stop）会停止资源，不启动任何资源，也不隔离任何节点。freeze 让正在运行的继续运行；ignore 则不管不顾，有损坏数据的危险。',
    )
  );
}

type NoQuorumCase = Payloads['no-quorum']['case'];

const NO_QUORUM_CAUSE: { readonly [C in NoQuorumCase]: (votes: CountedVotes | undefined) => Bilingual } = {
  'below-majority': (votes) =>
    joined(
      votes === undefined ? undefined : counted(votes),
      both(
        'Too many members are down, or cut off from this partition.',
        '下线的成员太多，或者它们与本分区失去了联系。',
      ),
    ),
  'one-of-two': () =>
    both(
      'One of two members is there. Without two_node: 1 in corosync.conf both are needed; with it, wait_for_all asks that both have been seen once since this one started.',
      '两个成员中只有一个在场。corosync.conf 中没有 two_node: 1 时，两个都必须在场；有的话，wait_for_all 要求本节点启动之后至少见到过对方一次。',
    ),
  'despite-majority': (votes) =>
    joined(
      votes === undefined ? undefined : counted(votes),
      both(
        'So the members alone do not decide: wait_for_all after a start, a quorum device, or votes that are not one each.',
        '说明起决定作用的不只是成员数：启动后的 wait_for_all、仲裁设备，或者各成员的票数不是一票。',
      ),
    ),
  single: () =>
    both(
      'pacemaker knows one member only, and corosync expects more votes: others stand in corosync.conf and have never joined.',
      'pacemaker 只知道一个成员，而 corosync 期待更多票数：corosync.conf 中还有其他节点，但它们从未加入。',
    ),
  uncounted: () =>
    both(
      'The members are not all printed, so who is missing cannot be told.',
      '这里没有给出全部成员，因此无法判断缺了谁。',
    ),
};
