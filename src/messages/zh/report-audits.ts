import type { REPORT_AUDITS as EN } from '../en/report-audits.js';
import type { Translation } from '../translation.js';
import { duration, list } from './grammar.js';

export const REPORT_AUDITS: Translation<typeof EN> = {
  'audits.audit': '审计',
  'audits.audits': '审计',
  'audits.note': '注意',
  'audits.as-expected': ({ what }) => `预期违反：${what}`,
  'audits.off': '已关闭',
  'audits.not-made': '未做',
  'audits.outcome.held': '成立',
  'audits.outcome.expected': '预期违反',
  'audits.outcome.unknown': '无法判断',
  'audits.outcome.broken': '不成立',
  'audits.outcome.skipped': '已跳过',
  'audits.count.broken': ({ count }) => `${count} 项不成立`,
  'audits.count.unknown': ({ count }) => `${count} 项无法判断`,
  'audits.count.expected': ({ count }) => `${count} 项预期违反`,
  'audits.count.skipped': ({ count }) => `${count} 项已跳过`,
  'audits.count.not-found': ({ count }) => `${count} 项预期但未发现`,
  'audits.all-held': ({ least, most, after }) =>
    `共 ${after} 个步骤，每步之后 ${least === most ? most : `${least} 到 ${most}`} 项成立`,
  'audits.some-held': ({ held, judged, after }) => `${after} 个步骤之后 ${judged} 项中 ${held} 项成立`,
  'audits.held-of-step': ({ held, judged }) => (held === judged ? `${held} 项成立` : `${judged} 项中 ${held} 项成立`),
  'audits.with-counts': ({ held, counts }) => `${held}：${counts.join('，')}`,
  'audits.not-made-after': ({ after, reasons }) => `${after} 个步骤之后未做：${reasons.join('；')}`,
  'audits.share': ({ ms, percent }) => `耗时 ${duration(ms)}，占运行时间的 ${percent}`,
  'audits.time': ({ ms }) => duration(ms),
  'audits.waited': ({ ms }) => `另用 ${duration(ms)} 等待集群空闲`,
  'audits.time-and-idle': ({ ms, idleAfterMs }) => `${duration(ms)}，${duration(idleAfterMs)} 后空闲`,
  'audits.clauses': ({ clauses }) => clauses.join('；'),
  'audits.about': ({ audit, subjects }) => `${audit}（${list(subjects)}）`,
  'audits.because': ({ subject, why }) => `${subject}，因为${why}`,
  'audits.expected-not-found': ({ subject, why }) =>
    `预期会违反 ${subject}，但它依然成立：声明已过时，或故障没有生效。预期的原因：${why}`,
};
