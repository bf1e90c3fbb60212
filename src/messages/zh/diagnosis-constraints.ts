import type { Count, DIAGNOSIS_CONSTRAINTS as EN } from '../en/diagnosis-constraints.js';
import type { Translation } from '../translation.js';
import { list } from './grammar.js';

const times = (count: Count) => {
  if (count === undefined) return '过';
  if (count === 'INFINITY') return '（失败计数为 INFINITY）';
  return ` ${count} 次`;
};

export const DIAGNOSIS_CONSTRAINTS: Translation<typeof EN> = {
  'ban-left.title': ({ names, nodes }) => `${list(names)} 因之前的 move 或 ban 被禁止在 ${list(nodes)} 上运行`,
  'ban-left.means': ({ constraint }) => `约束 ${constraint} 在清除之前一直有效。其他节点都失去时，该资源将无处可去。`,
  'ban-left.pcs-resource-clear': '清除该约束',
  'ban.title': ({ names, promotedOnly, nodes }) =>
    `${list(names)} 不允许在 ${list(nodes)} 上${promotedOnly ? '成为 Promoted' : '运行'}`,
  'ban.means': ({ constraint }) => `由管理员设置的位置约束 ${constraint} 规定。`,
  'ban.pcs-constraint-location': '查看全部位置约束',
  'fail-count.title': ({ names, node, count, reached }) =>
    `${list(names)} 在 ${node} 上失败${times(count)}${reached ? '，不能再在那里运行' : ''}`,
  'fail-count.means.reached': ({ threshold }) =>
    `失败计数已达到 migration-threshold${threshold !== undefined ? `（${threshold}）` : ''}，在清除计数或超过 failure-timeout 之前，pacemaker 不会再让它在该节点上运行。`,
  'fail-count.means.below': ({ threshold }) =>
    `目前仍允许在那里运行${threshold !== undefined ? `；达到 ${threshold} 次后就不再允许` : ''}。`,
  'fail-count.pcs-resource-failcount': '看是哪个操作',
  'fail-count.pcs-resource-cleanup': '修好之后执行：清除计数',
  'ticket-revoked.title': ({ names }) => `本站点没有 ticket ${list(names)}`,
  'ticket-revoked.means': ({ lastGranted }) =>
    `依赖它的资源会按照约束（loss-policy）在这里被停止、降级或隔离。它可能由另一个站点持有${lastGranted === undefined ? '' : `；本站点上次持有是在 ${lastGranted}`}。`,
  'ticket-revoked.pcs-constraint-ticket': '看哪些资源依赖它',
  'ticket-revoked.booth-list': '看由哪个站点持有',
  'ticket-standby.title': ({ names }) => `ticket ${list(names)} 处于待机（standby）`,
  'ticket-standby.means': '本站点持有它，但正在有序地交出：依赖它的资源会先停止。',
  'ticket-standby.crm-ticket': '结束待机',
};
