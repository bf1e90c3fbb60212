import { speakerOf } from '../messages/message.js';
import { dataInLanguage } from '../messages/phrases.js';
import { isKnown } from '../model/outage.js';
import { type Language, textIn } from '../model/text.js';
import { findingsOf, tallySentence } from './audits.js';
import { labOf } from './closing.js';
import { formatDuration, oneLine, VERDICT_MARKS } from './format.js';
import { floorClauses, longestOutageOf, outageText, phasesText } from './probe-text.js';
import type { RunSummary } from './summary.js';

/** The run in Markdown, for a merge request or the summary of a job: the verdict, what did not hold, a line for each step. */
export function renderMarkdown(told: RunSummary, language: Language): string {
  const summary = dataInLanguage(told, language);
  const say = speakerOf(language);
  const { verdict, reason, longestOutage, info, durationMs, audits } = summary;
  const outage =
    longestOutage &&
    [
      `${say('outage.title')} ${outageText(longestOutage.window, longestOutage.probe.everyMs, language)}`,
      ...(longestOutage.window.ended ? [] : [say('outage.open')]),
    ].join(', ');
  const facts = [
    `${say('report.lab')} ${labOf(summary)}`,
    [summary.backend, summary.image].filter(Boolean).join(', '),
    formatDuration(durationMs),
    info && `halab ${info.halab}`,
    summary.run,
  ];
  const blocks = [
    `## ${[`${VERDICT_MARKS[verdict]} ${say(`verdict.${verdict}`)}`, outage].filter(Boolean).join(' · ')}`,
    escaped(facts.filter(Boolean).join(' · ')),
    reason === undefined ? '' : `> ${escaped(reason)}`,
    phasesBlock(summary, language),
    wrongBlock(summary, language),
    stepsTable(summary, language),
    audits === undefined ? '' : escaped(`${say('audits.audits')}: ${tallySentence(audits, durationMs, language)}`),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function phasesBlock({ longestOutage }: RunSummary, language: Language): string {
  if (longestOutage === undefined) return '';
  const { probe, window, step } = longestOutage;
  const isMeasured = step.constants !== undefined && window.ended && isKnown(window, probe.everyMs);
  const floor =
    isMeasured && step.constants ? floorClauses(window.durationMs, step.constants, language).join('; ') : undefined;
  const phases =
    probe.breakdown && probe.breakdown.phases.length > 1 ? phasesText(probe.breakdown, language) : undefined;
  return [phases, floor].flatMap((each) => (each === undefined ? [] : escaped(each))).join('  \n');
}

function wrongBlock({ scenarios }: RunSummary, language: Language): string {
  const say = speakerOf(language);
  const wrong = scenarios
    .flatMap(({ steps }) => steps)
    .filter(({ verdict }) => verdict === 'failed' || verdict === 'unknown');
  if (wrong.length === 0) return '';
  const lines = wrong.flatMap((step) => [
    `- **${escaped(`${step.scenario} / ${step.step}`)}** ${escaped(textIn(step.title, language))}${step.reason === undefined ? '' : `: ${escaped(step.reason)}`}`,
    ...step.checks
      .filter(({ verdict }) => verdict !== 'passed')
      .map(({ verdict, expected, seen }) => {
        const told = `${say('report.expected')}: ${expected}; ${say('report.seen')}: ${seen}`;
        return `  - ${VERDICT_MARKS[verdict]} ${escaped(told)}`;
      }),
    ...findingsOf(step).map(
      ({ audit, verdict, seen }) =>
        `  - ${VERDICT_MARKS[verdict]} ${escaped(`${say('audits.audit')} ${audit}: ${seen}`)}`,
    ),
  ]);
  return `### ${say('page.failed')}\n\n${lines.join('\n')}`;
}

function stepsTable({ scenarios }: RunSummary, language: Language): string {
  const say = speakerOf(language);
  const rows = scenarios.flatMap(({ steps, asGiven }) =>
    steps
      .filter(({ verdict }) => !asGiven || verdict !== 'passed')
      .map((step) => {
        const longest = longestOutageOf(step);
        const outage = longest === undefined ? '' : outageText(longest.window, longest.probe.everyMs, language);
        const cells = [`${step.scenario} / ${step.step}`, textIn(step.title, language)].map(escaped);
        return `| ${[VERDICT_MARKS[step.verdict], ...cells, formatDuration(step.durationMs), outage].join(' | ')} |`;
      }),
  );
  if (rows.length === 0) return '';
  return `| | ${say('page.step')} | | ${say('report.duration')} | ${say('outage.title')} |\n|---|---|---|---|---|\n${rows.join('\n')}`;
}

/** What a lab printed is text, and makes no markup. */
function escaped(text: string): string {
  return oneLine(text)
    .replace(/[\\`*_[\]|#~]/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;');
}
