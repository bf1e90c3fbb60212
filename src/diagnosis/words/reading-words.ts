import { type Bilingual, both, listed } from '../bilingual.js';
import type { Payloads } from '../meaning.js';
import { step, type WordTable } from './words-of.js';

type ReadingCode =
  | 'not-running'
  | 'no-permission'
  | 'tool-missing'
  | 'error-unexplained'
  | 'cut-off'
  | 'not-understood'
  | 'part-missing'
  | 'not-printed'
  | 'not-listed';

type Part = Payloads['part-missing']['parts'][number] | Payloads['not-printed']['parts'][number];

const PARTS: { readonly [P in Part]: Bilingual } = {
  dc: both('DC and quorum', 'DC 和法定票数'),
  nodes: both('the nodes', '节点'),
  resources: both('the resources', '资源'),
  fencing: both('whether a node was fenced', '是否有节点被隔离'),
  'fail-counts': both('fail counts', '失败计数'),
  daemons: both('the daemons', '守护进程'),
};

function partsIn(parts: readonly Part[]): Bilingual {
  return {
    en: listed(parts.map((part) => PARTS[part].en)).en,
    zh: listed(parts.map((part) => PARTS[part].zh)).zh,
  };
}

export const READING_WORDS: WordTable<ReadingCode> = {
  'not-running': ({ payload: { printed, tool } }) => ({
    title: both('The cluster is not running on the node that was asked', '被查询的节点上没有运行集群'),
    means: both(
      'Nobody answered the command there: pacemaker is stopped, or only just starting. That says nothing about the other nodes; the cluster may well be running on them.',
      '那里没有人应答这条命令：pacemaker 已停止，或者才刚开始启动。这不说明其他节点的情况，集群在那些节点上可能一切正常。',
    ),
    cause: both(
      'It was never started since the boot (not enabled), somebody stopped it, or corosync does not come up; pacemaker runs only on top of corosync.',
      '开机后从未启动（未设为自启）、有人停止了它，或者 corosync 起不来；pacemaker 只能运行在 corosync 之上。',
    ),
    lines: printed,
    next: [
      step('systemctl status corosync pacemaker', 'which of the two is down', '看是哪一个没有运行'),
      step('journalctl -b -u corosync -u pacemaker', 'why it ended', '看它为何退出'),
      step(
        tool === 'crm' ? 'crm cluster start' : 'pcs cluster start',
        'starts both on this node',
        '在本节点上启动二者',
      ),
      step(
        tool === 'crm' ? 'crm status' : 'pcs status',
        'on another node: how the rest is',
        '在另一个节点上执行：看其余部分的状态',
      ),
    ],
  }),
  'no-permission': ({ payload: { printed } }) => ({
    title: both('The user who asked may not read the cluster', '执行命令的用户无权读取集群状态'),
    means: both(
      'Only root and members of the group haclient may ask pacemaker. Nothing is known of the cluster.',
      '只有 root 和 haclient 组的成员可以查询 pacemaker。集群的状态仍然未知。',
    ),
    lines: printed,
    next: [step('sudo pcs status', 'the same, as root', '以 root 身份重新执行')],
  }),
  'tool-missing': ({ payload: { printed } }) => ({
    title: both('The tool is not there on the node that was asked', '被查询的节点上没有这个工具'),
    means: both(
      'Nothing is known of the cluster: it was not asked. Either the node is no cluster node, or another set of tools manages it (pcs, or crmsh on SUSE).',
      '集群没有被查询到，状态未知。要么该节点不属于集群，要么使用的是另一套工具（pcs，或 SUSE 上的 crmsh）。',
    ),
    lines: printed,
    next: [
      step(
        'crm_mon -1 --inactive',
        'pacemaker’s own tool, there wherever pacemaker is',
        'pacemaker 自带的工具，有 pacemaker 就有它',
      ),
      step('systemctl status pacemaker', 'whether it is a cluster node at all', '看它是否是集群节点'),
    ],
  }),
  'error-unexplained': ({ payload: { printed } }) => ({
    title: both('The command ended with an error', '命令以错误结束'),
    means: both('halab has no explanation of this one.', 'halab 没有关于它的解释。'),
    lines: printed,
    next: [step('systemctl status corosync pacemaker', 'whether the cluster runs at all', '看集群是否在运行')],
  }),
  'cut-off': ({ payload: { reasons } }) => ({
    title: both('This is not a whole output', '这不是完整的输出'),
    means: both(
      'What is missing may hold the worst of it. Everything here is said of the lines that are there.',
      '缺失的部分可能恰好包含最严重的问题。以下内容只针对现有的这些行。',
    ),
    lines: reasons,
    next: [step('pcs status --full', 'the whole of it', '完整的输出')],
  }),
  'not-understood': ({ payload: { printed } }) => ({
    title: both(
      printed.length === 1 ? 'One line was not understood' : `${printed.length} lines were not understood`,
      `有 ${printed.length} 行未能识别`,
    ),
    means: both('halab took nothing from them. Read them yourself:', 'halab 没有从中得出任何信息，请自行阅读：'),
    lines: printed,
    next: [],
  }),
  'part-missing': ({ payload: { parts } }) => ({
    title: both(`Not printed: ${partsIn(parts).en}`, `没有给出：${partsIn(parts).zh}`),
    means: both('Nothing can be said of that, neither good nor bad.', '对此无法作出任何判断，无论好坏。'),
    next: [step('pcs status --full', 'prints all of it', '给出全部内容')],
  }),
  'not-printed': ({ payload: { parts } }) => ({
    title: both(`Not printed, so not known: ${partsIn(parts).en}`, `没有给出，因此未知：${partsIn(parts).zh}`),
    means: both(
      'This kind of output leaves it out, or prints it only when there is something to print; do not take the silence for health.',
      '这类输出不包含这些内容，或者只在有内容时才给出；不要把沉默当作健康。',
    ),
    next: [
      ...(parts.includes('fencing')
        ? [step('stonith_admin --history "*"', 'all fencing there was', '全部隔离记录')]
        : []),
      ...(parts.includes('fail-counts') ? [step('pcs resource failcount show', 'the fail counts', '失败计数')] : []),
      ...(parts.includes('daemons')
        ? [step('systemctl status corosync pacemaker pcsd', 'the daemons', '守护进程')]
        : []),
    ],
  }),
  'not-listed': ({ payload: { listed: shown, configured, disabled, blocked } }) => ({
    title: both(
      `${configured - shown} of ${configured} resource instances ${configured - shown === 1 ? 'is' : 'are'} not listed`,
      `${configured} 个资源实例中有 ${configured - shown} 个没有列出`,
    ),
    means: both(
      `The summary counts ${configured}, the list shows ${shown}. Without --inactive crm_mon leaves out what does not run, and a brief or filtered output leaves out more.${counted(disabled, blocked).en}`,
      `摘要中是 ${configured} 个，列表中是 ${shown} 个。不带 --inactive 时，crm_mon 不列出未运行的资源；简短或经过筛选的输出还会省略更多。${counted(disabled, blocked).zh}`,
    ),
    next: [step('crm_mon -1 --inactive', 'lists the stopped ones too', '同时列出已停止的资源')],
  }),
};

function counted(disabled: number, blocked: number): Bilingual {
  const en = [
    ...(disabled > 0 ? [` ${disabled} of them ${disabled === 1 ? 'is' : 'are'} disabled on purpose.`] : []),
    ...(blocked > 0
      ? [` ${blocked} ${blocked === 1 ? 'is' : 'are'} blocked after a failure, and nothing happens to it by itself.`]
      : []),
  ];
  const zh = [
    ...(disabled > 0 ? [`其中 ${disabled} 个是有意禁用（disabled）的。`] : []),
    ...(blocked > 0 ? [`${blocked} 个在失败后被阻塞（blocked），集群不会再自行处理。`] : []),
  ];
  return both(en.join(''), zh.join(''));
}
