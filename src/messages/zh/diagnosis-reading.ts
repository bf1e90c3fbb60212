import type { DIAGNOSIS_READING as EN } from '../en/diagnosis-reading.js';
import type { Translation } from '../translation.js';
import { list } from './grammar.js';

const onNodes = (nodes: readonly string[]) => `在${nodes.length > 0 ? ` ${list(nodes)} 上` : '每个节点上'}`;
const onOne = (nodes: readonly string[]) => `在${nodes.length > 0 ? ` ${list(nodes)} 上` : '一个节点上'}`;

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
  'not-formed.title': '还没有组建集群',
  'not-formed.means': '这不是故障。还需要以 root 身份依次执行以下命令：',
  'not-formed.means.here':
    '被查询的节点没有 corosync.conf，因此 pcs cluster start 没有可启动的集群。如果其他节点也没有集群，用以下命令组建：',
  'not-formed.packages': ({ nodes }) => `${onNodes(nodes)}执行：安装缺少的软件包`,
  'not-formed.pcsd': ({ nodes }) => `${onNodes(nodes)}执行：pcs 通过这个守护进程工作`,
  'not-formed.password': ({ nodes }) => `${onNodes(nodes)}执行：设为同一个密码；pcs 只在下一步使用一次`,
  'not-formed.auth': ({ nodes }) => `${onOne(nodes)}执行：会询问这个密码（0.9 及更早为 pcs cluster auth）`,
  'not-formed.setup': ({ nodes }) =>
    `${onOne(nodes)}执行：在所有节点上写入 corosync.conf（0.9 及更早在名称前加 --name）`,
  'not-formed.start': ({ nodes }) =>
    `${onOne(nodes)}执行：在所有节点上启动 corosync 和 pacemaker；pcs cluster enable --all 使它们开机自启`,
  'cluster-stopped.title': ({ names }) => `${list(names)} 上的集群已停止`,
  'cluster-stopped.means': '集群已经组建，但在有应答的节点上都没有运行。停止期间，没有任何资源受到管理。',
  'cluster-stopped.pcs-cluster-start': '在其中一个节点上执行：在所有节点上启动集群',
  'cluster-stopped.journalctl': '如果没有人停止它：看它为何退出',
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
  'error-beside.title': '状态之外还有一条错误',
  'error-beside.means': '状态仍然可以读出。该错误可能来自另一条命令，也可能使状态的一部分没有输出。',
  'error-beside.pcs-status': '看这条错误是否随状态一起出现',
  'cut-off.title': '这不是完整的输出',
  'cut-off.means': '缺失的部分可能恰好包含最严重的问题。以下内容只针对现有的这些行。',
  'cut-off.pcs-status': '完整的输出',
  'cut-off.begins-untitled': '开头没有摘要的标题',
  'cut-off.no-dc': '摘要中没有 DC',
  'cut-off.begins-with': ({ part }) => `从 ${part} 部分开始，没有摘要`,
  'cut-off.no-node': ({ counted }) => `统计为 ${counted} 个节点，一个也没有列出`,
  'cut-off.few-nodes': ({ counted, listed }) => `统计为 ${counted} 个节点，只列出 ${listed} 个`,
  'cut-off.no-resource': ({ counted }) => `统计为 ${counted} 个资源，一个也没有列出`,
  'cut-off.few-resources': ({ counted, listed }) => `统计为 ${counted} 个资源，只列出 ${listed} 个`,
  'cut-off.ends-in-line': ({ line }) => `在一行中间结束：${line}`,
  'cut-off.ends-with-title': ({ line }) => `以一个标题结束：${line}`,
  'cut-off.ends-before-daemons': '输出在 Daemon Status 之前结束',
  'cut-off.xml': ({ line, element }) =>
    `XML 在第 ${line} 行中断${element === undefined ? '' : `，位于 ${element} 之内`}`,
  'only-selected.title': '只查询了部分资源或节点',
  'only-selected.means': ({ request }) => `执行的命令是 ${request}：它没有列出的其他资源和其他实例，情况都未知。`,
  'not-understood.title': ({ lines }) => `有 ${lines} 行未能识别`,
  'not-understood.means': 'halab 没有从中得出任何信息，请自行阅读：',
  'part.failed-actions': '失败的操作',
  'part.failed-fencing': '失败的隔离',
  'failures-unread.title': ({ parts }) => `列出但未能识别：${list(parts)}`,
  'failures-unread.means': '只有发生了失败才会给出这个标题，所以确实有失败；但不知道失败的是什么。',
  'group-end-unknown.title': ({ names }) => `资源组 ${list(names)} 到哪里结束，无法得知`,
  'group-end-unknown.means': ({ members }) =>
    `这段文本丢失了缩进，而只有缩进才能表明成员关系。这里把 ${list(members)} 当作成员；其中最后几个可能不属于该组，后面的资源也可能属于它。`,
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
