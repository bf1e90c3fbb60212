import { Eta } from 'eta/core';
import { messageIn, speakerOf } from '../messages/message.js';
import { dataInLanguage } from '../messages/phrases.js';
import type { AuditResult } from '../model/audit.js';
import type { StepAudits, StepResult } from '../model/event.js';
import { placeOfFault } from '../model/fault-nodes.js';
import { isKnown, longestOf } from '../model/outage.js';
import { type Language, textIn } from '../model/text.js';
import type { Verdict } from '../model/verdict.js';
import {
  type AuditOutcome,
  auditOutcomeOf,
  auditTallyOf,
  expectedAndFound,
  expectedNotFoundOf,
  expectedSentence,
  findingsOf,
  notFoundSentence,
  stepTallySentence,
  tallySentence,
} from './audits.js';
import { labOf } from './closing.js';
import { formatDuration, VERDICT_MARKS } from './format.js';
import { renderBreakdown, renderTimeline } from './outage-pictures.js';
import { REPORT_PAGE } from './page-template.js';
import { answeredByText, breakdownNotes, floorClauses, outageText, phasesText, writesText } from './probe-text.js';
import type { CommandSummary } from './state.js';
import { holderMovesOf, type RunSummary, type ScenarioSummary } from './summary.js';

/** One self-contained page: no scripts, no external resources; everything that came from a lab is escaped by the template. */
export function renderHtml(summary: RunSummary, language: Language): string {
  const eta = new Eta({ autoEscape: true, autoTrim: false, useWith: false });
  return eta.renderString(REPORT_PAGE, pageOf(dataInLanguage(summary, language), language));
}

function pageOf(summary: RunSummary, language: Language) {
  const say = speakerOf(language);
  return {
    summary,
    language,
    say,
    marks: VERDICT_MARKS,
    duration: formatDuration,
    place: placeOfFault,
    link: evidenceLink,
    facts: factsOf(summary, language),
    scenarios: summary.scenarios.map((scenario) => scenarioOf(scenario, summary.commands, language)),
    moves: holderMovesOf(summary),
    longest:
      summary.longestOutage && outageText(summary.longestOutage.window, summary.longestOutage.probe.everyMs, language),
    outageFloor: outageFloorOf(summary, language),
    longestPhases: longestPhasesOf(summary, language),
    versions: versionsOf(summary),
    unhealed: summary.faults.filter((fault) => fault.state !== 'healed'),
  };
}

function factsOf({ info, ...summary }: RunSummary, language: Language): readonly (readonly [string, string])[] {
  const say = speakerOf(language);
  const facts: [string, string][] = [
    [say('report.run'), summary.run],
    [say('report.lab'), labOf(summary)],
    [say('report.backend'), summary.backend],
    [say('report.duration'), formatDuration(summary.durationMs)],
  ];
  if (info) {
    const image = info.imageHash ? `${info.image} (${info.imageHash.slice(0, 12)})` : info.image;
    facts.push(
      [say('report.image'), image],
      [say('report.kernel'), info.kernel],
      [say('report.started-at'), info.startedAt],
      [say('report.seed'), String(info.seed)],
      ['halab', info.halab],
    );
  }
  if (summary.slowness.some(({ factor }) => factor > 1))
    facts.push([say('report.slowness'), slownessText(summary, language)]);
  if (summary.audits) facts.push([say('audits.audits'), tallySentence(summary.audits, summary.durationMs, language)]);
  return facts;
}

/** `×32 from 1m 12s on, ×1 from 6m 2s on (before interface-down)`: the first measurement and each that changed something. */
function slownessText({ slowness }: Pick<RunSummary, 'slowness'>, language: Language): string {
  const told = slowness.filter(({ was }, index) => index === 0 || was !== undefined);
  return told
    .map(({ factor, atMs = 0, before }) =>
      messageIn(language, 'report.slowness-from', { factor, atMs, ...(before === undefined ? {} : { before }) }),
    )
    .join(messageIn(language, 'report.slowness-then'));
}

function scenarioOf(scenario: ScenarioSummary, commands: readonly CommandSummary[], language: Language) {
  return {
    ...scenario,
    heading: textIn(scenario.title, language),
    steps: scenario.steps.map((step) => stepOf(scenario, step, commands, language)),
  };
}

function stepOf(scenario: ScenarioSummary, step: StepResult, commands: readonly CommandSummary[], language: Language) {
  const say = scenario.says[step.step];
  return {
    ...step,
    heading: textIn(step.title, language),
    told: say ? textIn(say, language) : undefined,
    advice: step.hint && step.verdict !== 'passed' ? textIn(step.hint, language) : undefined,
    targetList: Object.entries(step.targets),
    commands: commands.filter((command) => command.scenario === scenario.scenario && command.step === step.step),
    audited: auditsViewOf(step, language),
    probed: probesViewOf(step, language),
  };
}

function outageFloorOf({ longestOutage }: RunSummary, language: Language): string | undefined {
  if (!longestOutage?.step.constants || !longestOutage.window.ended) return undefined;
  if (!isKnown(longestOutage.window, longestOutage.probe.everyMs)) return undefined;
  const clauses = floorClauses(longestOutage.window.durationMs, longestOutage.step.constants, language);
  return messageIn(language, 'audits.clauses', { clauses });
}

function longestPhasesOf({ longestOutage }: RunSummary, language: Language): string | undefined {
  const breakdown = longestOutage?.probe.breakdown;
  return breakdown && breakdown.phases.length > 1 ? phasesText(breakdown, language) : undefined;
}

/** A row for each package, a column for each node. */
function versionsOf({ info }: RunSummary) {
  const nodes = Object.keys(info?.packages ?? {});
  const packages = [...new Set(nodes.flatMap((node) => Object.keys(info?.packages[node] ?? {})))].sort();
  return {
    nodes,
    rows: packages.map((name) => ({ name, versions: nodes.map((node) => info?.packages[node]?.[name] ?? '–') })),
  };
}

/** Relative to the run folder whatever the name holds: neither a scheme nor a way up can come out of it. */
export function evidenceLink(file: string): string {
  const parts = file.split('/').filter((part) => part !== '' && part !== '.' && part !== '..');
  return `./${parts.map((part) => encodeURIComponent(part.replace(/\p{Surrogate}/gu, '\ufffd'))).join('/')}`;
}

/** What the page shows of each of a step's probes. */
function probesViewOf({ probes = [], constants }: StepResult, language: Language) {
  return probes.map((probe) => {
    const longest = longestOf(probe.windows);
    const { breakdown, writes } = probe;
    const sources =
      breakdown?.phases.flatMap(({ phase, node, source }) => (node ? [{ phase, node, source }] : [])) ?? [];
    return {
      id: probe.probe,
      about: `${probe.kind} ${probe.target}`,
      outage: longest && outageText(longest, probe.everyMs, language),
      timeline: renderTimeline(probe, constants, language),
      picture: breakdown ? renderBreakdown(breakdown, language) : '',
      notes: breakdown ? breakdownNotes(breakdown, language) : [],
      sources,
      writes: writes && writesText(writes, language),
      answeredBy: probe.answeredBy && answeredByText(probe, language),
    };
  });
}

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
function auditsViewOf(step: StepResult, language: Language) {
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
