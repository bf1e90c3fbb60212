import type { CheckResult, ProbeResult, RestoredLab, StepAudits, StepResult } from '../model/event.js';
import { isKnown } from '../model/outage.js';
import type { Text } from '../model/text.js';
import type { Verdict } from '../model/verdict.js';
import type { AuditTally } from './audit-tally.js';
import { longestOutageOf } from './probe-words.js';
import type { FaultSummary } from './state.js';
import type { RunSummary } from './summary.js';
import type { WalkJson } from './walk-lines.js';

const RUN_SCHEMA = 'halab.run/1';

/** What `halab run --json` prints and summary.json holds; published as schemas/run.schema.json. Times in ms. */
export interface RunJson {
  readonly schema: typeof RUN_SCHEMA;
  readonly run: string;
  readonly verdict: Verdict;
  readonly reason?: string;
  readonly finished: boolean;
  readonly durationMs: number;
  readonly lab: string;
  readonly instance?: string;
  readonly backend: string;
  readonly image: string;
  readonly imageHash?: string;
  readonly seed?: number;
  /** Path of the run folder. */
  readonly folder: string;
  readonly outage?: {
    readonly scenario: string;
    readonly step: string;
    readonly probe: string;
    readonly durationMs: number;
    readonly ended: boolean;
    /** False where the probe was held up so long that the duration is no number to stand by. */
    readonly known: boolean;
  };
  /** Of all steps together; absent in runs from before there were audits. */
  readonly audits?: AuditsJson;
  readonly scenarios: readonly ScenarioJson[];
  readonly stages: readonly {
    readonly stage: string;
    readonly title: string;
    readonly durationMs?: number;
    readonly error?: string;
  }[];
  readonly faults: readonly FaultSummary[];
  readonly warnings: readonly string[];
  /** Of `--random`; only in what `halab run --json` prints. */
  readonly walk?: WalkJson;
  /** What was put back between scenarios. */
  readonly restored: readonly RestoredLab[];
}

interface AuditsJson {
  /** False with `--no-audits`. */
  readonly on: boolean;
  /** After how many steps audits were made, and after how many none could be. */
  readonly steps: number;
  readonly stepsWithout: number;
  readonly held: number;
  readonly broken: number;
  readonly unknown: number;
  readonly excused: number;
  readonly skipped: number;
  /** Excuses of audits that held all the same. */
  readonly needlessExcuses: number;
  readonly durationMs: number;
  readonly settlingMs: number;
}

interface ScenarioJson {
  readonly scenario: string;
  readonly title: Text;
  readonly asGiven: boolean;
  readonly verdict: Verdict;
  readonly reason?: string;
  readonly durationMs: number;
  readonly steps: readonly StepJson[];
}

interface StepJson {
  readonly step: string;
  readonly title: Text;
  readonly verdict: Verdict;
  readonly reason?: string;
  readonly durationMs: number;
  readonly checks: readonly CheckResult[];
  readonly targets: Readonly<Record<string, string>>;
  readonly probes?: readonly ProbeResult[];
  /** The longest of all its probes; 0 where nothing was lost, absent where it is no number to stand by. */
  readonly outageMs?: number;
  readonly audits?: StepAudits;
  readonly constants?: Readonly<Record<string, number>>;
}

export function runJsonOf(summary: RunSummary, folder: string): RunJson {
  const { info, longestOutage, audits } = summary;
  return {
    schema: RUN_SCHEMA,
    run: summary.run,
    verdict: summary.verdict,
    ...(summary.reason === undefined ? {} : { reason: summary.reason }),
    finished: summary.finished,
    durationMs: summary.durationMs,
    lab: summary.lab,
    ...(info ? { instance: info.instance } : {}),
    backend: summary.backend,
    image: summary.image,
    ...(info?.imageHash === undefined ? {} : { imageHash: info.imageHash }),
    ...(info ? { seed: info.seed } : {}),
    folder,
    ...(longestOutage
      ? {
          outage: {
            scenario: longestOutage.scenario,
            step: longestOutage.step.step,
            probe: longestOutage.probe.probe,
            durationMs: longestOutage.window.durationMs,
            ended: longestOutage.window.ended,
            known: isKnown(longestOutage.window, longestOutage.probe.everyMs),
          },
        }
      : {}),
    ...(audits ? { audits: auditsJsonOf(audits) } : {}),
    scenarios: summary.scenarios.map(scenarioJsonOf),
    stages: summary.stages,
    faults: summary.faults,
    warnings: summary.warnings,
    restored: summary.restored,
  };
}

function auditsJsonOf({
  on,
  steps,
  notMade,
  outcomes,
  needlessExcuses,
  durationMs,
  settlingMs,
}: AuditTally): AuditsJson {
  return { on, steps, stepsWithout: notMade.steps, ...outcomes, needlessExcuses, durationMs, settlingMs };
}

function scenarioJsonOf({
  scenario,
  title,
  asGiven,
  verdict,
  reason,
  durationMs,
  steps,
}: RunSummary['scenarios'][number]): ScenarioJson {
  return {
    scenario,
    title,
    asGiven,
    verdict,
    ...(reason === undefined ? {} : { reason }),
    durationMs,
    steps: steps.map(stepJsonOf),
  };
}

function stepJsonOf(result: RunSummary['scenarios'][number]['steps'][number]): StepJson {
  const { step, title, verdict, reason, durationMs, checks, targets, probes, audits, constants } = result;
  return {
    step,
    title,
    verdict,
    ...(reason === undefined ? {} : { reason }),
    durationMs,
    checks,
    targets,
    ...(probes ? { probes, ...outageMsOf(result) } : {}),
    ...(audits ? { audits } : {}),
    ...(constants ? { constants: { ...constants } } : {}),
  };
}

function outageMsOf(step: StepResult): { readonly outageMs?: number } {
  const longest = longestOutageOf(step);
  if (longest === undefined) return { outageMs: 0 };
  return isKnown(longest.window, longest.probe.everyMs) ? { outageMs: longest.window.durationMs } : {};
}
