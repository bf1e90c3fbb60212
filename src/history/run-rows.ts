import { createHash } from 'node:crypto';
import { defined } from '../model/defined.js';
import type { Machine, StampedEvent, StepResult } from '../model/event.js';
import type { Phase } from '../model/scenario.js';
import type { Verdict } from '../model/verdict.js';
import { passedBefore, resultsOf } from '../nightly/results.js';
import { baseOf, runFactsIn } from '../nightly/run-facts.js';
import { knownOutageOf, longestOutageOf } from '../report/probe-text.js';
import { apply, INITIAL, type RunState } from '../report/state.js';
import { type RunSummary, summaryOf } from '../report/summary.js';
import { runJsonOf } from '../report/summary-json.js';

/** What came of one scenario in one run. `lost`: the run ended without a result for it. */
export type Outcome = Verdict | 'lost';

/** Where a run was found. */
interface RunPlace {
  /** Relative to the folder of reports, with `/`. */
  readonly folder: string;
  /** The night that it is part of, by its id; absent for a run that no night has started. */
  readonly night?: string;
}

/** What the index holds of one run. Times in ms. */
export interface RunRows {
  /** The same wherever the run's folder is. */
  readonly key: string;
  readonly run: string;
  readonly folder: string;
  /** The date of the night, or of the run where it is part of none: `2026-11-29`, UTC. */
  readonly night: string;
  /** ISO 8601. */
  readonly startedAt: string;
  /** How many bytes of events it was made from. */
  readonly bytes: number;
  readonly facts: RunFacts;
  readonly packages: readonly PackageVersion[];
  readonly cells: readonly CellRow[];
  readonly steps: readonly StepRow[];
}

/** What a run took place with, as far as it says. */
export interface RunFacts {
  readonly lab: string;
  readonly backend: string;
  readonly image: string;
  readonly imageHash?: string;
  readonly labDigest?: string;
  /** Of the machine. */
  readonly kernel?: string;
  readonly halab?: string;
  readonly machine?: Machine;
  /** How many times slower than hardware the nodes were. */
  readonly slowness?: number;
  /** A mark of all packages of all nodes; absent where they are not known. */
  readonly packages?: string;
}

export interface PackageVersion {
  readonly node: string;
  readonly name: string;
  readonly version: string;
}

/** A scenario that was asked for. */
interface CellRow {
  readonly scenario: string;
  readonly outcome: Outcome;
  readonly reason?: string;
  readonly durationMs: number;
  readonly digest?: string;
}

/** A step of a scenario that was asked for. The outage is the longest, where its length is known; 0 where nothing was lost. */
interface StepRow extends StepTimes {
  readonly scenario: string;
  /** From 0, in its scenario. */
  readonly position: number;
}

export interface StepTimes {
  readonly step: string;
  readonly verdict: Verdict;
  readonly durationMs: number;
  readonly outageMs?: number;
  /** Token and consensus: no setting of a resource can undercut it. */
  readonly floorMs?: number;
  readonly phases: { readonly [P in Phase]?: number };
}

/** A run's own mark: its first event says when it began to the millisecond, where, and what it was to run. */
export function runKey(firstEvent: unknown): string {
  const { run = 'run' } = firstEvent as { readonly run?: string };
  return `${run}-${shortHash(JSON.stringify(firstEvent))}`;
}

/** Pure. Undefined where there is no event yet. */
export function rowsOfRun(
  events: readonly StampedEvent[],
  { folder, night }: RunPlace,
  bytes: number,
): RunRows | undefined {
  const [first] = events;
  if (first === undefined) return undefined;
  const state = events.reduce(apply, INITIAL);
  const summary = summaryOf(state);
  const startedAt = summary.info?.startedAt ?? first.at;
  const packages = packagesOf(summary);
  return {
    key: runKey(first),
    run: summary.run || folder.split('/').at(-1) || '',
    folder,
    night: dateOf(night) ?? startedAt.slice(0, 10),
    startedAt,
    bytes,
    facts: factsOf(state, summary, packages),
    packages,
    cells: cellsOf(state, summary, events),
    steps: summary.scenarios
      .filter(({ asGiven }) => !asGiven)
      .flatMap(({ scenario, steps }) => steps.map((step, position) => ({ scenario, position, ...timesOf(step) }))),
  };
}

/** `2026-11-28` of `20261128-230000-night`. */
export function dateOf(night = ''): string | undefined {
  const [whole, year, month, day] = /^(\d{4})(\d{2})(\d{2})-/.exec(night) ?? [];
  return whole === undefined ? undefined : `${year}-${month}-${day}`;
}

function factsOf(
  { labDigest, machine, slowness }: RunState,
  { lab, backend, image, info }: RunSummary,
  packages: readonly PackageVersion[],
): RunFacts {
  return {
    ...{ lab, backend, image },
    ...defined({
      imageHash: info?.imageHash,
      labDigest,
      kernel: info?.kernel,
      halab: info?.halab,
      machine,
      slowness: slowness[0]?.factor,
      packages: packages.length === 0 ? undefined : shortHash(JSON.stringify(packages)),
    }),
  };
}

function packagesOf({ info }: RunSummary): readonly PackageVersion[] {
  return Object.entries(info?.packages ?? {})
    .flatMap(([node, packages]) => Object.entries(packages).map(([name, version]) => ({ node, name, version })))
    .toSorted((one, other) => (`${one.node} ${one.name}` < `${other.node} ${other.name}` ? -1 : 1));
}

/** Each scenario that was asked for, with the outcome that a night would give it. */
function cellsOf(state: RunState, summary: RunSummary, events: readonly StampedEvent[]): readonly CellRow[] {
  const asked = state.plan.filter(({ asGiven }) => !asGiven);
  const cells = asked.map(({ scenario, requires = [] }) => ({
    id: scenario,
    scenario,
    requires: requires.map(baseOf),
  }));
  const facts = runFactsIn(runJsonOf(summary, ''));
  const run = { folder: '', ...defined({ facts }) };
  const results = resultsOf(cells, [run]) ?? passedBefore(cells, [{ folder: '', events }]);
  return asked.map(({ scenario, digest }) => {
    const result = results.find(({ cell }) => cell === scenario);
    return {
      scenario,
      outcome: result?.verdict ?? 'lost',
      durationMs: result?.durationMs ?? 0,
      ...defined({ reason: result?.reason, digest }),
    };
  });
}

function timesOf(step: StepResult): StepTimes {
  const { step: name, verdict, durationMs, constants, probes } = step;
  const times = { step: name, verdict, durationMs };
  if (probes === undefined) return { ...times, phases: {} };
  const isLossless = longestOutageOf(step) === undefined;
  const { outageMs = isLossless ? 0 : undefined, phases = {} } = knownOutageOf(step) ?? {};
  return { ...times, phases, ...defined({ outageMs, floorMs: constants && constants.token + constants.consensus }) };
}

export function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
