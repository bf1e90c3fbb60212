import { both } from '../bilingual.js';
import { step, type WordTable } from './words-of.js';

type DcCode = 'dc' | 'dc-none' | 'mixed-version' | 'feature-sets';

export const DC_WORDS: WordTable<DcCode> = {
  dc: ({ subject, payload: { version } }) => ({
    title: both(
      `${subject.names.join()} is the DC${version === undefined ? '' : `, pacemaker ${version}`}`,
      `DC 是 ${subject.names.join()}${version === undefined ? '' : `，pacemaker ${version}`}`,
    ),
    means: both(
      'The designated controller decides what runs where, and tells the other nodes; any member may be it, and being it costs nothing.',
      '指定协调者决定每个资源在哪里运行，并通知其他节点；任何成员都可以担任，换成谁都一样。',
    ),
    next: [],
  }),
  'dc-none': ({ payload: { online, known } }) => ({
    title: both('There is no DC: nobody decides', '没有 DC：没有人做决定'),
    means: both(
      'Until a DC is elected nothing is started, stopped, moved or fenced, and the states of nodes and resources are not up to date.',
      '在选出 DC 之前，不会启动、停止、迁移任何资源，也不会隔离任何节点；所显示的节点和资源状态也不是最新的。',
    ),
    cause:
      known === 0
        ? both(
            'Not even the nodes are known, so pacemaker has only just started, or does not hear from corosync.',
            '连节点都还不知道，说明 pacemaker 刚刚启动，或者收不到 corosync 的消息。',
          )
        : online === 0
          ? both(
              'This node has no contact to anybody, itself included. It has just started (an election waits up to dc-deadtime, 20 s by default), or the membership of corosync does not come about: network, firewall, or wrong names and addresses in corosync.conf.',
              '本节点没有与任何节点（包括它自己）建立联系。要么刚刚启动（选举最多等待 dc-deadtime，默认 20 秒），要么 corosync 没能形成成员关系：网络、防火墙，或者 corosync.conf 里的名称、地址有误。',
            )
          : both(
              'An election is under way: it takes seconds, and up to dc-deadtime (20 s by default) after a start. If it stays so, the nodes do not agree on who is a member.',
              '正在选举：通常只需几秒，刚启动时最多等待 dc-deadtime（默认 20 秒）。如果一直如此，说明各节点对成员关系没有达成一致。',
            ),
    next: [
      step('pcs status', 'again in half a minute', '半分钟后再看一次'),
      step('corosync-cfgtool -s', 'whether this node hears the others', '看本节点能否收到其他节点的心跳'),
      step('corosync-quorumtool -s', 'who is a member, and the votes', '看成员和票数'),
      step('journalctl -b -u pacemaker -u corosync', 'what it waits for', '看它在等什么'),
    ],
  }),
  'mixed-version': () => ({
    title: both('The members run different versions of pacemaker', '各成员运行的 pacemaker 版本不同'),
    means: both(
      'That is meant to last for a rolling upgrade only. The oldest version sets the rules, and a node that has left may be refused if it comes back with a version older than the others’.',
      '这种状态只应在滚动升级期间出现。规则以最旧的版本为准；如果某个节点离开后带着比其他节点更旧的版本回来，可能会被拒绝加入。',
    ),
    cause: both('An upgrade that was not finished on all nodes.', '升级没有在所有节点上完成。'),
    next: [step('crm_mon --version', 'on every node', '在每个节点上执行')],
  }),
  'feature-sets': ({ payload: { sets } }) => ({
    title: both('The members do not have the same feature set', '各成员的 feature set 不一致'),
    means: both(
      'They run different versions of pacemaker. That is meant to last for a rolling upgrade only: the oldest sets the rules, and once all are upgraded an older one is refused.',
      '说明它们运行的 pacemaker 版本不同。这种状态只应在滚动升级期间出现：规则以最旧的为准，而全部升级之后，更旧的节点会被拒绝加入。',
    ),
    lines: Object.entries(sets).map(([set, nodes]) => `${set}: ${nodes.join(', ')}`),
    next: [step('crm_mon --version', 'on every node', '在每个节点上执行')],
  }),
};
