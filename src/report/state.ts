import type { CibChange } from '../model/cib-changes.js';
import { defined } from '../model/defined.js';
import type {
  Machine,
  PlannedScenario,
  RestoredLab,
  RunEvent,
  RunInfo,
  ScenarioResult,
  SlownessMeasurement,
  StampedEvent,
  StepResult,
} from '../model/event.js';
import type { NodeView } from '../model/node-view.js';
import type { ResolvedFault } from '../model/scenario.js';
import type { Text } from '../model/text.js';
import type { Verdict } from '../model/verdict.js';

export interface StageState {
  readonly kind: 'stage';
  readonly stage: string;
  readonly title: string;
  readonly startedMs: number;
  /** What it said last. */
  readonly progress?: string;
  /** Absent while the stage runs, and for good where the run was killed in it. */
  readonly durationMs?: number;
  readonly error?: string;
}

/** A step, planned, running (`startedMs`) or over (`result`). */
export interface StepState {
  readonly step: string;
  readonly title: Text;
  readonly say?: Text;
  readonly startedMs?: number;
  /** What it waits for. */
  readonly waiting?: string;
  readonly result?: StepResult;
  /** When its audits were over, if its events say so. */
  readonly endedMs?: number;
}

export interface ScenarioState {
  readonly kind: 'scenario';
  readonly scenario: string;
  readonly title: Text;
  readonly asGiven: boolean;
  readonly startedMs: number;
  /** Those of the plan first, in its order. */
  readonly steps: readonly StepState[];
  readonly result?: ScenarioResult;
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

export type CommandSummary = Omit<Extract<RunEvent, { kind: 'command-finished' }>, 'kind'> & {
  /** When it ended, if its event says so. */
  readonly atMs?: number;
};

/** What a node reported from this moment on. */
export interface Sighting {
  readonly node: string;
  readonly atMs: number;
  readonly view: NodeView;
}

/** A run as far as its events tell; live views and reports are views of it. */
export interface RunState {
  readonly run: string;
  readonly lab: string;
  /** The name of the lab on this machine; absent in runs of releases that did not say it. */
  readonly instance?: string;
  readonly backend: string;
  /** Absent in runs of releases that did not say it; so is the next. */
  readonly machine?: Machine;
  readonly labDigest?: string;
  readonly plan: readonly PlannedScenario[];
  readonly info?: RunInfo;
  /** The time of the latest event, in ms on the run's clock. */
  readonly nowMs: number;
  /** Stages and scenarios in the order in which they began; a place in it never changes its owner. */
  readonly parts: readonly (StageState | ScenarioState)[];
  readonly faults: readonly FaultSummary[];
  /** In the order of time; empty in runs of releases that did not keep them. */
  readonly sightings: readonly Sighting[];
  /** In the order of time, each since the one before. */
  readonly configuration: readonly { readonly atMs: number; readonly changes: readonly CibChange[] }[];
  readonly commands: readonly CommandSummary[];
  /** In order; `atMs` counts from the start of the run. */
  readonly slowness: readonly (SlownessMeasurement & { readonly atMs?: number })[];
  readonly evidence: readonly { readonly node: string; readonly files: readonly string[] }[];
  readonly warnings: readonly string[];
  readonly restored: readonly RestoredLab[];
  readonly end?: { readonly verdict: Verdict; readonly durationMs: number; readonly reason?: string };
}

export const INITIAL: RunState = {
  run: '',
  lab: '',
  backend: '',
  plan: [],
  nowMs: 0,
  parts: [],
  faults: [],
  sightings: [],
  configuration: [],
  commands: [],
  evidence: [],
  slowness: [],
  warnings: [],
  restored: [],
};

/**
 * The state after one more event. The old one stays as it is, and what the event does not touch is shared between both.
 * Never throws: events may begin or end anywhere, as where a run was killed.
 */
export function apply(state: RunState, event: RunEvent | StampedEvent): RunState {
  const ms = 'ms' in event ? event.ms : undefined;
  const next = ms === undefined || ms <= state.nowMs ? state : { ...state, nowMs: ms };
  return (APPLY[event.kind] as (state: RunState, event: RunEvent, ms: number | undefined) => RunState)(next, event, ms);
}

type Transitions = {
  readonly [K in RunEvent['kind']]: (
    state: RunState,
    event: Extract<RunEvent, { kind: K }>,
    ms: number | undefined,
  ) => RunState;
};

const unchanged = (state: RunState) => state;

const APPLY: Transitions = {
  'run-started': (state, { run, lab, labDigest, instance, backend, machine, plan }) => ({
    ...state,
    ...{ run, lab, backend, plan },
    ...defined({ labDigest, instance, machine }),
  }),
  'run-info': (state, { info }) => ({ ...state, info }),
  'stage-started': (state, { stage, title }) =>
    withPart(state, { kind: 'stage', stage, title, startedMs: state.nowMs }),
  'stage-progress': (state, { stage, text }) => changePart(state, openStage(state, stage), { progress: text }),
  'stage-finished': (state, { stage, durationMs, error }) => {
    const end = { durationMs, ...(error === undefined ? {} : { error }) };
    const at = openStage(state, stage);
    if (at !== -1) return changePart(state, at, end);
    return withPart(state, { kind: 'stage', stage, title: stage, startedMs: state.nowMs, ...end });
  },
  'scenario-started': (state, { scenario, title, asGiven }) => {
    const steps = plannedSteps(state, scenario);
    return withPart(state, { kind: 'scenario', scenario, title, asGiven, startedMs: state.nowMs, steps });
  },
  'scenario-rewound': (state, { scenario }) =>
    changePart(state, indexOfScenario(state, scenario), { steps: plannedSteps(state, scenario) }),
  'step-started': (state, { scenario, step, title, say }) =>
    changeStep(state, { scenario, step, title }, { startedMs: state.nowMs, ...(say ? { say } : {}) }),
  'target-resolved': unchanged,
  'command-finished': (state, { scenario, step, node, argv, exitCode, durationMs, stdout, stderr }, atMs) => {
    const command = { scenario, step, node, argv, exitCode, durationMs, stdout, stderr, ...defined({ atMs }) };
    return { ...state, commands: [...state.commands, command] };
  },
  'step-waiting': (state, { scenario, step, seen }) => {
    const at = indexOfScenario(state, scenario);
    return openStep(state.parts[at], step) === -1
      ? state
      : withStep(state, at, { step, title: { en: step } }, { waiting: seen });
  },
  'fault-journalled': (state, { id, fault }) => changeFault(state, { id, fault, state: 'journalled' }),
  'fault-injected': (state, { id, fault }, injectedAtMs) =>
    changeFault(state, { id, fault, state: 'injected', injectedAtMs }),
  'fault-healed': (state, { id, fault }, healedAtMs) => changeFault(state, { id, fault, state: 'healed', healedAtMs }),
  'fault-not-healed': (state, { id, fault, error }) => changeFault(state, { id, fault, state: 'notHealed', error }),
  'node-seen': (state, { node, view }) => ({
    ...state,
    sightings: [...state.sightings, { node, atMs: state.nowMs, view }],
  }),
  'configuration-changed': (state, { changes }) => ({
    ...state,
    configuration: [...state.configuration, { atMs: state.nowMs, changes }],
  }),
  'step-finished': (state, { result }, endedMs) => changeStep(state, result, { result, ...defined({ endedMs }) }),
  'scenario-finished': (state, { result }) => {
    const known = withScenario(state, result.scenario, result.title);
    return changePart(known, indexOfScenario(known, result.scenario), { result });
  },
  'lab-restored': (state, { restored }) => ({ ...state, restored: [...state.restored, restored] }),
  'evidence-fetched': (state, { node, files }) => ({ ...state, evidence: [...state.evidence, { node, files }] }),
  'slowness-measured': (state, { factor, samples, before, was }, atMs) => {
    const measurement = { factor, samples, ...defined({ before, was, atMs }) };
    return { ...state, slowness: [...state.slowness, measurement] };
  },
  warning: (state, { text }) => ({ ...state, warnings: [...state.warnings, text] }),
  'run-finished': (state, { verdict, durationMs, reason }) => ({ ...state, end: { verdict, durationMs, reason } }),
};

function plannedSteps({ plan }: RunState, scenario: string): readonly StepState[] {
  return plan.find((planned) => planned.scenario === scenario)?.steps ?? [];
}

function withPart(state: RunState, part: StageState | ScenarioState): RunState {
  return { ...state, parts: [...state.parts, part] };
}

function changePart(
  state: RunState,
  index: number,
  change: Partial<Omit<StageState, 'kind'>> | Partial<Omit<ScenarioState, 'kind'>>,
): RunState {
  const part = state.parts[index];
  if (part === undefined) return state;
  return { ...state, parts: state.parts.with(index, { ...part, ...change } as StageState | ScenarioState) };
}

/** The latest of that name that is not over, or -1. */
function openStage({ parts }: RunState, stage: string): number {
  return parts.findLastIndex((part) => part.kind === 'stage' && part.stage === stage && part.durationMs === undefined);
}

function indexOfScenario({ parts }: RunState, scenario: string): number {
  return parts.findLastIndex((part) => part.kind === 'scenario' && part.scenario === scenario);
}

/** A scenario that was never announced is added, so that nothing that happened is lost. */
function withScenario(state: RunState, scenario: string, title: Text): RunState {
  if (indexOfScenario(state, scenario) !== -1) return state;
  return withPart(state, { kind: 'scenario', scenario, title, asGiven: false, startedMs: state.nowMs, steps: [] });
}

/** The first of that name that is not over, or -1. */
function openStep(part: RunState['parts'][number] | undefined, step: string): number {
  if (part?.kind !== 'scenario') return -1;
  return part.steps.findIndex((each) => each.step === step && each.result === undefined);
}

/** One that was neither planned nor announced is added. */
function changeStep(
  state: RunState,
  { scenario, step, title }: { readonly scenario: string; readonly step: string; readonly title: Text },
  change: Partial<StepState>,
): RunState {
  const known = withScenario(state, scenario, title);
  return withStep(known, indexOfScenario(known, scenario), { step, title }, change);
}

function withStep(state: RunState, index: number, fresh: StepState, change: Partial<StepState>): RunState {
  const part = state.parts[index];
  if (part?.kind !== 'scenario') return state;
  const at = openStep(part, fresh.step);
  const changed = { ...(part.steps[at] ?? fresh), ...change };
  return changePart(state, index, { steps: at === -1 ? [...part.steps, changed] : part.steps.with(at, changed) });
}

/** Times that are known already stay. */
function changeFault(state: RunState, fault: FaultSummary): RunState {
  const at = state.faults.findIndex(({ id }) => id === fault.id);
  const before = state.faults[at];
  if (before === undefined) return { ...state, faults: [...state.faults, fault] };
  return { ...state, faults: state.faults.with(at, { ...before, ...fault }) };
}
