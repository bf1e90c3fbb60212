import { messageIn, type Speaker, speakerOf } from '../messages/message.js';
import type { Language } from '../model/text.js';
import { textIn } from '../model/text.js';
import type { AuditOutcome, AuditTally, DeclaredViolation } from './audit-tally.js';
import { oneLine } from './format.js';

/** `single-active of vip, because nothing fences` */
export function expectedSentence(audit: string, violation: DeclaredViolation, language: Language): string {
  return messageIn(language, 'audits.because', declared(audit, violation, language));
}

/** A find: what was declared did not come true. */
export function notFoundSentence(audit: string, violation: DeclaredViolation, language: Language): string {
  return messageIn(language, 'audits.expected-not-found', declared(audit, violation, language));
}

function declared(audit: string, { of, because }: DeclaredViolation, language: Language) {
  const subject = of === undefined ? audit : messageIn(language, 'audits.about', { audit, subjects: of.map(oneLine) });
  return { subject, why: oneLine(textIn(because, language)) };
}

const WORTH_COUNTING = ['broken', 'unknown', 'expected', 'skipped'] as const;

/** `16 held after each of 14 steps; 3.10s, 4 % of the run; 21.4s until the cluster was idle` */
export function tallySentence(tally: AuditTally, runMs: number, language: Language): string {
  const say = speakerOf(language);
  if (!tally.on) return say('audits.off');
  const { steps, reasons } = tally.notMade;
  const clauses = [
    tally.steps === 0 ? say('audits.not-made') : countsOf(tally, say),
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

type Outcomes = { readonly [O in AuditOutcome]: number };

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
