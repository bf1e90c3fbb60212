import { type Explained, explain } from '../../diagnosis/explain.js';
import { type Verdict as GlanceVerdict, glanceOf } from '../../diagnosis/glance.js';
import type { Meaning, Severity } from '../../diagnosis/meaning.js';
import type { ClusterState } from '../../model/cluster-state.js';
import { type Language, textIn } from '../../model/text.js';
import type { Verdict } from '../../model/verdict.js';
import { oneLine, wrapDisplay } from '../../report/format.js';
import { createPaint, type Paint } from '../../report/paint.js';

export interface PageOptions {
  readonly language: Language;
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly width: number;
}

interface Page {
  readonly language: Language;
  readonly paint: Paint;
  readonly width: number;
  /** Explanations that stand further up: nobody reads a sentence twice. */
  readonly said: Set<string>;
}

const MARKS: { readonly [S in Severity]: string } = { problem: '✖', warning: '!', note: '·', good: '✔' };
const COLOURS: { readonly [S in Severity]: Verdict } = {
  problem: 'failed',
  warning: 'unknown',
  note: 'skipped',
  good: 'passed',
};
const AT_A_GLANCE: { readonly [V in GlanceVerdict]: Severity } = {
  unseen: 'problem',
  trouble: 'problem',
  risk: 'warning',
  'in-part': 'warning',
  fine: 'good',
};
const CAUSE: { readonly [L in Language]: string } = { en: 'Likely cause: ', zh: '可能的原因：' };
const STOP: { readonly [L in Language]: string } = { en: '. ', zh: '。' };
const LONGEST = 200;
const MOST_LINES = 12;
const MORE: { readonly [L in Language]: (lines: number) => string } = {
  en: (lines) => `… ${lines} more`,
  zh: (lines) => `… 还有 ${lines} 行`,
};

/** What a state means, for people: one glance, then each thing, problems first. No line is wider than it can be helped. */
export function meaningLines(
  state: ClusterState,
  items: readonly Meaning[],
  { language, color, width }: PageOptions,
): readonly string[] {
  const page: Page = {
    language,
    paint: createPaint(color),
    width: Math.min(Math.max(width, 60), 110),
    said: new Set(),
  };
  const explained = items.map((each) => explain(each, language));
  const pressing = explained.filter(isPressing);
  const others = explained.filter((each) => !isPressing(each));
  return [
    ...glanceLines(state, items, page),
    ...pressing.flatMap((each) => ['', ...itemLines(each, page)]),
    ...(others.length > 0 ? [''] : []),
    ...others.flatMap((each) => briefLines(each, page)),
  ];
}

function isPressing({ severity }: Explained): boolean {
  return severity === 'problem' || severity === 'warning';
}

function glanceLines(state: ClusterState, items: readonly Meaning[], page: Page): readonly string[] {
  const { verdict, headline, facts } = glanceOf(state, items);
  const severity = AT_A_GLANCE[verdict];
  const said = oneLine(textIn(facts, page.language));
  return [
    `${mark(severity, page)} ${page.paint.bold(textIn(headline, page.language))}`,
    ...(said === '' ? [] : indented(said, 2, page)),
  ];
}

/** A paragraph of its own. */
function itemLines(explained: Explained, page: Page): readonly string[] {
  const [first = '', ...rest] = wrapDisplay(oneLine(explained.title), page.width - 2);
  return [
    `${mark(explained.severity, page)} ${page.paint.bold(first)}`,
    ...rest.map((line) => `  ${page.paint.bold(line)}`),
    ...once(explained.means, page),
    ...restLines(explained, page),
  ];
}

/** What nobody has to act on: title and meaning in one go. */
function briefLines(explained: Explained, page: Page): readonly string[] {
  const { severity, title, means } = explained;
  const isNew = !page.said.has(means);
  page.said.add(means);
  const [first = '', ...rest] = wrapDisplay(
    oneLine(`${title}${isNew ? STOP[page.language] : ''}${isNew ? means : ''}`),
    page.width - 2,
  );
  return [
    `${mark(severity, page)} ${first}`,
    ...rest.map((line) => `  ${line}`),
    ...(severity === 'good' ? [] : restLines(explained, page)),
  ];
}

function restLines({ cause, lines = [], next }: Explained, page: Page): readonly string[] {
  return [
    ...once(cause === undefined ? '' : `${CAUSE[page.language]}${cause}`, page),
    ...quoted(lines, page),
    ...next.flatMap(({ command, why }) => stepLines(oneLine(command), oneLine(why), page)),
  ];
}

/** Lines of the input; JSON has all of them. */
function quoted(lines: readonly string[], page: Page): readonly string[] {
  const all = lines.flatMap((line) => line.split('\n'));
  const over = all.length - MOST_LINES;
  const shown = all.slice(0, MOST_LINES).flatMap((line) => wrapDisplay(cut(oneLine(line)), page.width - 6));
  return [...shown, ...(over > 0 ? [MORE[page.language](over)] : [])].map((line) => page.paint.dim(`    | ${line}`));
}

function once(text: string, page: Page): readonly string[] {
  if (text === '' || page.said.has(text)) return [];
  page.said.add(text);
  return indented(oneLine(text), 4, page);
}

function stepLines(command: string, why: string, page: Page): readonly string[] {
  if (page.said.has(`${command} ${why}`)) return [];
  page.said.add(`${command} ${why}`);
  const [first = '', ...rest] = wrapDisplay(`${command}  # ${why}`, page.width - 8);
  return [`    → ${first}`, ...rest.map((line) => `        ${line}`)];
}

function indented(text: string, columns: number, page: Page): readonly string[] {
  return wrapDisplay(text, page.width - columns).map((line) => `${' '.repeat(columns)}${line}`);
}

function mark(severity: Severity, page: Page): string {
  return page.paint.verdict(COLOURS[severity], MARKS[severity]);
}

function cut(line: string): string {
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}
