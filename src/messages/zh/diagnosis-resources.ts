import type { DIAGNOSIS_RESOURCES as EN } from '../en/diagnosis-resources.js';
import type { List } from '../grammar.js';
import type { Translation } from '../translation.js';
import { list } from './grammar.js';

const on = (nodes: List) => (nodes.length > 0 ? `在 ${list(nodes)} 上` : '');

export const DIAGNOSIS_RESOURCES: Translation<typeof EN> = {
  'resources-running.title': ({ running }) => `${running} 个资源实例正在运行`,
  'resources-running.means': '这是根据监控操作得出的：在下一次监控之前，pacemaker 相信上一次的结果。',
  'no-resources.title': '还没有任何资源',
  'no-resources.means': '还没有配置任何资源，因此没有可运行的内容。',
  'no-resources.pcs-resource-create': '创建第一个资源',
  'resource-failed.title': ({ names, nodes }) => `${list(names)} ${on(nodes)}失败（FAILED）`,
  'resource-failed.means': '某个操作失败，pacemaker 正在恢复它，也就是先停止再启动；如果一直如此，说明恢复受阻。',
  'resource-failed.means.stop':
    '它既没有正常运行，也不能确定已经停止。节点被隔离或失败记录被清除之后，pacemaker 才会继续处理它。',
  'resource-failed.cause.nothing': '这里没有给出它的失败操作，因此原因未知。',
  'resource-failed.means.several': '它实际在其中哪个节点上活动（如果有的话），这里没有给出。',
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
  'resource-blocked.cause.unknown':
    '这里没有列出能说明原因的失败。某个设置了 on-fail=block 的操作失败了；没有隔离时，停止操作默认也是如此。',
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
  'address-held-twice.title': ({ address, names, nodes }) =>
    `${list(nodes)} 各自报告：它们同时拥有 ${address}（${list(names)}）`,
  'address-held-twice.means': ({ claimed, others }) =>
    `它们都会应答这个地址，客户端访问到哪一个全凭偶然。集群认为它${claimed.length > 0 ? `在 ${list(claimed)} 上运行` : '没有在任何节点上运行'}，不会在 ${others.length > 0 ? list(others) : '其他节点'} 上查找。`,
  'address-held-twice.cause.split': '这些节点互相看不见，双方都在运行它。只有隔离才能避免这种情况。',
  'address-held-twice.corosync-cfgtool': '在这些节点上分别执行：看哪些链路中断；先修复链路',
  'address-held-twice.cause.no-fencing':
    '最常见的原因：集群在那里停止该地址时，网口已断开，IPaddr2 找不到要从哪个网口上删除它；网口恢复后，地址又生效了。隔离已关闭，因此没有别的办法确保该节点放弃它。',
  'address-held-twice.cause.unknown':
    '最常见的原因：集群在那里停止该地址时，网口已断开，IPaddr2 找不到要从哪个网口上删除它；网口恢复后，地址又生效了。也可能是手工添加的。',
  'address-held-twice.pcs-resource-refresh':
    '重新检查每个节点；集群会发现它在这些节点上都在运行，把它们停止后只启动一个',
  'address-held-twice.nic': '之后执行：这样即使网口断开，IPaddr2 也能找到它',
  'address-held-twice.ip-address': ({ nodes }) => `在 ${list(nodes)} 上执行：查看它们有哪些地址`,
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
  'unmanaged.title.maintenance': ({ names }) => `${list(names)} 处于维护中，因此未受管理（unmanaged）`,
  'unmanaged.cause.maintenance': '在该资源上设置了元属性 maintenance=true。',
  'runs-until-managed.title': ({ names, nodes }) => `${list(names)} 已禁用（disabled），但仍${on(nodes)}运行`,
  'runs-until-managed.means': 'pacemaker 暂时不处理它。一旦重新受管理，它就会被停止，因为它的 target-role 为 Stopped。',
  'runs-until-managed.pcs-resource-enable': '如果希望它继续运行，请在此之前执行',
  'on-offline-node.title': ({ names, role, nodes }) =>
    `${list(names)} 显示为 ${role}，${on(nodes)}，而该节点离线（OFFLINE）`,
  'on-offline-node.means':
    'pacemaker 认为该节点已停止，又认为资源在上面运行，两者不可能同时成立。除非该节点只是失去联系而仍在运行它，否则没有任何节点在提供这项服务；只要 pacemaker 这样认为，就不会在别处启动它。',
  'on-offline-node.means.remote': 'pacemaker 与该节点没有连接，因此资源是否还在那里运行，无从得知。',
  'on-offline-node.means.unmanaged':
    '它未受管理（unmanaged），因此 pacemaker 保留它最后所知的状态。它是否还在那里运行，无从得知；也不会在别处启动它。',
  'on-offline-node.cause':
    'pacemaker 保留了旧的状态：已知 2.1.5 在启用 shutdown-lock 时，如果节点没有正常关机就停止运行，会出现这种情况。也可能是文本被改动过。',
  'on-offline-node.pcs-property-config': '看资源是否会等待已关机的节点',
  'on-offline-node.journalctl-pacemaker': '在 DC 上执行：看该节点离开时它作了什么决定',
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
  'clone-stopped-on.cause.checking': '有一个已停止的实例的监控操作尚未结束，结果可能改变：请稍后再看。',
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
  'clone-not-promotable.title': ({ names, promoted, others }) =>
    `克隆 ${list(names)} 不是可升级克隆，却${on(promoted)}处于 Promoted${others.length === 0 ? '' : `，${on(others)}则不是`}`,
  'clone-not-promotable.means':
    '可升级克隆中不会出现这种混合：创建克隆时没有设置该选项，因此 pacemaker 不会升级任何实例，也不会让其中一个接替。',
  'clone-not-promotable.pcs-resource-config': '查看它的选项',
  'clone-not-promotable.pcs-resource-promotable':
    '取消克隆之后，把资源设为可升级克隆（0.9 及更早为 pcs resource master）',
  'bundle-without-promoted.title': ({ names }) => `资源捆绑包（bundle）${list(names)} 没有 Promoted 实例`,
  'bundle-without-promoted.means': ({ nodes }) =>
    `它${on(nodes)}运行，但都只是 Unpromoted：这样的服务不能写入，依赖 Promoted 实例的资源也在等待。`,
  'sap-hana.title': ({ names, attribute, value }) => `${list(names)} 上的 SAP HANA：${attribute} 为 ${value}`,
  'sap-hana.means.not-in-sync': '到从库的系统复制没有同步。在此期间，如果主库失败，代理不会切换到该从库。',
  'sap-hana.means.down': '那里的数据库报告出错或已停止（roles 的第一个数字；4 表示正常）。',
  'sap-hana.means.waiting': '代理正在等待，还没有决定角色：等待主库、等待确定最后的主库，或者等待第一次检查。',
  'sap-hana.show-attr': '并排查看两个站点的属性',
  'sap-hana.replication': '在主库节点上以 SIDadm 执行：查看各服务的复制状态',
  'sap-hana.landscape': '在该节点上以 SIDadm 执行：查看数据库状态',
  'replica-down.title': ({ bundle, names }) => `资源捆绑包（bundle）${bundle}：${list(names)} 没有运行`,
  'replica-down.means': '该捆绑包的一个容器（或容器里的程序）没有运行；其余的继续工作。',
  'replica-down.cause': '镜像拉取失败、容器退出，或者节点数少于副本数（除非设置了 replicas-per-host，每个节点一个）。',
  'replica-down.pcs-status': '各副本的组成部分',
  'replica-down.podman-ps': '在节点上执行：看容器是否已退出（或 docker ps -a）',
  'resources-running.title.all': ({ running }) => `全部 ${running} 个资源实例都在运行`,

  stopped: ({ names, why }) => `${list(names)} 已停止：${why}`,
  'stopped-disabled.title': '已禁用（disabled）',
  'stopped-disabled.means': '它是被有意禁用的（target-role=Stopped），因此是正常的。',
  'stopped-disabled.pcs-resource-enable': '允许启动',
  'stopped-by-stop-all.title': '设置了 stop-all-resources',
  'stopped-by-stop-all.means': '在取消之前不会启动任何资源。',
  'stopped-locked.title': ({ node }) => `为 ${node} 保留，等它回来`,
  'stopped-locked.means':
    '启用了 shutdown-lock：节点正常关机时，其资源会等它回来而不迁移，最长等待 shutdown-lock-limit。',
  'stopped-locked.pcs-resource-refresh': '放弃锁定',
  'stopped-unmanaged.title.maintenance-mode': '集群处于维护模式',
  'stopped-unmanaged.title.maintenance': '它处于维护中',
  'stopped-unmanaged.title.unmanaged': '未受管理（unmanaged）',
  'stopped-unmanaged.means': 'pacemaker 不会启动不归它管理的资源。',
  'stopped-no-dc.title': '没有 DC',
  'stopped-no-dc.means': '没有 DC，就没有节点决定启动它。',
  'stopped-no-dc.pcs-status': '选出 DC 之后再看',
  'stopped-no-quorum.title': '没有法定票数',
  'stopped-no-quorum.means': '本分区恢复法定票数后会自动启动；在此期间它可能在另一个分区运行。',
  'stopped-no-quorum.corosync-quorumtool': '看缺少哪些成员',
  'stopped-no-device.title': '隔离已启用，但没有隔离设备',
  'stopped-no-device.means': '有了隔离设备或关闭隔离之后就会启动。',
  'stopped-no-device-listed.title': '多半是因为没有隔离设备',
  'stopped-no-device-listed.means':
    '已列出全部配置的资源，其中没有隔离设备，也没有一个在运行。除非 stonith-enabled 为 false（这里没有给出），否则没有隔离设备时 pacemaker 不启动任何资源。',
  'stopped-no-device-listed.pcs-property-config': '看隔离是否启用（默认启用）',
  'stopped-no-node.title': '现在没有节点可以运行它',
  'stopped-no-node.means': '所有节点都离线、状态不明、待机或处于维护模式。',
  'stopped-no-node.pcs-node-unstandby': '如果只是待机',
  'stopped-after-failure.title': ({ operation, nodes, reported }) =>
    `${on(nodes)}${operation === undefined ? '失败次数过多' : `执行 ${operation} 失败`}${reported === undefined ? '' : `（${reported}）`}`,
  'stopped-after-failure.means.everywhere':
    '它报告配置有误，pacemaker 认为在任何节点上都是如此：不会再在任何地方尝试。',
  'stopped-after-failure.means.here': '清除失败记录之前不会再在那里尝试。',
  'stopped-after-failure.means.no-other': '没有其他可用的节点。',
  'stopped-after-failure.means.others': ({ others }) =>
    `${list(others)} 为何没有接手，这里没有给出：不允许在那里运行、以前在那里失败过，或者即将启动。`,
  'stopped-after-failure.cause': '原因见失败的操作。',
  'stopped-after-failure.pcs-resource-failcount': '看在哪些节点上失败',
  'stopped-after-failure.pcs-resource-cleanup': '修好之后执行：会重新尝试',
  'stopped-waits-for-fencing.title': ({ nodes }) => `等待 ${list(nodes)} 被隔离`,
  'stopped-waits-for-fencing.means':
    '默认情况下（requires=fencing），只要有节点状态不明就不会启动资源，因为资源可能还在那里运行。',
  'stopped-banned.title': ({ nodes }) => `被禁止在所有可用节点上运行（${list(nodes)}）`,
  'stopped-banned.means': '位置约束使它无处可去。',
  'stopped-banned.pcs-constraint-location': '看是哪些约束',
  'stopped-banned.pcs-resource-clear': '清除 move 和 ban 留下的约束',
  'stopped-ticket.title': ({ tickets }) => `可能是因为缺少 ticket ${list(tickets)}`,
  'stopped-ticket.means': '如果它依赖该 ticket，就会在持有 ticket 的站点运行。',
  'stopped-ticket.pcs-constraint-ticket': '看是否依赖',
  'stopped-behind.title': ({ first, container }) => `等待 ${container} 中的 ${first}`,
  'stopped-behind.means': '资源组的成员按顺序启动，先看第一个。',
  'stopped-unexplained.title': '这里没有给出原因',
  'stopped-unexplained.means.device': '已停止的隔离设备不受监控：需要时它能否工作，无从得知。',
  'stopped-unexplained.means.resource': '从这里看不出有什么阻止它运行：没有失败，没有禁止，有法定票数，也有节点。',
  'stopped-unexplained.cause.device':
    '多半是启动失败（启动时会检查设备有无应答），而失败记录已被清除；或者它被禁用、被禁止。',
  'stopped-unexplained.cause.resource':
    '它马上就会启动（请稍后再看），有这里没有给出的约束（位置、顺序、共置）阻止它运行，或者失败记录已被清除。',
  'stopped-unexplained.pcs-constraint': '查看全部约束',
  'stopped-unexplained.crm-simulate': '看 pacemaker 会怎么做，以及各项分数',
  'stopped-unexplained.pcs-stonith-config': '查看设备的连接方式',
};
