import { messageIn, type Speaker, speakerOf } from '../messages/message.js';
import type { AuditResult, Finding } from '../model/audit.js';
import type { ScenarioResult, StepResult } from '../model/event.js';
import { type Language, textIn } from '../model/text.js';
import { oneLine } from './format.js';

/** The outcome of an audit; `expected` is broken as its step had declared, and in no other way. */
type AuditOutcome = 'held' | 'expected' | 'unknown' | 'broken' | 'skipped';

type Outcomes = { readonly [O in AuditOutcome]: number };

type DeclaredViolation = AuditResult['expected'][number];

export interface AuditTally {
  /** False with `--no-audits`. */
  readonly on: boolean;
  /** After how many steps audits were made. */
  readonly steps: number;
  readonly outcomes: Outcomes;
  /** Of one step: the fewest and the most that held. */
  readonly heldLeast: number;
  readonly heldMost: number;
  /** Violations that were expected and not found. */
  readonly expectedNotFound: number;
  /** After how many steps none was made, and why. */
  readonly notMade: { readonly steps: number; readonly reasons: readonly string[] };
  /** Looking and judging. */
  readonly durationMs: number;
  /** Waiting until the cluster was idle, which later steps need not do again. */
  readonly settlingMs: number;
}

export function auditOutcomeOf(result: AuditResult): AuditOutcome {
  if (result.verdict === 'failed') return 'broken';
  if (result.verdict !== 'passed') return result.verdict;
  return expectedAndFound(result).length > 0 ? 'expected' : 'held';
}

export function expectedAndFound({ expected }: AuditResult): readonly DeclaredViolation[] {
  return expected.filter(({ findings }) => findings.length > 0);
}

/** Where the verdict is inconclusive, a violation without a finding means nothing. */
export function expectedNotFoundOf({ verdict, expected }: AuditResult): readonly DeclaredViolation[] {
  return verdict === 'passed' || verdict === 'failed' ? expected.filter(({ findings }) => findings.length === 0) : [];
}

/** A step's findings that no expected violation covers, each with the audit that found it. */
export function findingsOf({ audits }: StepResult): readonly (Pick<Finding, 'verdict' | 'seen' | 'operation'> & {
  readonly audit: string;
})[] {
  return (audits?.results ?? []).flatMap(({ audit, verdict, seen, findings }) => {
    if (verdict !== 'failed' && verdict !== 'unknown') return [];
    return findings.length > 0 ? findings.map((finding) => ({ ...finding, audit })) : [{ audit, verdict, seen }];
  });
}

/** Undefined where nothing is known of audits, as in runs from before there were any. */
export function auditTallyOf(
  scenarios: readonly Pick<ScenarioResult, 'steps'>[],
  on: boolean | undefined,
): AuditTally | undefined {
  const audits = scenarios.flatMap(({ steps }) => steps.flatMap((step) => step.audits ?? []));
  if (on === undefined && audits.length === 0) return undefined;
  const made = audits.filter(({ skipped }) => skipped === undefined);
  const reasons = audits.flatMap(({ skipped }) => skipped ?? []);
  const results = made.flatMap((each) => each.results);
  const outcomes = results.map(auditOutcomeOf);
  const count = (outcome: AuditOutcome) => outcomes.filter((each) => each === outcome).length;
  const heldOfEach = made.map((each) => each.results.filter((result) => auditOutcomeOf(result) === 'held').length);
  return {
    on: on ?? true,
    steps: made.length,
    outcomes: {
      held: count('held'),
      expected: count('expected'),
      unknown: count('unknown'),
      broken: count('broken'),
      skipped: count('skipped'),
    },
    heldLeast: made.length === 0 ? 0 : Math.min(...heldOfEach),
    heldMost: Math.max(0, ...heldOfEach),
    expectedNotFound: results.flatMap(expectedNotFoundOf).length,
    notMade: { steps: reasons.length, reasons: [...new Set(reasons)] },
    durationMs: audits.reduce((sum, each) => sum + each.durationMs - each.settledAfterMs, 0),
    settlingMs: audits.reduce((sum, each) => sum + each.settledAfterMs, 0),
  };
}

/** `single-active of vip, because nothing fences` */
export function expectedSentence(audit: string, violation: DeclaredViolation, language: Language): string {
  return messageIn(language, 'audits.because', declared(audit, violation, language));
}

/** A find: what was declared did not come true. */
export function notFoundSentence(audit: string, violation: DeclaredViolation, language: Language): string {
  return messageIn(language, 'audits.expected-not-found', declared(audit, violation, language));
}

function coveredText(
  audit: string,
  { of, operation, on }: Pick<DeclaredViolation, 'of' | 'operation' | 'on'>,
  language: Language,
): string {
  const subjects = of?.map(oneLine);
  if (subjects === undefined) return audit;
  if (operation === undefined) return messageIn(language, 'audits.about', { audit, subjects });
  return messageIn(language, 'audits.about-operation', { audit, operation, subjects, on });
}

function declared(audit: string, { because, ...covered }: DeclaredViolation, language: Language) {
  const subject = coveredText(audit, covered, language);
  return { subject, why: oneLine(textIn(because, language)) };
}

const WORTH_COUNTING = ['broken', 'unknown', 'expected', 'skipped'] as const;

/** `16 held after each of 14 steps; 3.10s, 4 % of the run; 21.4s until the cluster was idle` */
export function tallySentence(tally: AuditTally, runMs: number, language: Language): string {
  const say = speakerOf(language);
  if (!tally.on) return say('audits.off');
  const { steps, reasons } = tally.notMade;
  const clauses = [
    ...(tally.steps > 0 ? [countsOf(tally, say)] : steps > 0 ? [] : [say('audits.not-made')]),
    ...(tally.durationMs > 0 ? [shareOf(tally.durationMs, runMs, say)] : []),
    ...(tally.settlingMs >= 1_000 ? [say('audits.waited', { ms: tally.settlingMs })] : []),
    ...(steps > 0 ? [say('audits.not-made-after', { after: steps, reasons: reasons.map(oneLine) })] : []),
  ];
  return say('audits.clauses', { clauses });
}

function countsOf({ outcomes, steps, heldLeast, heldMost, expectedNotFound }: AuditTally, say: Speaker): string {
  const { held } = outcomes;
  const judged = judgedOf(outcomes);
  const sentence =
    held === judged
      ? say('audits.all-held', { least: heldLeast, most: heldMost, after: steps })
      : say('audits.some-held', { held, judged, after: steps });
  return withCounts(sentence, outcomes, expectedNotFound, say);
}

/** Of one step: `15 of 16 held: 1 violated` */
export function stepTallySentence({ outcomes, expectedNotFound }: AuditTally, language: Language): string {
  const say = speakerOf(language);
  const held = say('audits.held-of-step', { held: outcomes.held, judged: judgedOf(outcomes) });
  return withCounts(held, outcomes, expectedNotFound, say);
}

function judgedOf({ held, broken, unknown, expected }: Outcomes): number {
  return held + broken + unknown + expected;
}

function withCounts(held: string, outcomes: Outcomes, expectedNotFound: number, say: Speaker): string {
  const counts = WORTH_COUNTING.flatMap((outcome) =>
    outcomes[outcome] > 0 ? [say(`audits.count.${outcome}`, { count: outcomes[outcome] })] : [],
  );
  if (expectedNotFound > 0) counts.push(say('audits.count.not-found', { count: expectedNotFound }));
  return counts.length === 0 ? held : say('audits.with-counts', { held, counts });
}

function shareOf(ms: number, runMs: number, say: Speaker): string {
  if (runMs <= 0) return say('audits.time', { ms });
  const percent = Math.round((100 * ms) / runMs);
  return say('audits.share', { ms, percent: percent < 1 ? '< 1 %' : `${percent} %` });
}
