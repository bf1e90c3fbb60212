import { speakerOf } from '../messages/message.js';
import type {
  OutageWindow,
  ProbeResult,
  RestoredLab,
  RunEvent,
  RunInfo,
  ScenarioResult,
  StampedEvent,
  StepResult,
} from '../model/event.js';
import type { Language, Text } from '../model/text.js';
import { type Verdict, worstVerdict } from '../model/verdict.js';
import { type AuditTally, auditTallyOf } from './audit-tally.js';
import { longestOutageOf } from './probe-words.js';
import { apply, type FaultSummary, INITIAL, type RunState, type ScenarioState, type StageState } from './state.js';

type StageSummary = Pick<StageState, 'stage' | 'title' | 'durationMs' | 'error'>;

/** The longest outage window of the run, with the step in which it was measured. */
export interface LongestOutage {
  readonly scenario: string;
  readonly step: StepResult;
  readonly probe: ProbeResult;
  readonly window: OutageWindow;
}

/** What a run came to; everything that a report shows is in here. */
export interface RunSummary extends Pick<RunState, 'run' | 'lab' | 'backend' | 'commands' | 'evidence' | 'warnings'> {
  readonly verdict: Verdict;
  readonly reason?: string;
  /** False where the events end before the run did. */
  readonly finished: boolean;
  readonly durationMs: number;
  readonly image: string;
  readonly language: Language;
  readonly info?: RunInfo;
  readonly scenarios: readonly ScenarioSummary[];
  readonly stages: readonly StageSummary[];
  readonly faults: readonly FaultSummary[];
  /** What was restored between scenarios, in order. */
  readonly restored: readonly RestoredLab[];
  readonly longestOutage?: LongestOutage;
  /** Absent in runs from before there were audits. */
  readonly audits?: AuditTally;
}

export interface ScenarioSummary extends ScenarioResult {
  /** True for a scenario that only prepared another one. */
  readonly asGiven: boolean;
  /** Step id to what the step tells its reader. */
  readonly says: Readonly<Record<string, Text>>;
}

/** Reads a run from its events. */
export function foldRun(events: Iterable<RunEvent | StampedEvent>): RunSummary {
  return summaryOf([...events].reduce(apply, INITIAL));
}

/** Events that end too soon make a run that did not finish, never an error. */
export function summaryOf(state: RunState): RunSummary {
  const { info, faults, commands, evidence, warnings, restored } = state;
  const language = info?.language ?? 'en';
  const unfinished = speakerOf(language)('report.unfinished');
  const scenarios = state.parts.flatMap((part) => (part.kind === 'scenario' ? [finishScenario(part, unfinished)] : []));
  const end = state.end ?? {
    verdict: worstVerdict([...scenarios.map(({ verdict }) => verdict), 'unknown']),
    durationMs: state.nowMs,
    reason: unfinished,
  };
  const longestOutage = longestOfRun(scenarios);
  const audits = auditTallyOf(scenarios, info?.audits);
  return {
    run: state.run,
    ...end,
    finished: state.end !== undefined,
    lab: info?.lab ?? state.lab,
    backend: info?.backend ?? state.backend,
    image: info?.image ?? '',
    language,
    ...(info ? { info } : {}),
    scenarios,
    stages: state.parts.flatMap((part) => (part.kind === 'stage' ? [stageSummaryOf(part)] : [])),
    faults,
    commands,
    evidence,
    warnings,
    restored,
    ...(longestOutage ? { longestOutage } : {}),
    ...(audits ? { audits } : {}),
  };
}

function stageSummaryOf({ kind: _, startedMs: _startedMs, progress: _progress, ...stage }: StageState): StageSummary {
  return stage;
}

function finishScenario(state: ScenarioState, unfinished: string): ScenarioSummary {
  const { scenario, title, asGiven, result } = state;
  const says = Object.fromEntries(state.steps.flatMap(({ step, say }) => (say ? [[step, say]] : [])));
  if (result) return { ...result, asGiven, says };
  const steps = state.steps.flatMap((step) => step.result ?? []);
  const durationMs = steps.reduce((sum, step) => sum + step.durationMs + (step.audits?.durationMs ?? 0), 0);
  const verdict = worstVerdict([...steps.map((step) => step.verdict), 'unknown']);
  return { scenario, title, asGiven, says, steps, durationMs, verdict, reason: unfinished };
}

function longestOfRun(scenarios: readonly ScenarioResult[]): LongestOutage | undefined {
  let longest: LongestOutage | undefined;
  for (const { scenario, steps } of scenarios) {
    for (const step of steps) {
      const found = longestOutageOf(step);
      if (found && found.window.durationMs > (longest?.window.durationMs ?? -1)) longest = { scenario, step, ...found };
    }
  }
  return longest;
}
