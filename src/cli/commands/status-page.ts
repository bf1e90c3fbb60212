import type { Beside } from '../../diagnosis/beside.js';
import { changeText } from '../../diagnosis/change-text.js';
import { type Explained, explain } from '../../diagnosis/explain.js';
import type { DiagnosisItem, Severity } from '../../diagnosis/item.js';
import type { Change } from '../../diagnosis/looks.js';
import { type Placement, placementsOf } from '../../diagnosis/placements.js';
import { type Verdict as SummaryVerdict, summaryOf } from '../../diagnosis/summary.js';
import { clustersIn, type SilentNode, type View } from '../../diagnosis/views.js';
import { message, messageIn, speakerOf } from '../../messages/message.js';
import type { ClusterState, StatusReading } from '../../model/cluster-state.js';
import { faultText } from '../../model/fault-nodes.js';
import type { NodeReport } from '../../model/node-look.js';
import { type Language, textIn } from '../../model/text.js';
import type { Verdict } from '../../model/verdict.js';
import type { LabStatus } from '../../ports/backend.js';
import type { JournalEntry } from '../../ports/store.js';
import { createPaint, oneLine, type Paint, wrapDisplay } from '../../report/format.js';
import type { AnswerOf } from '../answers/index.js';

export interface PageOptions {
  readonly language: Language;
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  /** How long things have been so; left out where two pages are compared. */
  readonly ages?: false;
  /** Of a watch: what changed in each lab, the newest first, and how long ago that was seen. */
  readonly changes?: ReadonlyMap<string, readonly SeenChange[]>;
}

export interface SeenChange {
  readonly change: Change;
  readonly agoMs: number;
}

/** A lab as it is now: its nodes, the cluster as each of them sees it, and the faults that may be active. */
export interface LabView extends LabStatus {
  readonly faults: readonly JournalEntry[];
  /** ISO 8601: when the nodes were asked. */
  readonly at: string;
  readonly reports: readonly NodeReport[];
  readonly beside: Beside;
  /** What each running HA node reports of the cluster. */
  readonly cluster: readonly StatusReading[];
  /** The same put together: what the nodes agree on, once. */
  readonly views: readonly View[];
  readonly silent: readonly SilentNode[];
}

/** `vip moved a → b, away for 6.2s to 8.4s (seen 4s ago)`. */
function seenText({ change, agoMs }: SeenChange, { language, ages }: PageOptions): string {
  const what = changeText(change);
  return textIn(ages === false ? what : message('status.seen-ago', { what, ms: agoMs }), language);
}

/** Every lab, and the residue of labs that halab has no record of. Pure. */
export function labsLines(
  labs: readonly LabView[],
  remains: readonly string[],
  options: PageOptions,
): readonly string[] {
  const say = speakerOf(options.language);
  if (labs.length === 0 && remains.length === 0) return [say('status.no-lab')];
  return [...labs.flatMap((lab) => labLines(lab, options)), ...remains.map((name) => say('status.residue', { name }))];
}

function labLines(view: LabView, options: PageOptions): readonly string[] {
  const { instance, lab, backend, image, imageHash, state, nodes, faults } = view;
  return [
    `${instance}: ${state} (lab ${lab}, ${backend}, ${[image, imageHash].filter(Boolean).join(' ')})`,
    ...(options.changes?.get(instance) ?? []).flatMap((each) => underLab(`↻ ${seenText(each, options)}`, options)),
    ...nodes.map(nodeLine),
    ...faults.flatMap(({ fault, at, id }) =>
      underLab(messageIn(options.language, 'status.fault-active', { at, fault: faultText(fault), id }), options),
    ),
    ...clusterLines(view, options),
  ];
}

function underLab(text: string, { width }: PageOptions): readonly string[] {
  return wrapDisplay(text, Math.max(width, 60) - 2).map((line) => `  ${line}`);
}

function nodeLine({ node, state, owner }: LabView['nodes'][number]): string {
  const kept = owner ? [owner.kind, owner.unit ?? '', owner.pid ? `process ${owner.pid}` : ''].join(' ') : '';
  return `  ${node.padEnd(16)} ${state.padEnd(8)} ${kept.replace(/ +/g, ' ')}`.trimEnd();
}

function clusterLines({ views, silent, reports }: LabView, options: PageOptions): readonly string[] {
  const say = speakerOf(options.language);
  const inner = { ...options, width: options.width - 4 };
  const clusters = clustersIn(views);
  return [
    ...silent.flatMap(({ node, message }) =>
      underLab(say('status.node-silent', { node, message: oneLine(message) }), options),
    ),
    ...(clusters.length > 1
      ? underLab(say('status.several-clusters', { clusters: clusters.map((nodes) => nodes.join(', ')) }), options)
      : []),
    ...(views.length > Math.max(clusters.length, 1)
      ? [`  ${say('status.views-differ', { views: views.length })}`]
      : []),
    ...views.flatMap(({ reportedBy, state, items }) => [
      `  ${say('status.according-to', { nodes: reportedBy })}`,
      ...placementLines(placementsOf(state, reports), options),
      ...diagnosisLines(state, items, inner).map((line) => (line === '' ? '' : `    ${line}`)),
    ]),
  ];
}

/** Where what runs is: what a reader of a failover looks for first. */
function placementLines(placements: readonly Placement[], options: PageOptions): readonly string[] {
  const say = speakerOf(options.language);
  if (placements.length === 0) return [];
  const placement = placements.map(({ resource, nodes, since }) => {
    const isTold = since !== undefined && options.ages !== false;
    const told = isTold ? say('status.for', { ms: since.forMs, atLeast: since.atLeast }) : undefined;
    return say('status.on', { resource, nodes, since: told });
  });
  return underLab(say('status.placement', { placement }), options).map((line) => `  ${line}`);
}

/** As `halab status --json` prints it. */
export function labsJson(labs: readonly LabView[], remains: readonly string[], language: Language) {
  return {
    schema: 'halab.status/1',
    labs: labs.map(({ silent: _silent, beside: _beside, reports, views, ...lab }) => ({
      ...lab,
      views: views.map(({ reportedBy, state, items }) => ({
        reportedBy,
        ...diagnosisJson(state, items, language),
        placements: placementsOf(state, reports).map(({ resource, nodes, since }) => ({
          resource,
          nodes: [...nodes],
          ...since,
        })),
      })),
    })),
    remains,
  } satisfies AnswerOf<'status'>;
}

/** What a state means, for programs. */
export function diagnosisJson(state: ClusterState, items: readonly DiagnosisItem[], language: Language) {
  const { verdict, headline, facts } = summaryOf(state, items);
  return {
    verdict,
    headline: textIn(headline, language),
    facts: textIn(facts, language),
    items: items.map((each) => explain(each, language)),
  };
}

interface Page {
  readonly language: Language;
  readonly paint: Paint;
  readonly width: number;
  /** Explanations printed further up: no sentence comes twice. */
  readonly printed: Set<string>;
}

const MARKS: { readonly [S in Severity]: string } = { problem: '✖', warning: '!', note: '·', good: '✔' };
const COLOURS: { readonly [S in Severity]: Verdict } = {
  problem: 'failed',
  warning: 'unknown',
  note: 'skipped',
  good: 'passed',
};
const SEVERITY_OF_VERDICT: { readonly [V in SummaryVerdict]: Severity } = {
  unknown: 'problem',
  trouble: 'problem',
  risk: 'warning',
  incomplete: 'warning',
  fine: 'good',
};
const LONGEST = 200;
const MOST_LINES = 12;

/** What a state means, for people: one glance, then each thing, problems first. No line is wider than it can be helped. */
export function diagnosisLines(
  state: ClusterState,
  items: readonly DiagnosisItem[],
  { language, color, width }: PageOptions,
): readonly string[] {
  const page: Page = {
    language,
    paint: createPaint(color),
    width: Math.min(Math.max(width, 60), 110),
    printed: new Set(),
  };
  const explained = items.map((each) => explain(each, language));
  const pressing = explained.filter(isPressing);
  const others = explained.filter((each) => !isPressing(each));
  return [
    ...summaryLines(state, items, page),
    ...pressing.flatMap((each) =>
      each.causedBy === undefined ? ['', ...itemLines(each, page)] : underLines(each, page),
    ),
    ...(others.length > 0 ? [''] : []),
    ...others.flatMap((each) => briefLines(each, page)),
  ];
}

function isPressing({ severity }: Explained): boolean {
  return severity === 'problem' || severity === 'warning';
}

function summaryLines(state: ClusterState, items: readonly DiagnosisItem[], page: Page): readonly string[] {
  const { verdict, headline, facts } = summaryOf(state, items);
  const isNoTrouble = items.every((each) => each.severity === 'note');
  const severity = verdict === 'unknown' && isNoTrouble ? 'note' : SEVERITY_OF_VERDICT[verdict];
  const shown = oneLine(textIn(facts, page.language));
  return [
    `${mark(severity, page)} ${page.paint.bold(textIn(headline, page.language))}`,
    ...(shown === '' ? [] : indented(shown, 2, page)),
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

/** A consequence, under the cause that was told before it. */
function underLines(explained: Explained, page: Page): readonly string[] {
  const inner = { ...page, width: page.width - 4 };
  const [first = '', ...rest] = wrapDisplay(oneLine(explained.title), inner.width - 2);
  // What its cause gives to do is not given again for another reason.
  const next = explained.next.filter(
    ({ command }) => ![...page.printed].some((text) => text.startsWith(`${command} `)),
  );
  const lines = [...once(explained.means, inner), ...restLines({ ...explained, cause: undefined, next }, inner)];
  return [`    ⇒ ${page.paint.bold(first)}`, ...rest.map((line) => `      ${page.paint.bold(line)}`)].concat(
    lines.map((line) => `    ${line}`),
  );
}

/** Needs no action: title and meaning in one go. */
function briefLines(explained: Explained, page: Page): readonly string[] {
  const { severity, title, means } = explained;
  const text = isNew(means, page) ? messageIn(page.language, 'status.title-and-meaning', { title, means }) : title;
  const [first = '', ...rest] = wrapDisplay(oneLine(text), page.width - 2);
  return [
    `${mark(severity, page)} ${first}`,
    ...rest.map((line) => `  ${line}`),
    ...(severity === 'good' ? [] : restLines(explained, page)),
  ];
}

function restLines({ cause, lines = [], next }: Explained, page: Page): readonly string[] {
  return [
    ...once(cause === undefined ? '' : messageIn(page.language, 'status.cause', { cause }), page),
    ...quoted(lines, page),
    ...next.flatMap(({ command, why }) => stepLines(oneLine(command), oneLine(why), page)),
  ];
}

/** Lines of the input; JSON has all of them. */
function quoted(lines: readonly string[], page: Page): readonly string[] {
  const all = lines.flatMap((line) => line.split('\n'));
  const over = all.length - MOST_LINES;
  const shown = all.slice(0, MOST_LINES).flatMap((line) => wrapDisplay(cut(oneLine(line)), page.width - 6));
  return [...shown, ...(over > 0 ? [messageIn(page.language, 'status.more-lines', { lines: over })] : [])].map((line) =>
    page.paint.dim(`    | ${line}`),
  );
}

function once(text: string, page: Page): readonly string[] {
  return text !== '' && isNew(text, page) ? indented(oneLine(text), 4, page) : [];
}

function isNew(text: string, { printed }: Page): boolean {
  if (printed.has(text)) return false;
  printed.add(text);
  return true;
}

function stepLines(command: string, why: string, page: Page): readonly string[] {
  if (!isNew(`${command} ${why}`, page)) return [];
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
