import type { DIAGNOSIS_NODES as EN } from '../en/diagnosis-nodes.js';
import type { Translation } from '../translation.js';
import { list } from './grammar.js';

const KINDS = { member: '节点', remote: '远程节点', guest: 'guest 节点' };

export const DIAGNOSIS_NODES: Translation<typeof EN> = {
  'nodes-online.title': ({ names }) => `在线：${list(names)}`,
  'nodes-online.means': '正常参与集群，可以运行资源。',
  'nodes-online.means.remote': '通过 Pacemaker Remote 连接：可以运行资源，没有投票权。',
  'node-offline.title': ({ type, names }) => `${KINDS[type]} ${list(names)} 离线（OFFLINE）`,
  'node-offline.means.member':
    '其他节点收不到它的心跳，认为它已停止：它是正常离开的、已被隔离、尚未启动，或者在隔离关闭的情况下直接失联。它原先运行的资源可以在别处运行。',
  'node-offline.means.remote': 'pacemaker 与那里的 pacemaker_remote 没有连接，因此不能在上面运行任何资源。',
  'node-offline.cause': ({ fencedAt }) => `它在 ${fencedAt} 被隔离。`,
  'node-unclean.title': ({ type, names, as }) => `${KINDS[type]} ${list(names)} 状态不明（UNCLEAN，${as}）`,
  'node-unclean.means': '集群不知道它是否还在运行资源，要先把它隔离，才会在别处启动这些资源。',
  'node-unclean.means.online':
    '它仍算作成员：要么上面发生了只有隔离才能清除的失败（多半是停止操作失败，见失败的操作），要么它刚刚死掉，即将被隔离。一分钟后再看。',
  'node-unclean.means.stop-failed': ({ resources }) =>
    `它仍算作成员；${list(resources)} 在那里停止失败，只有隔离才能清除。`,
  'node-pending.title': ({ type, names }) => `${KINDS[type]} ${list(names)} 正在加入（pending）`,
  'node-pending.means':
    'corosync 能收到它的心跳，它也计入法定票数，但上面的 pacemaker 还没有加入；目前不运行任何资源。启动后这种状态只应持续几秒。',
  'node-pending.cause': '它正在启动。如果一直如此，说明那里的 pacemaker 卡住了，或者 DC 拒绝它加入。',
  'node-pending.journalctl-pacemaker': '在该节点和 DC 上执行',
  'node-pending.crm-mon': '再看一次，确认是否有变化',
  'node-standby.title': ({ names }) => `节点 ${list(names)} 处于待机（standby）`,
  'node-standby.means': '它仍是成员，有投票权，但不能运行资源。',
  'node-standby.means.with-resources': '它还在运行一些资源：它们正在迁走，或者无处可去。',
  'node-standby.cause': '为了维护或练习而设置，重启之后仍然有效。',
  'node-standby.pcs-node-unstandby': '维护结束后执行（0.9 及更早为 pcs cluster unstandby）',
  'node-standby-on-fail.title': ({ names }) => `节点 ${list(names)} 因失败而待机（standby）`,
  'node-standby-on-fail.means': '那里一个设置了 on-fail=standby 的操作失败了，因此在管理员处理之前它不能运行资源。',
  'node-standby-on-fail.cause': '见失败的操作。',
  'node-standby-on-fail.pcs-resource-failcount': '看是哪个资源失败',
  'node-standby-on-fail.pcs-resource-cleanup': '修好之后执行：结束这种待机',
  'node-maintenance.title': ({ names }) => `节点 ${list(names)} 处于维护模式`,
  'node-maintenance.means': '上面的资源继续运行，但 pacemaker 不启动、不停止、也不监控它们。',
  'node-maintenance.cause': '由管理员设置。',
  'node-health.title': ({ names, health }) => `${list(names)} 的健康状态为 ${health}`,
  'node-health.means.red': '健康检查代理报告该节点有问题。根据 node-health-strategy，资源会离开该节点。',
  'node-health.means.yellow': '健康检查代理发现了征兆：磁盘、负载或温度。',
  'node-health.crm-mon-a': '查看以 #health 开头的属性',
  'node-health.pcs-property-config': '看会有什么后果',
  'node-leftover.title': ({ names, unclean, id }) =>
    `节点 ${list(names)} 列出了两次：一次在线，另一次在 ${id === undefined ? '另一个 id' : `id ${id}`} 下${unclean ? '状态不明（UNCLEAN）' : '离线'}`,
  'node-leftover.means': '实际上只有一台机器。它在 corosync 中的 id 变了，而 pacemaker 还保留着旧 id 的条目。',
  'node-leftover.crm-node': '查看所有 id 和名称',
  'node-leftover.cibadmin-node-id': '删除旧条目；把 node 换成 node_state 则删除其状态记录',
  'node-unlisted.title': ({ names, resources }) => `${list(names)} 不在节点列表中，却显示 ${list(resources)} 在它上面`,
  'node-unlisted.means.replica': '它是资源捆绑包（bundle）的容器里的节点。这类节点离线时，crm_mon 不列出。',
  'node-unlisted.means.mismatch':
    '列出的节点数与集群统计的一致，因此这个名称不属于其中任何一个：名称不一致，或者文本被改动过。它实际在哪里运行，无从得知。',
  'node-unlisted.means.unknown':
    '这里没有给出它是什么：crm_mon 不列出离线的 guest 节点，节点列表也可能经过筛选或不完整。',
  'nodes-not-listed.title': ({ listed, counted }) => `摘要中有 ${counted} 个节点，只列出了 ${listed} 个`,
  'nodes-not-listed.means':
    '缺少的可能是离线的 guest 节点（crm_mon 不列出它们），也可能是输出缺了几行。它们的情况从这里无从得知。',
  'node-unlisted.crm-mon': '看运行它的那个资源的状态',
  'node-offline.systemctl-status-corosync': ({ node }) => `在 ${node} 上执行：看集群是否在运行`,
  'node-offline.corosync-cfgtool': '看能否收到它的心跳',
  'node-offline.pcs-cluster-start': '如果只是被停止了',
  'node-offline.remote.pcs-status': '查看负责该连接的资源',
  'node-unclean.cause.no-dc': '没有 DC 来确认各节点的状态：在选出 DC 之前，所有节点都会这样显示。',
  'node-unclean.cause.dc-offline': 'DC 自己就显示为离线，因此这份节点列表不可信，见对应条目。',
  'node-unclean.cause.no-quorum': '本分区没有法定票数，而没有法定票数就不会隔离任何节点。',
  'node-unclean.cause.no-device': '没有隔离设备，无法将它隔离，因此会一直处于这种状态。',
  'node-unclean.cause.no-device-listed':
    '没有隔离设备：已列出全部配置的资源，其中没有隔离设备。因此不会有任何东西隔离该节点，除非由 sbd 的 watchdog 完成（这里没有给出）。请创建隔离设备、让该节点重新加入集群，或者手工确认。',
  'node-unclean.cause.stonith-disabled': '隔离已关闭，因此不会隔离它。',
  'node-unclean.cause.fencing-failed': '已经尝试隔离它，但是失败了，见对应条目。',
  'node-unclean.cause.fencing-pending': '正在隔离它。',
  'node-unclean.confirm': '仅在亲眼确认它已断电之后执行，否则会损坏数据',
  'node-unclean.corosync-quorumtool': '查看成员',
  'node-unclean.journalctl-pacemaker': '在 DC 上执行：看状态不明的原因',

  'daemon-down.title': ({ names, active }) => `被查询的节点上 ${list(names)} 处于 ${active} 状态`,
  'daemon-down.means.pcsd': '其他节点上的 pcs 无法访问它。集群本身不依赖 pcsd。',
  'daemon-down.means.cluster': '没有它，集群就不能在该节点上运行。',
  'daemon-down.cause': '它被停止了，或者运行失败；不由 systemd 启动的程序（例如在容器里）也会这样显示。',
  'daemon-down.systemctl-status': '看是否失败以及如何失败',
  'daemon-down.journalctl': '看原因',
  'daemon-not-at-boot.title': ({ names }) => `不会开机自启：${list(names)}（active/disabled）`,
  'daemon-not-at-boot.means':
    '现在正在运行；但重启之后该节点不会自动回到集群。有些环境有意如此，以便在被隔离的节点重新加入之前先检查。',
  'daemon-not-at-boot.systemctl-enable-pcsd': '在每个节点上执行',
  'daemon-not-at-boot.pcs-cluster-enable': '在所有节点上设为开机自启',
  'daemons-fine.title': ({ names }) => `正在运行且开机自启：${list(names)}`,
  'daemons-fine.means': '指被查询的节点。',
  'pcsd-offline.title': ({ names }) => `${list(names)} 上的 pcsd 没有应答`,
  'pcsd-offline.means': '无法从这里用 pcs 管理该节点。集群本身不依赖 pcsd。',
  'pcsd-offline.cause': '该节点已停机、没有运行 pcsd，或者 2224 端口不通。',
  'pcsd-unauthorised.title': ({ names }) => `pcs 未通过 ${list(names)} 的认证`,
  'pcsd-unauthorised.means': '那里的 pcsd 有应答，但不信任本节点：没有令牌，或者令牌已失效。',
  'pcsd-unauthorised.pcs-host-auth': '会询问 hacluster 的密码（0.9 及更早为 pcs cluster auth）',
  'pcsd-unexplained.title': ({ names, printed }) => `${list(names)} 上的 pcsd：${printed.join(' ')}`,
  'pcsd-unexplained.pcs-status-pcsd': '重新查询',
};
