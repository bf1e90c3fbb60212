import type { Language } from '../model/text.js';
import type { Verdict } from '../model/verdict.js';
import type { AuditPhrases } from './audit-phrases.js';
import { AUDIT_PHRASES } from './audit-phrases.js';

/** The words reports are made of, apart from what labs and scenarios bring along. */
export interface Phrases {
  readonly verdict: { readonly [V in Verdict]: string };
  readonly run: string;
  readonly lab: string;
  readonly backend: string;
  readonly image: string;
  readonly duration: string;
  readonly startedAt: string;
  readonly kernel: string;
  readonly seed: string;
  readonly expected: string;
  readonly seen: string;
  readonly hint: string;
  readonly evidence: string;
  readonly reason: string;
  readonly stages: string;
  readonly scenarios: string;
  readonly setup: string;
  readonly faults: string;
  readonly warnings: string;
  readonly versions: string;
  readonly commands: string;
  readonly exitCode: string;
  readonly targets: string;
  readonly nodeWord: string;
  readonly packageWord: string;
  readonly outage: string;
  readonly outageTimeline: string;
  readonly answered: string;
  readonly answeredBy: string;
  readonly breakdown: string;
  readonly journals: string;
  readonly writes: string;
  readonly silent: string;
  readonly noAnswerYet: string;
  readonly reportFolder: string;
  readonly before: string;
  readonly after: string;
  readonly reportTitle: string;
  readonly unfinished: string;
  readonly faultState: {
    readonly journalled: string;
    readonly injected: string;
    readonly healed: string;
    readonly notHealed: string;
  };
  readonly audits: AuditPhrases;
}

const EN: Phrases = {
  verdict: { passed: 'passed', failed: 'failed', unknown: 'could not tell', skipped: 'skipped' },
  run: 'run',
  lab: 'lab',
  backend: 'backend',
  image: 'image',
  duration: 'duration',
  startedAt: 'started',
  kernel: 'kernel',
  seed: 'seed',
  expected: 'expected',
  seen: 'seen',
  hint: 'hint',
  evidence: 'evidence',
  reason: 'reason',
  stages: 'Stages',
  scenarios: 'Scenarios',
  setup: 'set-up',
  faults: 'Faults',
  warnings: 'Warnings',
  versions: 'Versions',
  commands: 'Commands',
  exitCode: 'exit code',
  targets: 'Targets',
  nodeWord: 'node',
  packageWord: 'package',
  outage: 'outage',
  outageTimeline: 'The outage as the client saw it',
  answered: 'answered',
  answeredBy: 'answered by',
  breakdown: 'What the outage consisted of, by the journals of the nodes',
  journals: 'lines of the journals',
  writes: 'writes',
  silent: 'no answer',
  noAnswerYet: 'no answer until the probe ended',
  reportFolder: 'report',
  before: 'before',
  after: 'after',
  reportTitle: 'Run report',
  unfinished: 'the run did not finish',
  faultState: {
    journalled: 'written down, not known to be in force',
    injected: 'in force, not undone',
    healed: 'undone',
    notHealed: 'could not be undone',
  },
  audits: AUDIT_PHRASES.en,
};

const ZH: Phrases = {
  verdict: { passed: '通过', failed: '失败', unknown: '无法判断', skipped: '已跳过' },
  run: '运行',
  lab: '实验环境',
  backend: '后端',
  image: '镜像',
  duration: '耗时',
  startedAt: '开始时间',
  kernel: '内核',
  seed: '随机种子',
  expected: '预期',
  seen: '实际',
  hint: '提示',
  evidence: '证据',
  reason: '原因',
  stages: '阶段',
  scenarios: '场景',
  setup: '准备',
  faults: '故障',
  warnings: '警告',
  versions: '版本',
  commands: '命令',
  exitCode: '退出码',
  targets: '目标',
  nodeWord: '节点',
  packageWord: '软件包',
  outage: '中断',
  outageTimeline: '客户端看到的中断',
  answered: '有应答',
  answeredBy: '应答者',
  breakdown: '中断由哪些阶段组成（依据各节点的日志）',
  journals: '日志原文',
  writes: '写入',
  silent: '无应答',
  noAnswerYet: '到探测结束仍无应答',
  reportFolder: '报告',
  before: '之前',
  after: '之后',
  reportTitle: '运行报告',
  unfinished: '运行未结束',
  faultState: {
    journalled: '已记录,不确定是否生效',
    injected: '仍然有效,未恢复',
    healed: '已恢复',
    notHealed: '未能恢复',
  },
  audits: AUDIT_PHRASES.zh,
};

const PHRASES: { readonly [L in Language]: Phrases } = { en: EN, zh: ZH };

export function phrasesIn(language: Language): Phrases {
  return PHRASES[language];
}

/** A measured outage in two sentences: the floor that no setting of the resource can lower, and what came on top of it. */
export function floorSentences(
  outageMs: number,
  floor: { readonly token: number; readonly consensus: number },
  language: Language,
  format: (ms: number) => string,
): readonly [string, string] {
  const sumMs = floor.token + floor.consensus;
  const sum = `token ${format(floor.token)} + consensus ${format(floor.consensus)} = ${format(sumMs)}`;
  const rest = format(outageMs - sumMs);
  if (language === 'zh') {
    const above = outageMs < sumMs ? '本次中断比它短' : `其余 ${rest} 用于在别处启动并恢复应答`;
    return [`下限 ${sum}:corosync 确认沉默的节点已离开`, above];
  }
  const above =
    outageMs < sumMs
      ? 'this outage was shorter than that'
      : `${rest} on top: stopped, started elsewhere, answering again`;
  return [`floor: ${sum} until corosync declares a silent node gone`, above];
}
