import type { DIAGNOSIS_SUMMARY as EN } from '../en/diagnosis-summary.js';
import type { Translation } from '../translation.js';

export const DIAGNOSIS_SUMMARY: Translation<typeof EN> = {
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
