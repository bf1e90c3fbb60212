import type { ProbeResult } from '../model/event.js';
import { nodesOfFault, placeOfFault } from '../model/fault-nodes.js';
import type { Phase } from '../model/scenario.js';
import type { Text } from '../model/text.js';
import type { Verdict } from '../model/verdict.js';
import type { RunState, ScenarioState, StepState } from '../report/state.js';
import { type ClusterLog, EMPTY_LOG, type EndedOperation, type Fencing, type Transition } from './cluster-log.js';
import { type FailedOperation, failedOperationsOf } from './failures.js';
import type { Span } from './spans.js';
import { lanesOfViews, type NodeLanes, type ResourceLane } from './views.js';

/** A run drawn on one time axis: data for a program that draws it. Times in ms on the run's clock. */
export interface Picture {
  readonly toMs: number;
  /** What is worth looking at first: the scenarios that were asked for, without their set-ups. */
  readonly focus: { readonly fromMs: number; readonly toMs: number };
  readonly nodes: readonly NodeLanes[];
  readonly resources: readonly ResourceLane[];
  readonly probes: readonly ProbeLane[];
  readonly faults: readonly FaultSpan[];
  readonly steps: readonly StepSpan[];
  readonly marks: readonly Mark[];
  readonly failures: readonly FailedOperation[];
  /** The rest as the journals date it; empty without them. */
  readonly operations: readonly EndedOperation[];
  readonly fencing: readonly Fencing[];
  readonly transitions: readonly Transition[];
}

interface ProbeLane {
  readonly probe: string;
  readonly about: string;
  /** `answered` and `silent`, to the millisecond. */
  readonly spans: readonly Span[];
}

export interface FaultSpan {
  readonly id: string;
  readonly kind: string;
  readonly place: string;
  readonly nodes: readonly string[];
  readonly fromMs: number;
  readonly toMs: number;
  readonly isHealed: boolean;
}

export interface StepSpan {
  readonly scenario: string;
  readonly step: string;
  readonly title: Text;
  readonly asGiven: boolean;
  readonly verdict?: Verdict;
  readonly fromMs: number;
  /** When its expectations were judged; its audits follow. */
  readonly judgedMs: number;
  readonly toMs: number;
  /** Those before it that no audit followed: its own audits saw what they changed. */
  readonly unaudited: readonly string[];
}

/** A moment: the end of a phase of an outage by a node's journal, or what halab did. */
interface Mark {
  readonly atMs: number;
  readonly kind: Phase | 'injected' | 'healed';
  readonly node?: string;
  readonly text: string;
}

/** Pure. Whatever the state and the journals lack is left out, never guessed. */
export function pictureOf(state: RunState, log: ClusterLog = EMPTY_LOG): Picture {
  const toMs = Math.max(state.nowMs, 1);
  const steps = state.parts.flatMap((part) => (part.kind === 'scenario' ? stepsOf(part, toMs) : []));
  const faults = faultsOf(state, toMs);
  return {
    toMs,
    focus: focusOf(steps, toMs),
    ...lanesOfViews(state, toMs),
    probes: probesOf(state),
    faults,
    steps,
    marks: marksOf(state, faults),
    failures: failedOperationsOf(state, log),
    operations: log.operations,
    fencing: log.fencing,
    transitions: log.transitions,
  };
}

function stepsOf({ scenario, asGiven, steps }: ScenarioState, nowMs: number): readonly StepSpan[] {
  let unaudited: readonly string[] = [];
  return steps.flatMap(({ step, title, startedMs, result, endedMs }) => {
    if (startedMs === undefined) return [];
    const before = unaudited;
    unaudited = result?.audits?.skipped === undefined ? [] : [...before, step];
    const judgedMs = result === undefined ? nowMs : startedMs + result.durationMs;
    const toMs = result === undefined ? nowMs : Math.max(judgedMs, endedMs ?? judgedMs);
    return [
      {
        scenario,
        step,
        title,
        asGiven,
        ...(result ? { verdict: result.verdict } : {}),
        fromMs: startedMs,
        judgedMs,
        toMs,
        unaudited: before,
      },
    ];
  });
}

const MARGIN = 0.02;

function focusOf(steps: readonly StepSpan[], toMs: number): Picture['focus'] {
  const wanted = steps.filter(({ asGiven }) => !asGiven);
  if (wanted.length === 0) return { fromMs: 0, toMs };
  const from = Math.min(...wanted.map(({ fromMs }) => fromMs));
  const to = Math.max(...wanted.map((step) => step.toMs));
  const margin = MARGIN * (to - from);
  return { fromMs: Math.max(0, from - margin), toMs: Math.min(toMs, to + margin) };
}

/** One lane for each probe of the same name and target, whatever step it ran in. */
function probesOf(state: RunState): readonly ProbeLane[] {
  const lanes = new Map<string, { probe: string; about: string; spans: Span[] }>();
  for (const { startedMs = 0, result } of stepStatesOf(state))
    for (const each of result?.probes ?? []) {
      const about = `${each.kind} ${each.target}`;
      const key = `${each.probe} ${about}`;
      const lane = lanes.get(key) ?? { probe: each.probe, about, spans: [] };
      lanes.set(key, lane);
      lane.spans.push(...spansOfProbe(each, { fromMs: startedMs, toMs: startedMs + (result?.durationMs ?? 0) }));
    }
  return [...lanes.values()];
}

function stepStatesOf({ parts }: RunState): readonly StepState[] {
  return parts.flatMap((part) => (part.kind === 'scenario' ? part.steps : []));
}

function spansOfProbe({ windows, ran }: ProbeResult, step: { fromMs: number; toMs: number }): readonly Span[] {
  const silent = windows.map(({ fromMs, toMs }) => ({ fromMs, toMs, value: 'silent' }));
  const fromMs = Math.min(ran?.fromMs ?? step.fromMs, ...silent.map((each) => each.fromMs));
  const toMs = Math.max(ran?.toMs ?? step.toMs, ...silent.map((each) => each.toMs));
  const edges = [fromMs, ...silent.flatMap((each) => [each.fromMs, each.toMs]), toMs];
  const answered = edges.flatMap((edge, index) => {
    const next = edges[index + 1];
    return index % 2 === 1 || next === undefined || next <= edge
      ? []
      : [{ fromMs: edge, toMs: next, value: 'answered' }];
  });
  return [...answered, ...silent].sort((one, other) => one.fromMs - other.fromMs);
}

function faultsOf({ faults }: RunState, nowMs: number): readonly FaultSpan[] {
  return faults.flatMap(({ id, fault, state, injectedAtMs, healedAtMs }) =>
    injectedAtMs === undefined
      ? []
      : [
          {
            id,
            kind: fault.kind,
            place: placeOfFault(fault),
            nodes: nodesOfFault(fault),
            fromMs: injectedAtMs,
            toMs: healedAtMs ?? nowMs,
            isHealed: state === 'healed',
          },
        ],
  );
}

function marksOf(state: RunState, faults: readonly FaultSpan[]): readonly Mark[] {
  const phases = stepStatesOf(state).flatMap(({ result }) =>
    (result?.probes ?? []).flatMap(({ breakdown }) =>
      (breakdown?.phases ?? []).map(
        ({ phase, atMs, node, source }): Mark => ({ atMs, kind: phase, text: source, ...(node ? { node } : {}) }),
      ),
    ),
  );
  const done = faults.flatMap(({ kind, place, nodes: [node], fromMs, toMs, isHealed }): Mark[] => {
    const what = { text: `${kind} ${place}`, ...(node === undefined ? {} : { node }) };
    return [
      { atMs: fromMs, kind: 'injected', ...what },
      ...(isHealed ? [{ atMs: toMs, kind: 'healed' as const, ...what }] : []),
    ];
  });
  return [...phases, ...done].sort((one, other) => one.atMs - other.atMs);
}
