import type { DIAGNOSIS_SETTINGS as EN } from '../en/diagnosis-settings.js';
import type { Translation } from '../translation.js';
import { list } from './grammar.js';

export const DIAGNOSIS_SETTINGS: Translation<typeof EN> = {
  'maintenance-mode.title': '整个集群处于维护模式',
  'maintenance-mode.means':
    'pacemaker 不插手任何事：不启动、不停止、不监控、不恢复。正在运行的资源继续运行，但没有保护；所显示的状态也可能已经过时。',
  'maintenance-mode.cause': '设置了 maintenance-mode=true。',
  'stop-all-resources.title': '所有资源都被要求停止',
  'stop-all-resources.means': 'stop-all-resources 为 true，因此 pacemaker 不会启动任何资源，无论其他设置如何。',
  'stop-all-resources.cause': '由管理员设置。',
  'stonith-disabled.title': '隔离（stonith）已关闭',
  'stonith-disabled.means':
    '集群无法确认失去联系的节点真的停止了，只能假定它已经停止。如果没有停止，两个节点就会对同一份数据运行同一资源。实验环境可以这样做，生产环境则是在打赌。',
  'stonith-disabled.pcs-property-set': '有了设备并测试之后执行',
  'quorum-ignored.title': '法定票数被忽略（no-quorum-policy=ignore）',
  'quorum-ignored.means':
    '没有法定票数的分区会照常运行。发生脑裂后，除非隔离机制停掉其中一边，否则两边会运行相同的资源。',
  'quorum-ignored.cause': '这是针对两节点集群的旧建议。corosync 的 two_node: 1 可以达到同样目的，而没有这种风险。',
  'asymmetric.title': '资源只能在约束允许的节点上运行',
  'asymmetric.means': 'symmetric-cluster 为 false：没有位置约束的资源不能在任何节点上运行。',
  'asymmetric.pcs-constraint-location': '看哪些资源允许在哪里运行',
  'no-stonith-device.title': '隔离已启用，但没有隔离设备',
  'no-stonith-device.means':
    'stonith-enabled 不是 false，又没有配置任何设备，因此 pacemaker 默认不会启动任何资源：它无法确认失去联系的节点真的停止了。',
  'no-stonith-device.cause': '新建的集群就是这样；需要创建隔离设备，或者（在实验环境中）关闭隔离。',
  'move-constraints.title': ({ names }) => `${list(names)} 被移动过，移动产生的约束仍然存在`,
  'move-constraints.means':
    'pcs resource move（0.10 及更早）和 ban 靠位置约束实现，而这个约束会留下来：资源不会再回去，所在节点失去后可能无处可去。',
  'move-constraints.pcs-constraint-location': '查看约束',
  'move-constraints.pcs-resource-clear': '清除约束',
  'node-names-differ.title': 'corosync 与 pacemaker 使用的节点名称不一致',
  'node-names-differ.means': '多半是建立集群时使用了 IP 地址。集群可以运行，但需要节点名称的 pcs 命令可能找不到节点。',
  'node-names-differ.crm-node': 'pacemaker 使用的名称',
  'node-names-differ.corosync-cmapctl-nodelist': 'corosync 使用的名称',
  'stonith-action-option.title': ({ names }) => `隔离设备 ${list(names)} 设置了 action`,
  'stonith-action-option.means':
    '这样设备不管 pacemaker 请求什么都会执行该动作，查询节点是否通电时也可能将其断电。应改用 pcmk_off_action 和 pcmk_reboot_action。',
  'stonith-action-option.pcs-stonith-update': '例如',
  'stonith-method-cycle.title': ({ names }) => `隔离设备 ${list(names)} 设置了 method=cycle`,
  'stonith-method-cycle.means':
    '电源重启（cycle）中途无法检查，设备可能把从未断电的节点报告为已隔离。onoff 会先断电、确认，再通电。',
  'stonith-method-cycle.pcs-stonith-update': '安全的方式',
  'startup-fencing-off.title': '从未出现过的节点被当作已停止',
  'startup-fencing-off.means':
    'startup-fencing 为 false。如果这样的节点其实在运行，只是失去联系，它上面的资源就会运行两份。',
  'watchdog-setting.title': '基于看门狗（sbd）的隔离设置有问题',
  'watchdog-setting.means':
    '需要被隔离的节点通过看门狗自行终止，stonith-watchdog-timeout 规定其他节点为此等待多久。它必须大于 SBD_WATCHDOG_TIMEOUT，并且每个节点都要运行 sbd；没有 sbd 时必须为 0。否则可能把仍在运行的节点当作已停止。',
  'watchdog-setting.pcs-stonith-sbd': '各节点上的 sbd',
  'watchdog-setting.pcs-property-config': '当前的值',
  'booth-authfile.title': 'booth 的配置有问题',
  'booth-authfile.means': 'booth 决定哪个站点持有 ticket。没有 authfile 时，它会接受任何主机的请求。',
  'booth-authfile.pcs-booth-config': '查看其配置',
  'nodes-not-reached.title': 'pcs 无法访问所有节点',
  'nodes-not-reached.means': 'pcs 通过 pcsd（2224 端口）访问其他节点。该通道独立于集群；集群本身可能一切正常。',
  'nodes-not-reached.cause': '该节点已停机、没有运行 pcsd、被防火墙阻挡，或者主机之间没有认证。',
  'nodes-not-reached.pcs-status-pcsd': '看哪些节点有应答',
  'nodes-not-reached.pcs-host-auth': '如果是认证问题',
  'deprecated-setting.title': '某项设置已弃用',
  'deprecated-setting.means': '现在可以使用，升级之后将不再有效。',
  'deprecated-setting.crm-verify': '查看关于配置的全部提示',
  'warning-unexplained.title': '警告',
};
