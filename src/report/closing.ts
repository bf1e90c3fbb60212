import { dataInLanguage } from '../messages/phrases.js';
import type { ProbeResult, StepResult } from '../model/event.js';
import { placeOfFault } from '../model/fault-nodes.js';
import { isKnown } from '../model/outage.js';
import { type Language, textIn } from '../model/text.js';
import {
  expectedAndFound,
  expectedNotFoundOf,
  expectedSentence,
  findingsOf,
  notFoundSentence,
  tallySentence,
} from './audits.js';
import { detail, labelled, type Page, pageOf, row, wrappedDetail, wrappedLabelled } from './closing-page.js';
import { displayWidth, formatDuration, oneLine, padEndDisplay, truncateDisplay, VERDICT_MARKS } from './format.js';
import { breakdownNotes, floorClauses, outageText, phasesText, writesText } from './probe-text.js';
import {
  type HolderMove,
  holderMovesOf,
  type LongestOutage,
  type RunSummary,
  type ScenarioSummary,
} from './summary.js';

export interface ClosingOptions {
  /** The run's folder, as it is to be shown. */
  readonly folder: string;
  readonly language: Language;
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly width: number;
}

/** What people read when a run is over: the verdict, each step, what failed and why, the outage, and where the rest is. */
export function renderClosing(told: RunSummary, options: ClosingOptions): string {
  const summary = dataInLanguage(told, options.language);
  const page = pageOf(options);
  const blocks = [
    headLines(summary, page),
    summary.stages.filter((stage) => stage.error !== undefined).flatMap((stage) => failedStageLines(stage, page)),
    summary.scenarios.flatMap((scenario) => scenarioLines(scenario, page)),
    holderMovesOf(summary).flatMap((move) => moveLines(move, page)),
    summary.longestOutage ? outageLines(summary.longestOutage, page) : [],
    writesLines(summary, page),
    summary.warnings.map((warning) => labelled(page.say('report.warnings'), oneLine(warning), page)),
    summary.faults
      .filter((fault) => fault.state !== 'healed')
      .map(({ fault, state }) =>
        labelled(
          page.say('report.faults'),
          `${fault.kind} ${placeOfFault(fault)}: ${page.say(`fault-state.${state}`)}`,
          page,
        ),
      ),
    [...auditsOfRunLines(summary, page), labelled(page.say('report.folder'), options.folder, page)],
  ];
  const text = blocks.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
  return `\n${text.join('\n\n')}\n`;
}

function headLines(summary: RunSummary, page: Page): string[] {
  const { paint, say } = page;
  const where = [
    `${say('report.lab')} ${labOf(summary)}`,
    [summary.backend, summary.image].filter(Boolean).join(', '),
  ].filter(Boolean);
  const verdict = paint.bold(paint.verdict(summary.verdict, say(`verdict.${summary.verdict}`).toUpperCase()));
  const head = `  ${verdict}  ${[...where, formatDuration(summary.durationMs)].join(' · ')}`;
  return summary.reason === undefined || isToldByStage(summary.reason, summary)
    ? [head]
    : [head, `  ${truncateDisplay(oneLine(summary.reason), page.width - 2)}`];
}

/** A stage that failed stands right below, with the same reason in full. */
function isToldByStage(reason: string, { stages }: Pick<RunSummary, 'stages'>): boolean {
  return stages.some(({ error }) => error !== undefined && error === reason);
}

/** With the name of the instance, where it has one of its own. */
export function labOf({ lab, instance = lab }: Pick<RunSummary, 'lab' | 'instance'>): string {
  return instance === lab ? lab : `${lab} (${instance})`;
}

function failedStageLines(stage: RunSummary['stages'][number], page: Page): readonly string[] {
  return [
    row('failed', 1, stage.title, stage.durationMs, page),
    ...wrappedDetail(page.say('report.reason'), stage.error ?? '', page, { label: page.paint.dim }),
  ];
}

/** A set-up that went well is one line, unless it tells something new: the eye is wanted elsewhere. */
function scenarioLines(scenario: ScenarioSummary, page: Page): string[] {
  const suffix = scenario.asGiven ? ` (${page.say('report.setup')})` : '';
  const head = row(scenario.verdict, 1, `${textIn(scenario.title, page.language)}${suffix}`, scenario.durationMs, page);
  const isWell = scenario.asGiven && scenario.verdict === 'passed';
  if (isWell) return [head, ...scenario.steps.filter(hasExpectedNotFound).flatMap((step) => stepLines(step, page))];
  const reason =
    scenario.steps.length === 0 && scenario.reason ? [detail(page.say('report.reason'), scenario.reason, page)] : [];
  return [head, ...reason, ...scenario.steps.flatMap((step) => stepLines(step, page))];
}

function hasExpectedNotFound({ audits }: StepResult): boolean {
  return audits?.results.some((result) => expectedNotFoundOf(result).length > 0) ?? false;
}

/** Its verdict, and what did not hold or was expected not to. */
export function stepLines(step: StepResult, page: Page): readonly string[] {
  const head = row(step.verdict, 2, textIn(step.title, page.language), step.durationMs, page);
  const found = findingLines(step, page);
  if (step.verdict === 'passed') return [head, ...found, ...expectedLines(step, page)];
  const checks = step.checks.filter((check) => check.verdict !== 'passed');
  const { say } = page;
  return [
    head,
    ...checks.flatMap((check) => [
      detail(say('report.expected'), check.expected, page),
      detail(say('report.seen'), check.seen, page),
      ...check.evidence.map((file) => detail(say('report.evidence'), file, page)),
    ]),
    ...(step.reason !== undefined && checks.length === 0 && !isAFinding(step)
      ? [detail(say('report.reason'), step.reason, page)]
      : []),
    ...found,
    ...expectedLines(step, page),
    ...(step.hint && step.verdict !== 'skipped'
      ? [detail(say('report.hint'), textIn(step.hint, page.language), page)]
      : []),
  ];
}

/** The reason of a step that fails by its audits is one of their findings. */
function isAFinding(step: StepResult): boolean {
  return findingsOf(step).some(({ seen }) => step.reason?.includes(seen));
}

export function outageLines(
  outage: Pick<LongestOutage, 'probe' | 'window'> & { readonly step: Pick<StepResult, 'constants'> },
  page: Page,
): readonly string[] {
  const { probe, window, step } = outage;
  const { durationMs, ended } = window;
  const lost = probe.sent - probe.answered;
  const requests = page.say('outage.requests', { sent: probe.sent, lost, everyMs: probe.everyMs });
  const open = ended ? '' : `, ${page.say('outage.open')}`;
  const lines = [
    labelled(
      page.say('outage.title'),
      `${page.paint.bold(outageText(window, probe.everyMs, page.language))}${open} (${requests})`,
      page,
    ),
  ];
  if (step.constants && ended && isKnown(window, probe.everyMs)) {
    const clauses = floorClauses(durationMs, step.constants, page.language);
    lines.push(...clauses.map((clause) => labelled('', page.paint.dim(clause), page)));
  }
  return [...lines, ...breakdownLines(probe, page)];
}

function breakdownLines({ breakdown }: ProbeResult, page: Page): readonly string[] {
  if (breakdown === undefined || breakdown.phases.length < 2) return [];
  const notes = breakdownNotes(breakdown, page.language).map((note) => labelled('', page.paint.dim(note), page));
  return [labelled('', phasesText(breakdown, page.language), page), ...notes];
}

function writesLines({ scenarios }: RunSummary, page: Page): readonly string[] {
  const probes = scenarios.flatMap(({ steps }) => steps).flatMap(({ probes = [] }) => probes);
  return probes.flatMap(({ probe, writes }) =>
    writes ? [labelled(page.say('writes.title'), `${probe}: ${writesText(writes, page.language)}`, page)] : [],
  );
}

function moveLines(move: HolderMove, page: Page): string[] {
  const [before, after] = [page.say('report.before'), page.say('report.after')];
  const nameWidth = Math.max(9, ...move.nodes.map(displayWidth));
  const inner = Math.max(displayWidth(move.resource) + 2, 6);
  const cell = (text: string) => `[ ${padEndDisplay(text, inner)} ]`;
  const header = `  ${' '.repeat(nameWidth)} ${padEndDisplay(before, inner + 4)}      ${after}`;
  const rows = move.nodes.map((node) => {
    const left = cell(node === move.from ? `● ${move.resource}` : '');
    const right = cell(node === move.to ? `● ${move.resource}` : node === move.from ? '╳' : '');
    const arrow = node === move.to ? page.paint.verdict('passed', '──▶') : '   ';
    return `  ${padEndDisplay(node, nameWidth)} ${left} ${arrow}  ${right}`;
  });
  return [page.paint.dim(header), ...rows];
}

/** What a step's audits found and no declaration covers, a line each, and what was observed. */
function findingLines(step: StepResult, page: Page): readonly string[] {
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
function expectedLines({ audits }: StepResult, page: Page): readonly string[] {
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
function auditsOfRunLines({ audits, durationMs }: RunSummary, page: Page): readonly string[] {
  if (audits === undefined) return [];
  return wrappedLabelled(page.say('audits.audits'), tallySentence(audits, durationMs, page.language), page);
}
