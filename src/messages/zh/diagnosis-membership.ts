import type { DIAGNOSIS_MEMBERSHIP as EN } from '../en/diagnosis-membership.js';
import type { Translation } from '../translation.js';

export const DIAGNOSIS_MEMBERSHIP: Translation<typeof EN> = {
  'dc.title': ({ node, version }) => `DC 是 ${node}${version === undefined ? '' : `，pacemaker ${version}`}`,
  'dc.means': 'DC（指定协调者）决定每个资源在哪里运行，并通知其他节点；任何成员都可以担任，换成谁都一样。',
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
};
