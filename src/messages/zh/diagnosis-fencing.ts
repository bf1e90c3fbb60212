import type { DIAGNOSIS_FENCING as EN } from '../en/diagnosis-fencing.js';
import type { Translation } from '../translation.js';
import { list } from './grammar.js';

const ACTIONS: Readonly<Record<string, string>> = { reboot: '重启', off: '断电', on: '解除隔离' };

const timesAndLast = (times: number, at: string | undefined) =>
  `${times === 1 ? '' : `，共 ${times} 次`}${at === undefined ? '' : `，最近一次在 ${at}`}`;

export const DIAGNOSIS_FENCING: Translation<typeof EN> = {
  'fencing-failed.title': ({ action, names, times, at }) =>
    `对 ${list(names)} 的隔离（${ACTIONS[action] ?? action}）失败${timesAndLast(times, at)}`,
  'fencing-failed.crm-node': '查看节点名称',
  'fencing-failed.pcs-stonith-config': '查看各设备的地址、用户和端口',
  'fencing-failed.journalctl-pacemaker-fenc': '在执行隔离的节点上查看',
  'fencing-failed.pcs-stonith-history': '修好之后执行：清除记录',
  'fencing-pending.title': ({ action, names }) => `正在隔离 ${list(names)}（${ACTIONS[action] ?? action}）`,
  'fencing-pending.means':
    '可能在它上面运行过的资源都在等待。所需时间取决于设备，每个设备最多 stonith-timeout（默认 60 秒）。',
  'fencing-pending.cause': ({ delegate }) => `由 ${delegate} 执行。`,
  'fencing-done.title': ({ names, action, times, at, delegate }) =>
    `${list(names)} ${action === 'on' ? '解除过隔离' : `被隔离过（${action}）`}${timesAndLast(times, at)}${delegate === undefined ? '' : `，由 ${delegate} 执行`}`,
  'fencing-done.means': '隔离成功完成。为何需要隔离，记录在当时 DC 的日志里。',
  'fencing-done.journalctl-pacemaker-fenc': '在各节点上查看当时的日志',
  'fencing-failed.means.unclean':
    '在成功之前，可能仍在它上面运行的资源都不会在别处启动：宁可没有服务，也不能有两份服务操作同一份数据。恢复因此停住，pacemaker 会继续尝试。',
  'fencing-failed.means.offline': '该节点现在已离线且状态明确，说明问题已通过其他方式解决；但下一次该设备仍会失败。',
  'fencing-failed.means.online': '该节点已重新在线，这只是一条记录。但设备迟早会用到，届时还会失败。',
  'fencing-failed.means.no-node': '节点列表中没有这个名称。隔离操作需要的是节点名称，而不是设备名称。',
  'fencing-failed.means.unknown': '需要隔离的节点未被隔离之前，可能在它上面运行的资源不会在别处启动。',
  'fencing-failed.reason': ({ reason }) => `给出的原因：${reason}。`,
  'fencing-failed.cause.no-node': '写成了设备名称，或者名称拼写有误。',
  'fencing-failed.cause':
    '设备没有应答（它的网络常常与节点一起中断）、用户名密码或端口有误，或者没有设备可以隔离该节点（pcmk_host_list、pcmk_host_map）。',
  'fencing-failed.delegate': ({ delegate }) => `由 ${delegate} 执行。`,
};
