import type { StepResult } from '../model/event.js';
import { expectedSentence, notFoundSentence, tallySentence } from './audit-sentences.js';
import { expectedAndFound, expectedNotFoundOf, findingsOf } from './audit-tally.js';
import type { Page } from './closing-page.js';
import { detail, wrappedDetail, wrappedLabelled } from './closing-page.js';
import { VERDICT_MARKS } from './format.js';
import type { RunSummary } from './summary.js';

/** What a step's audits found and no declaration covers, a line each, and what was observed. */
export function findingLines(step: StepResult, page: Page): readonly string[] {
  const { paint, say } = page;
  const found = findingsOf(step);
  const evidence = found.length === 0 ? [] : (step.audits?.evidence ?? []);
  return [
    ...found.flatMap(({ audit, verdict, seen }) =>
      wrappedDetail(`${VERDICT_MARKS[verdict]} ${say('audits.audit')}`, `${audit}: ${seen}`, page, {
        label: (text) => paint.verdict(verdict, text),
      }),
    ),
    ...evidence.map((file) => detail(say('report.evidence'), file, page)),
  ];
}

/** What was violated as declared, and what was declared but held. */
export function expectedLines({ audits }: StepResult, page: Page): readonly string[] {
  const { language, paint, say } = page;
  const results = audits?.results ?? [];
  const dim = { label: paint.dim, text: paint.dim };
  return [
    ...results.flatMap((result) =>
      expectedAndFound(result).flatMap((violation) =>
        wrappedDetail(
          `~ ${say('audits.audit')}`,
          say('audits.as-expected', { what: expectedSentence(result.audit, violation, language) }),
          page,
          dim,
        ),
      ),
    ),
    ...results.flatMap((result) =>
      expectedNotFoundOf(result).flatMap((violation) =>
        wrappedDetail(say('audits.note'), notFoundSentence(result.audit, violation, language), page, {
          label: (text) => paint.verdict('unknown', text),
        }),
      ),
    ),
  ];
}

/** All audits of the run in one sentence. */
export function auditsOfRunLines({ audits, durationMs }: RunSummary, page: Page): readonly string[] {
  if (audits === undefined) return [];
  return wrappedLabelled(page.say('audits.audits'), tallySentence(audits, durationMs, page.language), page);
}
