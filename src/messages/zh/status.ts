import type { STATUS as EN } from '../en/status.js';
import type { Translation } from '../translation.js';
import { list } from './grammar.js';

export const STATUS: Translation<typeof EN> = {
  'status.no-lab': '本机上没有实验环境；用 halab up 创建一个',
  'status.residue': ({ name }) => `${name}：实验环境的残留；用 halab down --name ${name} 清除`,
  'status.fault-active': ({ at, fault, id }) => `故障自 ${at} 起生效：${fault}（${id}）；用 halab heal 恢复`,
  'status.according-to': ({ nodes }) => `${list(nodes)} 的说法：`,
  'status.views-differ': ({ views }) => `各节点的说法不一致，共有 ${views} 种。`,
  'status.node-silent': ({ node, message }) => `无法查询 ${node}：${message}`,
  'status.cause': ({ cause }) => `可能的原因：${cause}`,
  'status.title-and-meaning': ({ title, means }) => `${title}。${means}`,
  'status.more-lines': ({ lines }) => `… 还有 ${lines} 行`,
};
