import type { DIAGNOSIS_MEMBERSHIP as EN } from '../en/diagnosis-membership.js';
import type { Translation } from '../translation.js';
import { list } from './grammar.js';

export const DIAGNOSIS_MEMBERSHIP: Translation<typeof EN> = {
  'dc.title': ({ node, version }) => `DC 是 ${node}${version === undefined ? '' : `，pacemaker ${version}`}`,
  'dc.means': 'DC（指定协调者）决定每个资源在哪里运行，并通知其他节点；任何成员都可以担任，换成谁都一样。',
  'dc.means.unclean': '它自己状态不明（UNCLEAN）；它被隔离之后，由另一个成员担任 DC。',
  'dc-offline.title': ({ names, unclean }) =>
    `${list(names)} 被列为 DC，同时又显示为${unclean ? '状态不明（UNCLEAN）且离线' : '离线（OFFLINE）'}`,
  'dc-offline.means': '这两点互相矛盾：DC 不可能离线。因此节点列表并不是当前的成员关系，关于票数得不出任何结论。',
  'dc-offline.cause': '该节点上的 corosync 或 pacemaker 不能正常工作，所显示的状态已经过时；或者文本被改动过。',
  'dc-none.title': '没有 DC，集群不做任何决定',
  'dc-none.means':
    '在选出 DC 之前，不会启动、停止、迁移任何资源，也不会隔离任何节点；所显示的节点和资源状态也不是最新的。',
  'dc-none.cause.no-nodes': '连节点都还不知道，说明 pacemaker 刚刚启动，或者收不到 corosync 的消息。',
  'dc-none.cause.none-online':
    '本节点没有与任何节点（包括它自己）建立联系。要么刚刚启动（选举最多等待 dc-deadtime，默认 20 秒），要么 corosync 没能形成成员关系：网络、防火墙，或者 corosync.conf 里的名称、地址有误。',
  'dc-none.cause.electing':
    '正在选举：通常只需几秒，刚启动时最多等待 dc-deadtime（默认 20 秒）。如果一直如此，说明各节点对成员关系没有达成一致。',
  'dc-none.pcs-status': '半分钟后再看一次',
  'dc-none.corosync-cfgtool': '看本节点能否收到其他节点的心跳',
  'dc-none.corosync-quorumtool': '看成员和票数',
  'dc-none.journalctl-pacemaker-corosync': '看它在等什么',
  'mixed-version.title': '各成员运行的 pacemaker 版本不同',
  'mixed-version.means':
    '这种状态只应在滚动升级期间出现。规则以最旧的版本为准；如果某个节点离开后带着比其他节点更旧的版本回来，可能会被拒绝加入。',
  'mixed-version.cause': '升级没有在所有节点上完成。',
  'feature-sets.title': '各成员的 feature set 不一致',
  'feature-sets.means':
    '说明它们运行的 pacemaker 版本不同。这种状态只应在滚动升级期间出现：规则以最旧的为准，而全部升级之后，更旧的节点会被拒绝加入。',

  'quorum.unprinted':
    '前提是每个成员一票；手工设置的票数、仲裁设备（qdevice）、last_man_standing 或 auto_tie_breaker 会改变结果，而这里没有给出。',
  'quorum.no-vote': '远程节点和 guest 节点没有投票权。',
  'quorum.counted': ({ present, members, majority }) =>
    `${members} 个成员中有 ${present} 个在场；需要 ${majority} 个。`,
  'quorum.title': ({ spare }) => `拥有法定票数，还可以再失去 ${spare} 个成员`,
  'quorum-at-edge.title': '拥有法定票数，但再失去一个成员就会丧失',
  'quorum-at-edge.means': '届时剩下的节点会停止资源（no-quorum-policy=stop，默认值）。',
  'quorum-of-two.title': '拥有法定票数，两个成员都在场',
  'quorum-of-two.means':
    '还能失去几个取决于这里没有给出的设置：corosync.conf 中有 two_node: 1（两个节点时 pcs 会这样设置）时，可以失去一个，另一个继续运行；没有时一个也不能失去。two_node 同时启用 wait_for_all：全部停机之后，必须先见到两个节点，才会启动资源。此外，两个节点之间只有隔离（fencing）才能裁决由谁继续运行。',
  'quorum-last-of-two.title': '拥有法定票数，但两个成员只剩最后一个',
  'quorum-last-of-two.means':
    '这需要一项这里没有给出的设置：多半是 corosync.conf 中的 two_node: 1，也可能是仲裁设备、auto_tie_breaker 或其他票数设置。已经没有可以切换过去的节点。有 two_node 时，如果它在独自运行期间重启，wait_for_all 会让它在见到另一个节点之前没有法定票数。',
  'quorum-by-other-rules.title': '在场成员不足半数，却仍拥有法定票数',
  'quorum-by-other-rules.means':
    '这里没有给出原因。可能是这里没有给出的设置（last_man_standing、auto_tie_breaker、仲裁设备，或者手工设置的票数、expected_votes），也可能是节点列表比实际的成员关系旧。还能失去几个成员，从这里无法判断。',
  'quorum-single.title': '拥有法定票数，集群只有一个成员',
  'quorum-single.means': '没有可以切换过去的节点：失去这个节点就失去了一切。',
  'quorum-uncounted.title': '拥有法定票数；还能失去几个成员无法判断',
  'no-quorum.title': '本分区没有法定票数',
  'no-quorum.corosync-cfgtool': '看本节点能收到哪些节点的心跳',
  'no-quorum.pcs-property-config': '看此时的做法（0.10 及更早：pcs property show）',
  'no-quorum.pcs-status': '在缺失的节点上执行：它们可能拥有法定票数',
  'no-quorum.policy.ignore':
    'no-quorum-policy 为 ignore，因此资源照常运行；另一个分区也可能同样在运行，操作同一份数据。',
  'no-quorum.policy.freeze': 'no-quorum-policy 为 freeze：正在运行的继续运行，但不再启动或迁移任何资源。',
  'no-quorum.policy.demote': 'no-quorum-policy 为 demote：可升级资源被降级，其余资源全部停止。',
  'no-quorum.policy.suicide': 'no-quorum-policy 为 suicide：本分区的节点会隔离自己。',
  'no-quorum.policy.fence': 'no-quorum-policy 为 fence：本分区的节点会隔离自己。',
  'no-quorum.policy.stop':
    'no-quorum-policy 为 stop：这里的所有资源都会停止，也不会启动资源或隔离节点，以免两边同时运行同一资源。',
  'no-quorum.policy.unknown':
    '它无法知道其他节点在做什么，所以默认（no-quorum-policy=stop）会停止资源，不启动任何资源，也不隔离任何节点。freeze 让正在运行的继续运行；ignore 则照常运行，有损坏数据的危险。',
  'no-quorum.cause.below-majority': '下线的成员太多，或者它们与本分区失去了联系。',
  'no-quorum.cause.one-of-two':
    '两个成员中只有一个在场。corosync.conf 中没有 two_node: 1 时，两个都必须在场；有的话，wait_for_all 要求本节点启动之后至少见到过对方一次。',
  'no-quorum.cause.despite-majority':
    '说明起决定作用的不只是成员数：启动后的 wait_for_all、仲裁设备，或者各成员的票数不是一票。',
  'no-quorum.cause.single':
    'pacemaker 只知道一个成员，而 corosync 期待更多票数：corosync.conf 中还有其他节点，但它们从未加入。',
  'no-quorum.cause.uncounted': '这里没有给出全部成员，因此无法列出缺少的成员。',
  'quorum-uncounted.means.members': '这里没有给出全部成员。',
  'quorum-uncounted.means.configured': ({ configured }) =>
    `配置了 ${configured} 个节点，但没有给出其中哪些是成员、哪些在线。`,
};
