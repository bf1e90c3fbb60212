import type { StepResult } from '../model/event.js';
import { isKnown, longestOf } from '../model/outage.js';
import { type Language, textIn } from '../model/text.js';
import type { Verdict } from '../model/verdict.js';
import { expectedAndFound, expectedNotFoundOf, expectedSentence, findingsOf, notFoundSentence } from './audits.js';
import { casesOf, scenariosWithRun } from './cases.js';
import type { RunSummary, ScenarioSummary } from './summary.js';

/**
 * A scenario is a test suite, a step a test case; `failed` is a failure, `unknown` an error, `skipped` skipped. Only what the schema of
 * Jenkins's xUnit plugin has (junit-10.xsd): no properties in a case, no count of skipped cases over all suites.
 */
export function renderJunit(summary: RunSummary, language: Language): string {
  const scenarios = scenariosWithRun(summary);
  const verdicts = scenarios.flatMap(casesOf).map((step) => step.verdict);
  const attributes = `name="${escapeXml(summary.run)}" ${counts(verdicts)} time="${seconds(summary.durationMs)}"`;
  const suites = scenarios.map((scenario) => suite(scenario, language)).join('');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites ${attributes}>\n${suites}</testsuites>\n`;
}

function suite(scenario: ScenarioSummary, language: Language): string {
  const steps = casesOf(scenario);
  const verdicts = steps.map((step) => step.verdict);
  const skipped = verdicts.filter((verdict) => verdict === 'skipped').length;
  const head = `name="${escapeXml(scenario.scenario)}" ${counts(verdicts)} skipped="${skipped}" time="${seconds(scenario.durationMs)}"`;
  const cases = steps.map((step) => `    ${testCase(step, language)}\n`).join('');
  return `  <testsuite ${head}>\n${properties(steps)}${cases}  </testsuite>\n`;
}

function testCase(step: StepResult, language: Language): string {
  const head = `classname="${escapeXml(step.scenario)}" name="${escapeXml(`${step.step}: ${textIn(step.title, language)}`)}" time="${seconds(step.durationMs)}"`;
  return `<testcase ${head}>${outcome(step)}${systemOut(step, language)}</testcase>`;
}

/** What probes measured in each step, for dashboards that read nothing but this file: `cut.outage.vip.ms`. */
function properties(steps: readonly StepResult[]): string {
  const lines = steps.flatMap((step) =>
    measuredIn(step).map(([name, value]) => {
      const full = escapeXml(`${step.step}.outage.${name}`);
      return `      <property name="${full}" value="${Math.round(value)}"/>\n`;
    }),
  );
  return lines.length === 0 ? '' : `    <properties>\n${lines.join('')}    </properties>\n`;
}

/**
 * Lengths that are no number to stand by are left out: those with wide bounds, those of outages whose end was not seen, and all of a
 * step that was interrupted.
 */
function measuredIn({ probes = [], reason }: StepResult): readonly (readonly [string, number])[] {
  if (reason === 'interrupted') return [];
  return probes.flatMap(({ probe, windows, everyMs, breakdown, writes }) => {
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
    return [...outage, ...phases, ...written].map(([name, value]) => [`${probe}.${name}`, value] as const);
  });
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
  return `tests="${verdicts.length}" failures="${count('failed')}" errors="${count('unknown')}"`;
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
