import type { DIAGNOSIS_READING as EN } from '../en/diagnosis-reading.js';
import type { Translation } from '../translation.js';
import { list } from './grammar.js';

export const DIAGNOSIS_READING: Translation<typeof EN> = {
  'part.dc': 'DC 和法定票数',
  'part.nodes': '节点',
  'part.resources': '资源',
  'part.fencing': '是否有节点被隔离',
  'part.fail-counts': '失败计数',
  'part.daemons': '守护进程',
  'not-running.title': '被查询的节点上没有运行集群',
  'not-running.means':
    '那里的 pacemaker 没有应答这条命令：它已停止，或者才刚开始启动。这不说明其他节点的情况，集群在那些节点上可能一切正常。',
  'not-running.cause':
    '开机后从未启动（未设为自启）、有人停止了它，或者 corosync 起不来；pacemaker 只能运行在 corosync 之上。',
  'not-running.systemctl-status-corosync': '看是哪一个没有运行',
  'not-running.journalctl-corosync-pacemaker': '看它为何退出',
  'not-running.start': '在本节点上启动二者',
  'not-running.elsewhere': '在另一个节点上执行：看其余部分的状态',
  'no-permission.title': '执行命令的用户无权读取集群状态',
  'no-permission.means': '只有 root 和 haclient 组的成员可以查询 pacemaker。集群的状态仍然未知。',
  'no-permission.sudo-pcs-status': '以 root 身份重新执行',
  'tool-missing.title': '被查询的节点上没有安装这个工具',
  'tool-missing.means':
    '集群没有被查询到，状态未知。要么该节点不属于集群，要么使用的是另一套工具（pcs，或 SUSE 上的 crmsh）。',
  'tool-missing.crm-mon': 'pacemaker 自带的工具，有 pacemaker 就有它',
  'tool-missing.systemctl-status-pacemaker': '看它是否是集群节点',
  'error-unexplained.title': '命令以错误结束',
  'no-explanation': 'halab 无法解释这一项。',
  'error-unexplained.systemctl-status-corosync': '看集群是否在运行',
  'cut-off.title': '这不是完整的输出',
  'cut-off.means': '缺失的部分可能恰好包含最严重的问题。以下内容只针对现有的这些行。',
  'cut-off.pcs-status': '完整的输出',
  'not-understood.title': ({ lines }) => `有 ${lines} 行未能识别`,
  'not-understood.means': 'halab 没有从中得出任何信息，请自行阅读：',
  'part-missing.title': ({ parts }) => `没有给出：${list(parts)}`,
  'part-missing.means': '缺失部分的状态未知。',
  'part-missing.pcs-status': '给出全部内容',
  'not-printed.title': ({ parts }) => `没有给出，因此未知：${list(parts)}`,
  'not-printed.means': '这类输出不包含这些内容，或者只在有内容时才给出；没有给出并不表示一切正常。',
  'not-printed.stonith-admin': '全部隔离记录',
  'not-printed.pcs-resource-failcount': '失败计数',
  'not-listed.title': ({ hidden, configured }) => `${configured} 个资源实例中有 ${hidden} 个没有列出`,
  'not-listed.means': ({ shown, configured }) =>
    `摘要中是 ${configured} 个，列表中是 ${shown} 个。不带 --inactive 时，crm_mon 不列出未运行的资源；简短或经过筛选的输出还会省略更多。`,
  'not-listed.disabled': ({ disabled }) => `其中 ${disabled} 个是有意禁用（disabled）的。`,
  'not-listed.blocked': ({ blocked }) => `${blocked} 个在失败后被阻塞（blocked），集群不会再自行处理。`,
};
