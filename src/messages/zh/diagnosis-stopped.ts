import type { DIAGNOSIS_STOPPED as EN } from '../en/diagnosis-stopped.js';
import type { Translation } from '../translation.js';
import { list } from './grammar.js';

export const DIAGNOSIS_STOPPED: Translation<typeof EN> = {
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
  'stopped-no-node.title': '现在没有节点可以运行它',
  'stopped-no-node.means': '所有节点都离线、状态不明、待机或处于维护模式。',
  'stopped-no-node.pcs-node-unstandby': '如果只是待机',
  'stopped-after-failure.title': ({ operation, node, reported }) =>
    `${node === undefined ? '' : `在 ${node} 上`}${operation === undefined ? '失败次数过多' : `执行 ${operation} 失败`}${reported === undefined ? '' : `（${reported}）`}`,
  'stopped-after-failure.means.everywhere':
    '它报告配置有误，pacemaker 认为在任何节点上都是如此：不会再在任何地方尝试。',
  'stopped-after-failure.means.here':
    '清除失败记录之前不会再在那里尝试，也没有其他节点接手：在那里也失败过，或者不允许运行。',
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
