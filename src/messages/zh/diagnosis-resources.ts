import type { DIAGNOSIS_RESOURCES as EN } from '../en/diagnosis-resources.js';
import type { List } from '../grammar.js';
import type { Translation } from '../translation.js';
import { list } from './grammar.js';

const on = (nodes: List) => (nodes.length > 0 ? `在 ${list(nodes)} 上` : '');

export const DIAGNOSIS_RESOURCES: Translation<typeof EN> = {
  'resources-running.title': ({ running }) => `${running} 个资源实例正在运行`,
  'resources-running.means': '这是根据监控操作得出的：在下一次监控之前，pacemaker 相信上一次的结果。',
  'no-resources.title': '还没有任何资源',
  'no-resources.means': '集群已经建立，但还没有工作可做。',
  'no-resources.pcs-resource-create': '创建第一个资源',
  'resource-failed.title': ({ names, nodes }) => `${list(names)} ${on(nodes)}失败（FAILED）`,
  'resource-failed.means': '某个操作失败，pacemaker 正在恢复它，也就是先停止再启动；如果一直如此，说明恢复受阻。',
  'resource-failed.cause.device': '隔离设备没有通过监控检查。',
  'resource-failed.cause.resource': '原因见失败的操作。',
  'resource-failed.pcs-status': '再看一次，包括失败计数',
  'resource-failed.pcs-resource-cleanup': '修好之后执行',
  'failure-ignored.title': ({ names, nodes }) => `${list(names)} ${on(nodes)}失败，但按设置忽略`,
  'failure-ignored.means': '该操作设置了 on-fail=ignore：pacemaker 当作成功处理，不采取任何措施。',
  'failure-ignored.pcs-resource-config': '查看其操作设置',
  'resource-blocked.title': ({ names, nodes }) => `${list(names)} ${on(nodes)}被阻塞（blocked）`,
  'resource-blocked.means': 'pacemaker 不再处理它，等待人工介入。依赖它的资源也在等待。',
  'resource-blocked.cause.stop-failed':
    '它的停止操作失败，可能还在那里运行；没有隔离机制就无法确认，而在别处启动可能造成同时运行两份。',
  'resource-blocked.cause.unknown': '多半是停止操作失败而又无法隔离，或者设置了 on-fail=block。',
  'resource-blocked.pcs-resource-debug-stop': ({ nodes }) =>
    `${nodes.length > 0 ? `在 ${list(nodes)} 上` : '在该节点上'}执行：看为何停不下来`,
  'resource-blocked.pcs-resource-cleanup': '确认它在那里真的停止之后执行',
  'multiply-active.title': ({ names, nodes }) =>
    `危险：${list(names)} 同时在 ${nodes.length} 个节点上活动：${list(nodes)}`,
  'multiply-active.means':
    '它只允许运行一份。默认情况下（multiple-active=stop_start），pacemaker 会在所有节点上停止它，再在一个节点上启动；在此之前有两份同时运行。',
  'multiply-active.cause': '它被手工启动，或者由 systemd 在开机时启动，或者集群在没有隔离的情况下发生过脑裂。',
  'multiply-active.crm-resource': '看它现在在哪里',
  'multiply-active.systemctl-is-enabled-service': '由集群管理的服务不能开机自启',
  'on-unclean-node.title': ({ names, node }) => `${list(names)} 可能还在状态不明（UNCLEAN）的 ${node} 上运行`,
  'on-unclean-node.means.device': '它在那里的状态未知。在此期间，其他节点仍可使用该隔离设备。',
  'on-unclean-node.means.resource': '它在那里的状态未知。在隔离该节点之前，不会在别处启动。',
  'orphaned.title': ({ names, nodes }) =>
    `${list(names)} 已成孤立资源（ORPHANED）：${on(nodes)}仍在活动，但配置中已不存在`,
  'orphaned.means': '它在运行时被从配置中删除。pacemaker 会停止它（stop-orphan-resources，默认启用），除非停止失败。',
  'orphaned.pcs-resource-cleanup': '停止之后清除它的记录',
  'unmanaged.title': ({ names }) => `${list(names)} 未受管理（unmanaged）`,
  'unmanaged.means': 'pacemaker 不启动、不停止、不迁移它，它失败时也不会恢复。',
  'unmanaged.cause': '设置了 is-managed=false。',
  'under-way.title': ({ names, what, nodes }) => `${list(names)}：${on(nodes)}${what}`,
  'under-way.means': '操作正在进行，稍后再看。',
  'under-way.crm-mon': '再看一次',
  'multiply-active.data': '如果使用共享数据，数据会被损坏。',
  'multiply-active.address': '两台主机会应答同一个地址。',
  'group-partial.title': ({ names, down }) => `资源组 ${list(names)} 只有部分在运行：${list(down)} 没有运行`,
  'group-partial.means': ({ running, first, firstIs }) =>
    `成员按顺序启动，前一个运行之后才启动下一个：${list(running)} 正在运行。先看 ${first}，它${firstIs === 'failed' ? '已失败' : '已停止'}；排在后面的都在等它。`,
  'group-partial.pcs-resource-config': '查看顺序和选项',
  'group-inactive.title': ({ names, hidden }) => `资源组 ${list(names)}：有 ${hidden} 个成员没有运行，也没有列出`,
  'group-inactive.means': '成员按顺序启动，因此缺少的是排在后面的成员。',
  'clone-stopped-on.title': ({ names, nodes }) => `克隆 ${list(names)} 没有在 ${list(nodes)} 上运行，尽管该节点在线`,
  'clone-stopped-on.means':
    '克隆会在每个允许的节点上运行。如果有约束不让它在那里运行，或者 clone-max 小于节点数，这就是有意的；否则那里有问题。',
  'clone-stopped-on.cause': '它在那里失败了，见失败的操作。',
  'clone-stopped-on.pcs-constraint-location': '看是否有意为之',
  'clone-not-there.title': ({ names, nodes }) => `${list(names)} 没有在 ${list(nodes)} 上运行，这在意料之中`,
  'clone-not-there.means': '节点没有完全就绪，克隆自然不能在上面运行。',
  'clone-without-promoted.title': ({ names }) => `可升级克隆 ${list(names)} 没有 Promoted 实例`,
  'clone-without-promoted.means': ({ nodes }) =>
    `它在 ${list(nodes)} 上运行，但都只是 Unpromoted：这样的数据库或 DRBD 设备不能写入，依赖 Promoted 实例的资源也在等待。`,
  'clone-without-promoted.cause':
    '资源代理没有给任何节点升级分数（promotion score），因为无法确认数据是最新的；或者被约束或失败的升级操作阻止。',
  'clone-without-promoted.crm-simulate': '查看升级分数',
  'clone-without-promoted.pcs-status': '节点属性中的 master-名称 或升级分数',
  'replica-down.title': ({ bundle, names }) => `资源捆绑包（bundle）${bundle}：${list(names)} 没有运行`,
  'replica-down.means': '该捆绑包的一个容器（或容器里的程序）没有运行；其余的继续工作。',
  'replica-down.cause': '镜像拉取失败、容器退出，或者节点数少于副本数（除非设置了 replicas-per-host，每个节点一个）。',
  'replica-down.pcs-status': '各副本的组成部分',
  'replica-down.podman-ps': '在节点上执行：看容器是否已退出（或 docker ps -a）',
  'resources-running.title.all': ({ running }) => `全部 ${running} 个资源实例都在运行`,
};
