import type { AUDITS as EN } from '../en/audits.js';
import type { Translation } from '../translation.js';

export const AUDITS: Translation<typeof EN> = {
  'audit.allowed-nodes.holds':
    '任何资源都不在不允许的地方运行：被禁止的节点、待机（standby）节点、opt-in 集群中未获准的节点，或失败次数过多的节点。',
  'audit.reads.status-and-cib': '每个有法定票数的节点的 crm_mon 和 CIB',
  'audit.as-left.holds': '节点和守护进程的运行、开机启用和成员状态与场景留下的状态完全一致。',
  'audit.as-left.reads':
    '哪些节点应答、自哪次启动以来；每个节点的 systemd 单元；以及有法定票数的分区中哪些节点在线、待机或处于维护模式',
  'audit.clone-limits.holds': '克隆的实例数和升级（promoted）实例数，无论总数还是单个节点上的数目，都不超过上限。',
  'audit.clone-limits.reads': '每个节点的 crm_mon 和 CIB',
  'audit.constraints-hold.holds': '强制性的共置（colocation）约束和顺序（order）约束都成立。',
  'audit.disk-space.holds': ({ percent, mib }) =>
    `集群数据和日志所在的磁盘至少有 ${percent} % 且不少于 ${mib} MiB 的可用空间。`,
  'audit.disk-space.reads': '每个节点上的 df',
  'audit.fenced-first.holds':
    '启用隔离时，失联节点上的资源只有在确认该节点已被隔离之后才在别处启动；被确认隔离的节点确实断过电。',
  'audit.fenced-first.reads': '之前和现在的成员关系、隔离历史、CIB 记录的资源启动时间，以及节点的启动标识',
  'audit.groups-together.holds': '资源组中活动的成员都在同一个节点上，且前面的成员未活动时后面的成员不会活动。',
  'audit.in-service.holds': '集群应当运行的资源都在运行，并且没有资源被算作在确知未运行它的节点上活动。',
  'audit.in-service.reads': '每个有法定票数的节点的 crm_mon 和 CIB、哪些机器已关机，以及每个地址由谁应答',
  'audit.no-crash.holds':
    '自上次检查以来，集群的守护进程没有产生 core dump，没有异常退出或被重新启动，也没有记录严重（crit）级别的日志。',
  'audit.no-crash.reads': '每个节点的 core dump、crit 级别的日志、systemd 单元和进程',
  'audit.no-failures.holds': '自上次检查以来没有任何操作（包括隔离）失败。',
  'audit.no-failures.reads': '每个节点的 crm_mon 和 CIB 中的失败操作、失败计数和失败的隔离',
  'audit.one-dc.holds':
    '每个分区有且只有一个 DC，分区的所有成员都认同这个 DC 和成员名单；只有正在生效的故障才会使集群分裂。',
  'audit.one-dc.reads': '每个节点的 corosync 成员关系、控制器状态和 crm_mon',
  'audit.one-mac.holds': '集群管理的每个地址在启动期间只由一个 MAC 地址应答。',
  'audit.one-mac.reads': '在地址所在网络上发出的 ARP 请求由谁应答',
  'audit.one-mount.holds': '共享存储上的非集群文件系统最多只在一个节点上挂载。',
  'audit.one-mount.reads': '每个节点的挂载，以及 CIB 中的 Filesystem 资源',
  'audit.quorum-device.holds':
    '每个成员都与仲裁设备（quorum device）保持连接；设备最多把票给一个分区；成员计入这一票，当且仅当设备确实给了它。',
  'audit.quorum-device.reads': '每个节点的 corosync，以及设备所在节点上的 corosync-qnetd；没有仲裁设备时什么也不读',
  'audit.quorum-respected.holds':
    '没有法定票数（quorum）的分区不运行任何需要法定票数的资源，具体以 no-quorum-policy 为准。',
  'audit.quorum-respected.reads':
    '每个节点的 corosync、crm_mon 和 CIB，以及节点自己的地址、挂载、活动的 systemd 单元和进程',
  'audit.same-cib.holds': '同一分区的所有成员持有相同的 CIB，并且没有节点的磁盘上存有会覆盖它、或会因此丢失的 CIB。',
  'audit.same-cib.reads': '每个节点自己的 CIB 副本，以及未运行 pacemaker 的节点上存储的 CIB',
  'audit-advice.refresh': '重新检查每个节点上运行着什么，集群随后纠正不一致之处',
  'audit-advice.quorum-device': '在每个成员上执行：查看它与仲裁设备的连接以及票数',
  'audit-advice.cib': '在每个节点上执行：显示它自己的副本',
  'audit-advice.clone-limits': '查看 clone-max、clone-node-max 和 promoted-max',
  'audit-advice.failures': '列出失败的操作、失败计数和失败的隔离',
  'audit-advice.as-left': '列出节点、其状态和守护进程',
  'audit-advice.crash': '在该节点上执行：查看守护进程的日志',
  'audit.settled.holds': '集群处于空闲状态：没有正在进行的操作，也没有待办的操作。',
  'audit.settled.reads': '每个节点的控制器状态，以及 DC 的调度器接下来要做什么',
  'audit.single-active.holds':
    '非克隆资源最多只在一个节点上活动：集群的报告和各节点自己的情况都如此，并且就在集群所报告的那个节点上。',
  'audit.single-active.reads': '每个节点的 crm_mon，以及节点自己的地址、挂载、活动的 systemd 单元、进程及其监听的端口',
};
