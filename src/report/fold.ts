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
import type { ResolvedFault } from '../model/scenario.js';
import type { Language, Text } from '../model/text.js';
import { type Verdict, worstVerdict } from '../model/verdict.js';
import { type AuditTally, auditTallyOf } from './audit-tally.js';
import { phrasesIn } from './phrases.js';
import { longestOutageOf } from './probe-words.js';

export interface StageSummary {
  readonly stage: string;
  readonly title: string;
  /** Absent while the stage runs, and for good where the run was killed in it. */
  readonly durationMs?: number;
  readonly error?: string;
}

export interface FaultSummary {
  readonly id: string;
  readonly fault: ResolvedFault;
  readonly state: 'journalled' | 'injected' | 'healed' | 'notHealed';
  readonly error?: string;
  /** On the run's clock, in ms; known for stamped events only. */
  readonly injectedAtMs?: number;
  readonly healedAtMs?: number;
}

export interface CommandSummary {
  readonly scenario: string;
  readonly step: string;
  readonly node: string;
  readonly argv: readonly string[];
  readonly exitCode: number;
  readonly durationMs: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The longest outage window of the run, with the step in which it was measured. */
export interface LongestOutage {
  readonly scenario: string;
  readonly step: StepResult;
  readonly probe: ProbeResult;
  readonly window: OutageWindow;
}

/** What a run came to; everything a report tells is in here. */
export interface RunSummary {
  readonly run: string;
  readonly verdict: Verdict;
  readonly reason?: string;
  /** False where the events end before the run did. */
  readonly finished: boolean;
  readonly durationMs: number;
  readonly lab: string;
  readonly backend: string;
  readonly image: string;
  readonly language: Language;
  readonly info?: RunInfo;
  readonly scenarios: readonly ScenarioSummary[];
  readonly stages: readonly StageSummary[];
  readonly faults: readonly FaultSummary[];
  readonly commands: readonly CommandSummary[];
  readonly evidence: readonly { readonly node: string; readonly files: readonly string[] }[];
  readonly warnings: readonly string[];
  /** What was put back between scenarios, in order. */
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

interface ScenarioDraft {
  scenario: string;
  title: Text;
  asGiven: boolean;
  steps: StepResult[];
  says: Record<string, Text>;
  result?: ScenarioResult;
}

interface Draft {
  run: string;
  lab: string;
  backend: string;
  info?: RunInfo;
  end?: { verdict: Verdict; durationMs: number; reason?: string };
  lastMs: number;
  scenarios: ScenarioDraft[];
  stages: StageSummary[];
  faults: Map<string, FaultSummary>;
  commands: CommandSummary[];
  evidence: { node: string; files: readonly string[] }[];
  warnings: string[];
  restored: RestoredLab[];
}

type Handlers = {
  readonly [K in RunEvent['kind']]: (
    draft: Draft,
    event: Extract<RunEvent, { kind: K }>,
    ms: number | undefined,
  ) => void;
};

const ignore = () => undefined;

const HANDLERS: Handlers = {
  'run-started': (draft, event) => {
    draft.run = event.run;
    draft.lab = event.lab;
    draft.backend = event.backend;
  },
  'run-info': (draft, { info }) => {
    draft.info = info;
  },
  'stage-started': (draft, { stage, title }) => draft.stages.push({ stage, title }),
  'stage-progress': ignore,
  'stage-finished': (draft, { stage, durationMs, error }) =>
    finishStage(draft, { stage, durationMs, ...(error === undefined ? {} : { error }) }),
  'scenario-started': (draft, { scenario, title, asGiven }) =>
    draft.scenarios.push({ scenario, title, asGiven, steps: [], says: {} }),
  'step-started': (draft, event) => {
    if (event.say) scenarioOf(draft, event.scenario, event.title).says[event.step] = event.say;
  },
  'target-resolved': ignore,
  'command-finished': (draft, { kind: _, ...command }) => draft.commands.push(command),
  'step-waiting': ignore,
  'fault-journalled': (draft, { id, fault }) => draft.faults.set(id, { id, fault, state: 'journalled' }),
  'fault-injected': (draft, { id, fault }, ms) =>
    draft.faults.set(id, { id, fault, state: 'injected', ...(ms === undefined ? {} : { injectedAtMs: ms }) }),
  'fault-healed': (draft, { id, fault }, ms) =>
    draft.faults.set(id, {
      ...draft.faults.get(id),
      id,
      fault,
      state: 'healed',
      ...(ms === undefined ? {} : { healedAtMs: ms }),
    }),
  'fault-not-healed': (draft, { id, fault, error }) =>
    draft.faults.set(id, { ...draft.faults.get(id), id, fault, state: 'notHealed', error }),
  'step-finished': (draft, { result }) => scenarioOf(draft, result.scenario, result.title).steps.push(result),
  'scenario-finished': (draft, { result }) => {
    scenarioOf(draft, result.scenario, result.title).result = result;
  },
  'lab-restored': (draft, { restored }) => draft.restored.push(restored),
  'evidence-fetched': (draft, { node, files }) => draft.evidence.push({ node, files }),
  warning: (draft, { text }) => draft.warnings.push(text),
  'run-finished': (draft, { verdict, durationMs, reason }) => {
    draft.end = { verdict, durationMs, ...(reason === undefined ? {} : { reason }) };
  },
};

/** Reads a run from its events; events that end too soon make a run that did not finish, never an error. */
export function foldRun(events: Iterable<RunEvent | StampedEvent>): RunSummary {
  const draft: Draft = {
    run: '',
    lab: '',
    backend: '',
    lastMs: 0,
    scenarios: [],
    stages: [],
    faults: new Map(),
    commands: [],
    evidence: [],
    warnings: [],
    restored: [],
  };
  for (const event of events) {
    const ms = 'ms' in event ? event.ms : undefined;
    if (ms !== undefined) draft.lastMs = Math.max(draft.lastMs, ms);
    const handle = HANDLERS[event.kind] as (draft: Draft, event: RunEvent, ms: number | undefined) => void;
    handle(draft, event, ms);
  }
  return summaryOf(draft);
}

/** The latest scenario of that name; one that was never announced is added, so that nothing that happened is lost. */
function scenarioOf(draft: Draft, scenario: string, title: Text): ScenarioDraft {
  const known = draft.scenarios.findLast((candidate) => candidate.scenario === scenario);
  if (known) return known;
  const added: ScenarioDraft = { scenario, title, asGiven: false, steps: [], says: {} };
  draft.scenarios.push(added);
  return added;
}

function finishStage(draft: Draft, finished: Omit<StageSummary, 'title'>): void {
  const index = draft.stages.findLastIndex((stage) => stage.stage === finished.stage && stage.durationMs === undefined);
  const title = draft.stages[index]?.title ?? finished.stage;
  if (index === -1) draft.stages.push({ title, ...finished });
  else draft.stages[index] = { title, ...finished };
}

function summaryOf(draft: Draft): RunSummary {
  const language = draft.info?.language ?? 'en';
  const unfinished = phrasesIn(language).unfinished;
  const scenarios = draft.scenarios.map((scenario) => finishScenario(scenario, unfinished));
  const verdicts = scenarios.map((scenario) => scenario.verdict);
  const end = draft.end ?? {
    verdict: worstVerdict([...verdicts, 'unknown']),
    durationMs: draft.lastMs,
    reason: unfinished,
  };
  const longestOutage = longestOfRun(scenarios);
  const audits = auditTallyOf(scenarios, draft.info?.audits);
  return {
    run: draft.run,
    ...end,
    finished: draft.end !== undefined,
    lab: draft.info?.lab ?? draft.lab,
    backend: draft.info?.backend ?? draft.backend,
    image: draft.info?.image ?? '',
    language,
    ...(draft.info ? { info: draft.info } : {}),
    scenarios,
    stages: draft.stages,
    faults: [...draft.faults.values()],
    commands: draft.commands,
    evidence: draft.evidence,
    warnings: draft.warnings,
    restored: draft.restored,
    ...(longestOutage ? { longestOutage } : {}),
    ...(audits ? { audits } : {}),
  };
}

function finishScenario(
  { scenario, title, asGiven, steps, says, result }: ScenarioDraft,
  unfinished: string,
): ScenarioSummary {
  if (result) return { ...result, asGiven, says };
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
