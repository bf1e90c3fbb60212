import { areOf, both, listed } from '../bilingual.js';
import { oneOf, step, type WordTable } from './words-of.js';

type ConstraintCode = 'ban-left' | 'ban' | 'fail-count' | 'ticket-revoked' | 'ticket-standby';

export const CONSTRAINT_WORDS: WordTable<ConstraintCode> = {
  'ban-left': ({ subject: { names }, payload: { nodes, constraint } }) => ({
    title: both(
      `${listed(names).en} ${areOf(names)} banned from ${listed(nodes).en} by an earlier move or ban`,
      `${listed(names).zh} 因之前的 move 或 ban 被禁止在 ${listed(nodes).zh} 上运行`,
    ),
    means: both(
      `The constraint ${constraint} stays until it is cleared. When the other nodes are lost, the resource has nowhere to go.`,
      `约束 ${constraint} 在清除之前一直有效。其他节点都失去时，该资源将无处可去。`,
    ),
    next: [step(`pcs resource clear ${oneOf(names, 'RESOURCE')}`, 'takes it away', '清除该约束')],
  }),
  ban: ({ subject: { names }, payload: { nodes, constraint, promotedOnly } }) => ({
    title: both(
      `${listed(names).en} may not ${promotedOnly ? 'be promoted' : 'run'} on ${listed(nodes).en}`,
      `${listed(names).zh} 不允许在 ${listed(nodes).zh} 上${promotedOnly ? '成为 Promoted' : '运行'}`,
    ),
    means: both(
      `By the location constraint ${constraint}, which somebody made on purpose.`,
      `由位置约束 ${constraint} 规定，是有人有意设置的。`,
    ),
    next: [step('pcs constraint location', 'all of them', '查看全部位置约束')],
  }),
  'fail-count': ({ subject: { names }, payload: { node, count, threshold, reached } }) => ({
    title: both(
      `${listed(names).en} has failed on ${node}${timesEn(count)}${reached ? ' and may not run there any more' : ''}`,
      `${listed(names).zh} 在 ${node} 上失败${timesZh(count)}${reached ? '，不能再在那里运行' : ''}`,
    ),
    means: reached
      ? both(
          `The fail count has reached migration-threshold${threshold === undefined || threshold >= 1_000_000 ? '' : ` (${threshold})`}, so pacemaker keeps the resource off that node until the count is cleared or failure-timeout is over.`,
          `失败计数已达到 migration-threshold${threshold === undefined || threshold >= 1_000_000 ? '' : `（${threshold}）`}，在清除计数或超过 failure-timeout 之前，pacemaker 不会再让它在该节点上运行。`,
        )
      : both(
          `It is still allowed there${threshold === undefined || threshold >= 1_000_000 ? '' : `; at ${threshold} it is not any more`}.`,
          `目前仍允许在那里运行${threshold === undefined || threshold >= 1_000_000 ? '' : `；达到 ${threshold} 次后就不再允许`}。`,
        ),
    next: [
      step(`pcs resource failcount show ${oneOf(names, 'RESOURCE')}`, 'which operation it was', '看是哪个操作'),
      step(
        `pcs resource cleanup ${oneOf(names, 'RESOURCE')}`,
        'after mending: clears the count',
        '修好之后执行：清除计数',
      ),
    ],
  }),
  'ticket-revoked': ({ subject: { names }, payload: { lastGranted } }) => ({
    title: both(`The ticket ${listed(names).en} is not granted here`, `本站点没有 ticket ${listed(names).zh}`),
    means: both(
      `Resources that depend on it are stopped, demoted or fenced here, as the constraint says (loss-policy). Another site may hold it${lastGranted === undefined ? '' : `; this one had it last at ${lastGranted}`}.`,
      `依赖它的资源会按照约束（loss-policy）在这里被停止、降级或隔离。它可能由另一个站点持有${lastGranted === undefined ? '' : `；本站点上次持有是在 ${lastGranted}`}。`,
    ),
    next: [
      step('pcs constraint ticket', 'which resources depend on it', '看哪些资源依赖它'),
      step('booth list', 'which site holds it', '看由哪个站点持有'),
    ],
  }),
  'ticket-standby': ({ subject: { names } }) => ({
    title: both(`The ticket ${listed(names).en} is in standby`, `ticket ${listed(names).zh} 处于待机（standby）`),
    means: both(
      'The site holds it and gives it up in an orderly way: what depends on it is stopped first.',
      '本站点持有它，但正在有序地交出：依赖它的资源会先停止。',
    ),
    next: [step(`crm_ticket --ticket ${oneOf(names, 'TICKET')} --activate`, 'ends that', '结束待机')],
  }),
};

function timesEn(count: number | undefined): string {
  if (count === undefined) return '';
  if (count >= 1_000_000) return ' (fail count INFINITY)';
  return count === 1 ? ' once' : ` ${count} times`;
}

function timesZh(count: number | undefined): string {
  if (count === undefined) return '过';
  return count >= 1_000_000 ? '（失败计数为 INFINITY）' : ` ${count} 次`;
}
