import type { Language } from '../model/text.js';
import type { AuditOutcome } from './audit-tally.js';

/** How reports speak of audits. Counts come in as numbers, times as formatted text. */
export interface AuditPhrases {
  readonly audit: string;
  readonly audits: string;
  readonly excused: string;
  readonly note: string;
  readonly off: string;
  readonly notMade: string;
  readonly outcome: { readonly [O in AuditOutcome]: string };
  readonly count: (outcome: AuditOutcome, count: number) => string;
  readonly range: (least: number, most: number) => string;
  readonly allHeld: (held: string, steps: number) => string;
  readonly someHeld: (held: number, judged: number, steps: number) => string;
  readonly heldOfOne: (held: number, judged: number) => string;
  readonly needless: (excuses: number) => string;
  readonly notMadeAfter: (steps: number, why: string) => string;
  readonly share: (time: string, percent: string) => string;
  readonly waited: (time: string) => string;
  readonly idleAfter: (time: string) => string;
  readonly about: (audit: string, subjects: string) => string;
  readonly because: (subject: string, why: string) => string;
  readonly heldThough: (subject: string, why: string) => string;
  /** Between the counts, and before them. */
  readonly comma: string;
  readonly semicolon: string;
  readonly colon: string;
}

const EN: AuditPhrases = {
  audit: 'audit',
  audits: 'audits',
  excused: 'excused',
  note: 'note',
  off: 'were off',
  notMade: 'none made',
  outcome: { held: 'held', excused: 'excused', unknown: 'could not tell', broken: 'broken', skipped: 'skipped' },
  count: (outcome, count) => `${count} ${outcome}`,
  range: (least, most) => `${least} to ${most}`,
  allHeld: (held, steps) => `${held} held after ${steps === 1 ? '1 step' : `each of ${steps} steps`}`,
  someHeld: (held, judged, steps) => `${held} of ${judged} held after ${steps === 1 ? '1 step' : `${steps} steps`}`,
  heldOfOne: (held, judged) => (held === judged ? `${held} held` : `${held} of ${judged} held`),
  needless: (excuses) => `${excuses} excused but held`,
  notMadeAfter: (steps, why) => `none after ${steps === 1 ? '1 step' : `${steps} steps`}: ${why}`,
  share: (time, percent) => `${time}, ${percent} of the run`,
  waited: (time) => `${time} until the cluster was idle`,
  idleAfter: (time) => `idle after ${time}`,
  about: (audit, subjects) => `${audit} of ${subjects}`,
  because: (subject, why) => `${subject}, because ${why}`,
  heldThough: (subject, why) =>
    `${subject} was excused and held all the same: the excuse is stale, or the fault did not bite. Excused because ${why}`,
  comma: ', ',
  semicolon: '; ',
  colon: ': ',
};

const ZH_COUNT: { readonly [O in AuditOutcome]: string } = {
  held: '成立',
  excused: '已豁免',
  unknown: '无法判断',
  broken: '不成立',
  skipped: '已跳过',
};

const ZH: AuditPhrases = {
  audit: '审计',
  audits: '审计',
  excused: '已豁免',
  note: '注意',
  off: '已关闭',
  notMade: '未做',
  outcome: ZH_COUNT,
  count: (outcome, count) => `${count} 项${ZH_COUNT[outcome]}`,
  range: (least, most) => `${least} 到 ${most}`,
  allHeld: (held, steps) => `共 ${steps} 个步骤，每步之后 ${held} 项成立`,
  someHeld: (held, judged, steps) => `${steps} 个步骤之后 ${judged} 项中 ${held} 项成立`,
  heldOfOne: (held, judged) => (held === judged ? `${held} 项成立` : `${judged} 项中 ${held} 项成立`),
  needless: (excuses) => `${excuses} 项已豁免却成立`,
  notMadeAfter: (steps, why) => `${steps} 个步骤之后未做：${why}`,
  share: (time, percent) => `耗时 ${time}，占运行时间的 ${percent}`,
  waited: (time) => `另用 ${time} 等待集群空闲`,
  idleAfter: (time) => `${time} 后空闲`,
  about: (audit, subjects) => `${audit}（${subjects}）`,
  because: (subject, why) => `${subject}，因为${why}`,
  heldThough: (subject, why) => `${subject} 已声明豁免，却依然成立：声明已过时，或故障没有生效。豁免原因：${why}`,
  comma: '，',
  semicolon: '；',
  colon: '：',
};

export const AUDIT_PHRASES: { readonly [L in Language]: AuditPhrases } = { en: EN, zh: ZH };
