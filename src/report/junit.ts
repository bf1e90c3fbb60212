import type { StepResult } from '../model/event.js';
import { isKnown, longestOf } from '../model/outage.js';
import { type Language, textIn } from '../model/text.js';
import type { Verdict } from '../model/verdict.js';
import { expectedAndFound, expectedNotFoundOf, expectedSentence, findingsOf, notFoundSentence } from './audits.js';
import type { RunSummary, ScenarioSummary } from './summary.js';

/** A scenario is a test suite, a step a test case; `failed` is a failure, `unknown` an error, `skipped` skipped. */
export function renderJunit(summary: RunSummary, language: Language): string {
  const scenarios = [...summary.scenarios, ...runItself(summary)];
  const verdicts = scenarios.flatMap(casesOf).map((step) => step.verdict);
  const attributes = `name="${escapeXml(summary.run)}" ${counts(verdicts)} time="${seconds(summary.durationMs)}"`;
  const suites = scenarios.map((scenario) => suite(scenario, language)).join('');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites ${attributes}>\n${suites}</testsuites>\n`;
}

/** A run that went wrong without a step to blame (the lab did not come up, a fault was not undone) still shows as one case. */
function runItself(summary: RunSummary): readonly ScenarioSummary[] {
  const { verdict, durationMs } = summary;
  const blamed = summary.scenarios.flatMap(casesOf).some((step) => step.verdict === verdict);
  if (verdict === 'passed' || verdict === 'skipped' || blamed) return [];
  const broken = summary.stages
    .filter((stage) => stage.error !== undefined)
    .map((stage) => `${stage.title}: ${stage.error}`);
  const reason = summary.reason ?? broken.join('; ');
  const title = { en: 'the run itself' };
  return [{ scenario: 'run', title, verdict, reason, durationMs, steps: [], asGiven: false, says: {} }];
}

/** A scenario without steps (skipped as a whole) is one case, so that it is seen. */
function casesOf(scenario: ScenarioSummary): readonly StepResult[] {
  if (scenario.steps.length > 0) return scenario.steps;
  return [{ ...scenario, step: scenario.scenario, checks: [], targets: {} }];
}

function suite(scenario: ScenarioSummary, language: Language): string {
  const steps = casesOf(scenario);
  const head = `name="${escapeXml(scenario.scenario)}" ${counts(steps.map((step) => step.verdict))} time="${seconds(scenario.durationMs)}"`;
  const cases = steps.map((step) => `    ${testCase(step, language)}\n`).join('');
  return `  <testsuite ${head}>\n${cases}  </testsuite>\n`;
}

function testCase(step: StepResult, language: Language): string {
  const head = `classname="${escapeXml(step.scenario)}" name="${escapeXml(`${step.step}: ${textIn(step.title, language)}`)}" time="${seconds(step.durationMs)}"`;
  return `<testcase ${head}>${properties(step)}${outcome(step)}${systemOut(step, language)}</testcase>`;
}

/**
 * What probes measured, for dashboards that read nothing but this file. Lengths that are no number to stand by are left out:
 * those with wide bounds, those of outages whose end was not seen, and all of a step that was interrupted.
 */
function properties({ probes = [], reason }: StepResult): string {
  if (reason === 'interrupted') return '';
  const all = probes.flatMap(({ probe, windows, everyMs, breakdown, writes }) => {
    const longest = longestOf(windows);
    const outage: [string, number][] = longest?.ended && isKnown(longest, everyMs) ? [['ms', longest.durationMs]] : [];
    const phases = (breakdown?.phases ?? []).map(({ phase, durationMs }): [string, number] => [
      `${phase}.ms`,
      durationMs,
    ]);
    const written: [string, number][] =
      writes && writes.problem === undefined
        ? [
            ['writes.acknowledged', writes.acknowledged],
            ['writes.lost', writes.lost.length],
            ['writes.doubled', writes.doubled.length],
          ]
        : [];
    return [...outage, ...phases, ...written].map(([name, value]) => ({ name: `outage.${probe}.${name}`, value }));
  });
  if (all.length === 0) return '';
  const each = all.map(({ name, value }) => `<property name="${escapeXml(name)}" value="${Math.round(value)}"/>`);
  return `<properties>${each.join('')}</properties>`;
}

const ELEMENTS = { failed: 'failure', unknown: 'error' } as const;

function outcome(step: StepResult): string {
  if (step.verdict === 'passed') return '';
  if (step.verdict === 'skipped') return `<skipped message="${escapeXml(step.reason ?? '')}"/>`;
  const element = ELEMENTS[step.verdict];
  const wrong = step.checks.filter((check) => check.verdict !== 'passed');
  const found = findingsOf(step);
  const message =
    step.reason ?? [...wrong.map(({ expected }) => expected), ...found.map(({ audit }) => `audit ${audit}`)].join('; ');
  const body = [
    ...wrong.map((check) => linesOf(check.verdict, check.expected, check.seen, check.evidence)),
    ...found.map(({ verdict, audit, seen }, index) => {
      const isLast = index === found.length - 1;
      return linesOf(verdict, `audit ${audit}`, seen, isLast ? (step.audits?.evidence ?? []) : []);
    }),
  ];
  return `<${element} message="${escapeXml(message)}">${escapeXml(body.join(''))}</${element}>`;
}

function linesOf(verdict: Verdict, expected: string, seen: string, evidence: readonly string[]): string {
  return `${verdict}: ${expected}\n  seen: ${seen}\n${evidence.map((file) => `  evidence: ${file}\n`).join('')}`;
}

/** An expected violation makes no case fail, but a reader of this file alone must know of it. */
function systemOut({ audits }: StepResult, language: Language): string {
  const lines = (audits?.results ?? []).flatMap((result) => [
    ...expectedAndFound(result).map(
      (violation) => `expected: ${expectedSentence(result.audit, violation, language)}\n`,
    ),
    ...expectedNotFoundOf(result).map((violation) => `note: ${notFoundSentence(result.audit, violation, language)}\n`),
  ]);
  return lines.length === 0 ? '' : `<system-out>${escapeXml(lines.join(''))}</system-out>`;
}

function counts(verdicts: readonly Verdict[]): string {
  const count = (verdict: Verdict) => verdicts.filter((candidate) => candidate === verdict).length;
  return `tests="${verdicts.length}" failures="${count('failed')}" errors="${count('unknown')}" skipped="${count('skipped')}"`;
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\n': '&#10;',
  '\r': '&#13;',
  '\t': '&#9;',
};

/** What is not a Char of XML 1.0 (section 2.2); line breaks and tabs are entities by then. */
const NOT_XML = /[^\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** For text and attributes alike; what XML does not allow becomes U+FFFD. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"'\n\r\t]/g, (character) => ENTITIES[character] ?? '').replace(NOT_XML, '\ufffd');
}
