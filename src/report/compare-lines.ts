import { type Speaker, speakerOf } from '../messages/message.js';
import { PHASES, type Phase } from '../model/scenario.js';
import type { Language } from '../model/text.js';
import type { ComparedStep, Comparison, Difference } from './compare.js';
import { displayWidth, formatDuration, oneLine, padEndDisplay, VERDICT_MARKS } from './format.js';

/** Pure. What two runs came to side by side, then what differs between them. */
export function comparisonLines(
  { before, after, steps, facts, packages }: Comparison,
  language: Language,
): readonly string[] {
  const say = speakerOf(language);
  const head = (run: Comparison['before']) =>
    `${VERDICT_MARKS[run.verdict]} ${say(`verdict.${run.verdict}`)}  ${run.run}`;
  const rows = steps.flatMap((step) => comparedRows(step, say)).map(([name, ...cells]) => [indented(name), ...cells]);
  return [
    `${say('report.before')}  ${head(before)}`,
    `${say('report.after')}  ${head(after)}`,
    '',
    ...table([['', say('report.before'), say('report.after'), ''], ...rows]),
    ...timelineLines(steps, language),
    ...differing(say('compare.facts'), facts),
    ...differing(say('report.versions'), packages),
    ...(facts.length + packages.length === 0 ? ['', say('compare.alike')] : []),
  ];
}

type Name = { readonly text: string; readonly depth: number };
type ComparedRow = readonly [name: Name, before: string, after: string, change: string];

/** A step of both runs: its length, then its outage, then the phases of that, as far as either has them. */
export function comparedRows({ scenario, step, before, after }: ComparedStep, say: Speaker): readonly ComparedRow[] {
  const cell = (once: typeof before) =>
    once === undefined ? '–' : `${VERDICT_MARKS[once.verdict]} ${formatDuration(once.durationMs)}`;
  const length = (text: string, depth: number, was: number | undefined, is: number | undefined): ComparedRow[] =>
    was === undefined && is === undefined ? [] : [[{ text, depth }, ms(was), ms(is), changeOf(was, is)]];
  return [
    [
      { text: `${scenario} / ${step}`, depth: 0 },
      ...([cell(before), cell(after), changeOf(before?.durationMs, after?.durationMs)] as const),
    ],
    ...length(say('outage.title'), 1, before?.outageMs, after?.outageMs),
    ...PHASES.flatMap((phase) => length(say(`phase.${phase}`), 2, before?.phases?.[phase], after?.phases?.[phase])),
  ];
}

function indented({ text, depth }: Name): string {
  return `${'  '.repeat(depth)}${text}`;
}

const SHADES: { readonly [P in Phase]: string } = {
  detect: '░',
  membership: '▒',
  fence: '▓',
  start: '█',
  answers: '▌',
};
const BAR_COLUMNS = 60;

/** The outages of both runs as bars on one scale, phase by phase. */
function timelineLines(steps: Comparison['steps'], language: Language): readonly string[] {
  const say = speakerOf(language);
  const broken = steps.filter(({ before, after }) => before?.phases !== undefined || after?.phases !== undefined);
  if (broken.length === 0) return [];
  const longestMs = Math.max(...broken.flatMap(({ before, after }) => [before?.outageMs ?? 0, after?.outageMs ?? 0]));
  const names = [say('report.before'), say('report.after')];
  const width = Math.max(...names.map(displayWidth));
  return [
    '',
    `${say('page.outage')}  ${PHASES.map((phase) => `${SHADES[phase]} ${say(`phase.${phase}`)}`).join('  ')}`,
    ...broken.flatMap(({ scenario, step, before, after }) => [
      `  ${scenario} / ${step}`,
      ...[before, after].map((once, index) =>
        `    ${padEndDisplay(names[index] ?? '', width)}  ${barOf(once, longestMs)}`.trimEnd(),
      ),
    ]),
  ];
}

function barOf(once: Comparison['steps'][number]['before'], longestMs: number): string {
  if (once?.phases === undefined) return '–';
  let endMs = 0;
  let bar = '';
  for (const phase of PHASES) {
    endMs += once.phases[phase] ?? 0;
    bar += SHADES[phase].repeat(Math.max(0, Math.round((BAR_COLUMNS * endMs) / longestMs) - bar.length));
  }
  return `${bar} ${ms(once.outageMs)}`;
}

function ms(value: number | undefined): string {
  return value === undefined ? '–' : formatDuration(value);
}

/** `+1.20s (+15 %)`; nothing where one is not known, or both are the same to the eye. */
function changeOf(before: number | undefined, after: number | undefined): string {
  if (before === undefined || after === undefined || formatDuration(before) === formatDuration(after)) return '';
  const sign = after > before ? '+' : '−';
  const share = before > 0 ? ` (${sign}${Math.round((100 * Math.abs(after - before)) / before)} %)` : '';
  return `${sign}${formatDuration(Math.abs(after - before))}${share}`;
}

function differing(title: string, differences: readonly Difference[]): readonly string[] {
  if (differences.length === 0) return [];
  return [
    '',
    title,
    ...table(differences.map(({ what, before = '–', after = '–' }) => [`  ${what}`, before, after].map(oneCell))),
  ];
}

/** Columns keep the blanks that a name begins with. */
function oneCell(text: string): string {
  return (/^ */.exec(text)?.[0] ?? '') + oneLine(text);
}

function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) =>
    row
      .map((cell, column) => padEndDisplay(cell, widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
