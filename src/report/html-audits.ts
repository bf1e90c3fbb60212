import { messageIn } from '../messages/message.js';
import type { AuditResult } from '../model/audit.js';
import type { StepAudits, StepResult } from '../model/event.js';
import type { Language } from '../model/text.js';
import type { Verdict } from '../model/verdict.js';
import { expectedSentence, notFoundSentence, stepTallySentence } from './audit-sentences.js';
import type { AuditOutcome } from './audit-tally.js';
import { auditOutcomeOf, auditTallyOf, expectedAndFound, expectedNotFoundOf, findingsOf } from './audit-tally.js';
import { VERDICT_MARKS } from './format.js';

const MARKS: { readonly [O in AuditOutcome]: string } = {
  held: VERDICT_MARKS.passed,
  broken: VERDICT_MARKS.failed,
  unknown: VERDICT_MARKS.unknown,
  skipped: VERDICT_MARKS.skipped,
  expected: '~',
};

/** The verdict by which the style sheet colours it. */
const COLOURS: { readonly [O in AuditOutcome]: Verdict } = {
  held: 'passed',
  broken: 'failed',
  unknown: 'unknown',
  skipped: 'skipped',
  expected: 'skipped',
};

/** A step's audits as the page shows them: all in a row of marks, what was found in full. */
export function auditsViewOf(step: StepResult, language: Language) {
  const { audits } = step;
  if (audits === undefined) return undefined;
  const found = findingsOf(step).map(({ audit, verdict, seen }) =>
    rowOf(audit, outcomeOfFinding(verdict), seen, language),
  );
  return {
    skipped: audits.skipped,
    line: audits.skipped === undefined ? lineOf(step, audits, language) : '',
    all: audits.results.map((result) => rowOf(result.audit, auditOutcomeOf(result), result.seen, language)),
    found: [...found, ...audits.results.flatMap((result) => expectedRows(result, language))],
    notes: audits.results.flatMap((result) =>
      expectedNotFoundOf(result).map((violation) => notFoundSentence(result.audit, violation, language)),
    ),
    evidence: audits.evidence,
  };
}

function rowOf(audit: string, outcome: AuditOutcome, seen: string, language: Language, why = '') {
  const word = messageIn(language, `audits.outcome.${outcome}`);
  return { audit, mark: MARKS[outcome], colour: COLOURS[outcome], word, seen, why };
}

function outcomeOfFinding(verdict: 'failed' | 'unknown'): AuditOutcome {
  return verdict === 'failed' ? 'broken' : 'unknown';
}

function expectedRows(result: AuditResult, language: Language) {
  return expectedAndFound(result).flatMap((violation) =>
    violation.findings.map(({ seen }) =>
      rowOf(
        result.audit,
        'expected',
        seen,
        language,
        messageIn(language, 'audits.as-expected', { what: expectedSentence(result.audit, violation, language) }),
      ),
    ),
  );
}

/** `15 of 16 held: 1 broken; 1.20s, idle after 800ms` */
function lineOf(step: StepResult, { durationMs, settledAfterMs }: StepAudits, language: Language): string {
  const tally = auditTallyOf([{ steps: [step] }], true);
  const time = messageIn(language, 'audits.time-and-idle', { ms: durationMs, idleAfterMs: settledAfterMs });
  return tally === undefined
    ? time
    : messageIn(language, 'audits.clauses', { clauses: [stepTallySentence(tally, language), time] });
}
