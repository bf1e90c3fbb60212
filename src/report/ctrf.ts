import type { StampedEvent, StepResult } from '../model/event.js';
import { longestOf } from '../model/outage.js';
import { type Language, textIn } from '../model/text.js';
import type { Verdict } from '../model/verdict.js';
import { findingsOf } from './audits.js';
import { casesOf, scenariosWithRun } from './cases.js';
import type { RunSummary } from './summary.js';

/** `inconclusive` has no word of its own there. */
const STATUS: { readonly [V in Verdict]: string } = {
  passed: 'passed',
  failed: 'failed',
  unknown: 'other',
  skipped: 'skipped',
};

/** Common Test Report Format (ctrf.io), version 0.0.0: a step is a test, a scenario its suite; `rawStatus` is the verdict. */
export function renderCtrf(summary: RunSummary, events: readonly StampedEvent[], language: Language): string {
  const { info, lab, backend, instance } = summary;
  const steps = scenariosWithRun(summary).flatMap(casesOf);
  const count = (verdict: Verdict) => steps.filter((step) => step.verdict === verdict).length;
  const [start, stop] = [events.at(0), events.at(-1)].map((event) => (event === undefined ? 0 : Date.parse(event.at)));
  const report = {
    reportFormat: 'CTRF',
    specVersion: '0.0.0',
    generatedBy: 'halab',
    results: {
      tool: { name: 'halab', version: info?.halab },
      summary: {
        tests: steps.length,
        ...{ passed: count('passed'), failed: count('failed'), skipped: count('skipped') },
        ...{ pending: 0, other: count('unknown'), suites: summary.scenarios.length },
        ...{ start, stop, duration: Math.round(summary.durationMs) },
        extra: { verdict: summary.verdict, reason: summary.reason, run: summary.run },
      },
      tests: steps.map((step) => testOf(step, language)),
      environment: {
        testEnvironment: `${instance ?? lab} (${lab}, ${backend})`,
        osRelease: info?.image,
        extra: { imageHash: info?.imageHash, kernel: info?.kernel, seed: info?.seed, packages: info?.packages },
      },
    },
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}

function testOf(step: StepResult, language: Language) {
  const wrong = step.checks.filter(({ verdict }) => verdict !== 'passed');
  const lines = [
    ...wrong.map(({ verdict, expected, seen }) => `${verdict}: ${expected}\n  seen: ${seen}`),
    ...findingsOf(step).map(({ verdict, audit, seen }) => `${verdict}: audit ${audit}\n  seen: ${seen}`),
  ];
  const evidence = [...step.checks.flatMap((check) => check.evidence), ...(step.audits?.evidence ?? [])];
  return {
    name: `${step.step}: ${textIn(step.title, language)}`,
    status: STATUS[step.verdict],
    rawStatus: step.verdict,
    duration: Math.round(step.durationMs),
    suite: [step.scenario],
    message: step.reason,
    trace: lines.length === 0 ? undefined : lines.join('\n'),
    attachments: evidence.map((path) => ({ name: path, contentType: contentTypeOf(path), path })),
    extra: step.probes && { outages: step.probes.map(outageOf) },
  };
}

function contentTypeOf(path: string): string {
  return path.endsWith('.json') ? 'application/json' : 'text/plain';
}

function outageOf({ probe, windows, breakdown }: NonNullable<StepResult['probes']>[number]) {
  const longest = longestOf(windows);
  return { probe, longest, phases: breakdown?.phases.map(({ phase, durationMs }) => ({ phase, durationMs })) };
}
