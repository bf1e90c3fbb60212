import type { STATUS as EN } from '../en/status.js';
import type { Translation } from '../translation.js';
import { age, list } from './grammar.js';

export const STATUS: Translation<typeof EN> = {
  'status.no-lab': '本机上没有实验环境；用 halab up 创建一个',
  'status.residue': ({ name }) => `${name}：实验环境的残留；用 halab down --name ${name} 清除`,
  'status.fault-active': ({ at, fault, id }) => `故障自 ${at} 起生效：${fault}（${id}）；用 halab heal 恢复`,
  'status.according-to': ({ nodes }) => `${list(nodes)} 的说法：`,
  'status.placement': ({ placement }) => `运行中：${placement.join(' · ')}`,
  'status.on': ({ resource, nodes, since }) =>
    `${resource} 在 ${list(nodes)} 上${since === undefined ? '' : `（${since}）`}`,
  'status.for': ({ ms, atLeast }) => `${atLeast ? '至少' : ''}已 ${age(ms)}`,
  'status.looked': ({ time }) => `查看于 ${time}`,
  'status.looked-again': ({ time, everyMs }) => `查看于 ${time}，每 ${age(everyMs)}一次`,
  'status.keys': '方向键、j 和 k、PgUp 和 PgDn 滚动；q 结束',
  'status.lines': ({ from, to, of }) => `第 ${from} 至 ${to} 行，共 ${of} 行`,
  'status.seen-ago': ({ what, ms }) => `${what}（${age(ms)}前看到）`,
  'change.moved': ({ name, from, to }) => `${name} 从 ${list(from)} 移到 ${list(to)}`,
  'change.started': ({ name, to }) => `${name} 在 ${list(to)} 上启动`,
  'change.stopped': ({ name, from }) => `${name} 已不在 ${list(from)} 上`,
  'change.back': ({ name, to }) => `${name} 回到 ${list(to)} 上`,
  'change.other': ({ name, from, to }) => `${name}：${from} → ${to}`,
  'change.away': ({ what, away }) => `${what}，中断 ${away}`,
  'change.between': ({ leastMs, mostMs }) => `${age(leastMs, 1)}至 ${age(mostMs, 1)}`,
  'change.at-most': ({ mostMs }) => `最多 ${age(mostMs, 1)}`,
  'status.views-differ': ({ views }) => `各节点的说法不一致，共有 ${views} 种。`,
  'status.several-clusters': ({ clusters }) =>
    `这是 ${clusters.length} 个集群，而不是一个，彼此互不知晓：${clusters.join(' · ')}。`,
  'status.several-outputs': ({ outputs, explained }) =>
    `这段文本包含 ${outputs} 次输出，下面${explained === 1 ? '解释最后一次' : `分别解释最后 ${explained} 次`}。`,
  'status.split': ({ one, other }) =>
    `脑裂：${one} 和 ${other} 各自认为自己在线，而对方已经失联。在其中一方被隔离之前，双方可能运行相同的资源。`,
  'status.since': ({ output }) => `与前一次输出（${output}）相比：`,
  'status.since-before': '与前一次输出相比：',
  'status.nothing-changed': '两次都给出的内容没有变化',
  'status.typed-between': ({ commands }) => `其间执行的命令：${commands.join('；')}`,
  'status.unnamed-node': '某个没有写明的节点',
  'status.node-silent': ({ node, message }) => `无法查询 ${node}：${message}`,
  'status.cause': ({ cause }) => `可能的原因：${cause}`,
  'status.title-and-meaning': ({ title, means }) => `${title}。${means}`,
  'status.more-lines': ({ lines }) => `… 还有 ${lines} 行`,

  'summary.not-formed': '还没有集群。',
  'summary.unknown': '从这里看不到集群的状态。',
  'summary.trouble': ({ problems, warnings }) => `${problems} 个问题${warnings > 0 ? `，${warnings} 个警告` : ''}。`,
  'summary.risk': ({ warnings }) => `没有问题，${warnings} 个警告。`,
  'summary.incomplete': '这里没有异常迹象，但这并不是全部内容。',
  'summary.fine': '这里没有异常迹象。',
  'summary.cluster': ({ name }) => `集群 ${name}`,
  'summary.dc': ({ node }) => `DC ${node}`,
  'summary.no-dc': '没有 DC',
  'summary.quorum': '有法定票数',
  'summary.no-quorum': '没有法定票数',
  'summary.nodes': ({ online, known }) => `${known} 个节点中 ${online} 个在线`,
  'summary.resources': ({ running, shown }) => `${shown} 个资源实例中 ${running} 个在运行`,
  'summary.resources-listed': ({ running, shown, configured }) =>
    `列出的 ${shown} 个资源实例中 ${running} 个在运行，共配置 ${configured} 个`,
  'summary.facts': ({ facts }) => facts.join(' · '),
};
