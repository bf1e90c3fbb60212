import type { Language } from '../model/text.js';
import { textIn } from '../model/text.js';
import type { AuditPhrases } from './audit-phrases.js';
import type { AuditOutcome, AuditTally, DeclaredExcuse } from './audit-tally.js';
import { formatDuration, oneLine } from './format.js';
import { phrasesIn } from './phrases.js';

/** `single-active of vip, because nothing fences` */
export function excuseSentence(audit: string, excuse: DeclaredExcuse, language: Language): string {
  const { audits } = phrasesIn(language);
  return audits.because(subjectOf(audit, excuse, audits), oneLine(textIn(excuse.because, language)));
}

/** A find: what was declared did not come true. */
export function needlessSentence(audit: string, excuse: DeclaredExcuse, language: Language): string {
  const { audits } = phrasesIn(language);
  return audits.heldThough(subjectOf(audit, excuse, audits), oneLine(textIn(excuse.because, language)));
}

function subjectOf(audit: string, { of }: DeclaredExcuse, words: AuditPhrases): string {
  return of === undefined ? audit : words.about(audit, of.map(oneLine).join(words.comma));
}

const WORTH_COUNTING = ['broken', 'unknown', 'excused', 'skipped'] as const;

/** `16 held after each of 14 steps; 3.10s, 4 % of the run; 21.4s until the cluster was idle` */
export function tallySentence(tally: AuditTally, runMs: number, language: Language): string {
  const words = phrasesIn(language).audits;
  if (!tally.on) return words.off;
  const { steps, reasons } = tally.notMade;
  return [
    tally.steps === 0 ? words.notMade : countsOf(tally, words),
    ...(tally.durationMs > 0 ? [shareOf(tally.durationMs, runMs, words)] : []),
    ...(tally.settlingMs >= 1_000 ? [words.waited(formatDuration(tally.settlingMs))] : []),
    ...(steps > 0 ? [words.notMadeAfter(steps, reasons.map(oneLine).join(words.semicolon))] : []),
  ].join(words.semicolon);
}

function countsOf({ outcomes, steps, heldLeast, heldMost, needlessExcuses }: AuditTally, words: AuditPhrases): string {
  const judged = outcomes.held + outcomes.broken + outcomes.unknown + outcomes.excused;
  const range = heldLeast === heldMost ? String(heldMost) : words.range(heldLeast, heldMost);
  const held = outcomes.held === judged ? words.allHeld(range, steps) : words.someHeld(outcomes.held, judged, steps);
  return withCounts(held, outcomes, needlessExcuses, words);
}

/** Of one step: `15 of 16 held: 1 broken` */
export function stepTallySentence({ outcomes, needlessExcuses }: AuditTally, language: Language): string {
  const words = phrasesIn(language).audits;
  const judged = outcomes.held + outcomes.broken + outcomes.unknown + outcomes.excused;
  return withCounts(words.heldOfOne(outcomes.held, judged), outcomes, needlessExcuses, words);
}

function withCounts(
  held: string,
  outcomes: { readonly [O in AuditOutcome]: number },
  needlessExcuses: number,
  words: AuditPhrases,
): string {
  const counts = WORTH_COUNTING.flatMap((outcome) =>
    outcomes[outcome] > 0 ? [words.count(outcome, outcomes[outcome])] : [],
  );
  if (needlessExcuses > 0) counts.push(words.needless(needlessExcuses));
  return counts.length === 0 ? held : `${held}${words.colon}${counts.join(words.comma)}`;
}

function shareOf(ms: number, runMs: number, words: AuditPhrases): string {
  if (runMs <= 0) return formatDuration(ms);
  const percent = Math.round((100 * ms) / runMs);
  return words.share(formatDuration(ms), percent < 1 ? '< 1 %' : `${percent} %`);
}
