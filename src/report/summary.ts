import { speakerOf } from '../messages/message.js';
import { defined } from '../model/defined.js';
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
import { longestOf } from '../model/outage.js';
import type { Language, Text } from '../model/text.js';
import { type Verdict, worstVerdict } from '../model/verdict.js';
import { type AuditTally, auditTallyOf } from './audits.js';
import { longestOutageOf } from './probe-text.js';
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
export interface RunSummary
  extends Pick<RunState, 'run' | 'lab' | 'instance' | 'backend' | 'commands' | 'evidence' | 'slowness' | 'warnings'> {
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
  const { info, faults, commands, evidence, slowness, warnings, restored } = state;
  const language = info?.language ?? 'en';
  const unfinished = speakerOf(language)('report.unfinished');
  const scenarios = state.parts.flatMap((part) => (part.kind === 'scenario' ? [finishScenario(part, unfinished)] : []));
  const end = state.end ?? {
    verdict: worstVerdict([...scenarios.map(({ verdict }) => verdict), 'unknown']),
    durationMs: state.nowMs,
    reason: unfinished,
  };
  return {
    run: state.run,
    ...end,
    finished: state.end !== undefined,
    lab: info?.lab ?? state.lab,
    ...defined({ instance: info?.instance ?? state.instance }),
    backend: info?.backend ?? state.backend,
    image: info?.image ?? '',
    language,
    info,
    scenarios,
    stages: state.parts.flatMap((part) => (part.kind === 'stage' ? [stageSummaryOf(part)] : [])),
    ...{ faults, commands, evidence, slowness, warnings, restored },
    longestOutage: longestOfRun(scenarios),
    audits: auditTallyOf(scenarios, info?.audits),
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
  const all = scenarios.flatMap(({ scenario, steps }) =>
    steps.flatMap((step) => {
      const found = longestOutageOf(step);
      return found ? [{ scenario, step, ...found }] : [];
    }),
  );
  const longest = longestOf(all.map(({ window }) => window));
  return all.find(({ window }) => window === longest);
}

/** A resource that a broken node held, and where it was seen next. */
export interface HolderMove {
  readonly scenario: string;
  readonly step: string;
  readonly resource: string;
  readonly from: string;
  readonly to: string;
  /** Every node that is known by name, for a drawing. */
  readonly nodes: readonly string[];
}

/** The moves of resources away from the node that a step broke, in the order they happened. */
export function holderMovesOf(summary: RunSummary): readonly HolderMove[] {
  const moves: HolderMove[] = [];
  for (const { scenario, steps } of summary.scenarios) {
    for (const [index, step] of steps.entries()) {
      const held = heldBefore(step);
      if (!held || !step.probes) continue;
      const to = seenAfter(held.resource, steps.slice(index));
      if (to === undefined || to === held.node) continue;
      const { resource, node: from } = held;
      moves.push({ scenario, step: step.step, resource, from, to, nodes: nodesOf(summary, from, to) });
    }
  }
  return moves;
}

function heldBefore(step: StepResult): { readonly resource: string; readonly node: string } | undefined {
  const holders = Object.entries(step.targets).flatMap(([target, node]) => {
    const resource = /^\{?(?:was )?holder of ([^}\s]+)\}?$/.exec(target)?.[1];
    return resource === undefined ? [] : [{ resource, node }];
  });
  return holders[0];
}

/** The node a check names as `Started on`; a later step's target is the second best source. */
function seenAfter(resource: string, steps: readonly StepResult[]): string | undefined {
  const [first, ...later] = steps;
  for (const check of first?.checks ?? []) {
    if (!new RegExp(`\\b${escapePattern(resource)}\\b`).test(`${check.expected} ${check.seen}`)) continue;
    const node = /\bstarted on ([\w.-]+)/i.exec(check.seen)?.[1];
    if (node !== undefined) return node;
  }
  const names = [`{holder of ${resource}}`, `holder of ${resource}`];
  return later.flatMap((step) => names.map((name) => step.targets[name])).find((node) => node !== undefined);
}

function nodesOf(summary: RunSummary, ...seen: readonly string[]): readonly string[] {
  const listed = Object.entries(summary.info?.packages ?? {})
    .filter(([, packages]) => 'pacemaker' in packages)
    .map(([node]) => node);
  return [...new Set([...listed, ...seen])].sort();
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
