import { defined } from '../model/defined.js';
import type { StepResult } from '../model/event.js';
import type { Phase } from '../model/scenario.js';
import type { Verdict } from '../model/verdict.js';
import { knownOutageOf } from './probe-text.js';
import type { RunSummary } from './summary.js';

/** Two runs side by side; `before` and `after` are absent where a run does not have it. */
export interface Comparison {
  readonly before: RunHead;
  readonly after: RunHead;
  /** Every step of either run, those of the second in its order, then those that only the first has. */
  readonly steps: readonly ComparedStep[];
  /** What differs of the lab, the machine and halab. */
  readonly facts: readonly Difference[];
  /** Packages that differ: `ha-host1 pacemaker`. */
  readonly packages: readonly Difference[];
}

interface RunHead {
  readonly run: string;
  readonly startedAt?: string;
  readonly verdict: Verdict;
}

export interface ComparedStep {
  readonly scenario: string;
  readonly step: string;
  readonly before?: SteppedOnce;
  readonly after?: SteppedOnce;
}

interface SteppedOnce {
  readonly verdict: Verdict;
  readonly durationMs: number;
  /** Of the longest outage whose length is known. */
  readonly outageMs?: number;
  readonly phases?: { readonly [P in Phase]?: number };
}

export interface Difference {
  readonly what: string;
  readonly before?: string;
  readonly after?: string;
}

/** Pure. */
export function compareRuns(before: RunSummary, after: RunSummary): Comparison {
  return {
    before: headOf(before),
    after: headOf(after),
    steps: stepsOf(before, after),
    facts: differences(factsOf(before), factsOf(after)),
    packages: differences(packagesOf(before), packagesOf(after)),
  };
}

function headOf({ run, verdict, info }: RunSummary): RunHead {
  return { run, verdict, ...(info === undefined ? {} : { startedAt: info.startedAt }) };
}

function stepsOf(before: RunSummary, after: RunSummary): readonly ComparedStep[] {
  const [old, now] = [stepsByName(before), stepsByName(after)];
  return [...new Set([...now.keys(), ...old.keys()])].map((name) => {
    const [was, is] = [old.get(name), now.get(name)];
    const { scenario, step } = (is ?? was) as StepResult;
    return {
      ...{ scenario, step },
      ...(was === undefined ? {} : { before: onceOf(was) }),
      ...(is === undefined ? {} : { after: onceOf(is) }),
    };
  });
}

function stepsByName({ scenarios }: RunSummary): ReadonlyMap<string, StepResult> {
  return new Map(scenarios.flatMap(({ steps }) => steps.map((step) => [`${step.scenario}/${step.step}`, step])));
}

function onceOf(step: StepResult): SteppedOnce {
  const { verdict, durationMs } = step;
  const { outageMs, phases = {} } = knownOutageOf(step) ?? {};
  return {
    ...{ verdict, durationMs },
    ...defined({ outageMs, phases: Object.keys(phases).length === 0 ? undefined : phases }),
  };
}

function factsOf({ info, lab, backend, image }: RunSummary): ReadonlyMap<string, string> {
  return new Map(
    Object.entries({
      lab,
      backend,
      image,
      'image hash': info?.imageHash,
      stack: info?.stack?.sources.join(', '),
      kernel: info?.kernel,
      halab: info?.halab,
      seed: info && String(info.seed),
      slowness: info?.slowness && String(info.slowness.factor),
    }).flatMap(([what, value]) => (value === undefined ? [] : [[what, value] as const])),
  );
}

function packagesOf({ info }: RunSummary): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(info?.packages ?? {}).flatMap(([node, packages]) =>
      Object.entries(packages).map(([name, version]) => [`${node} ${name}`, version] as const),
    ),
  );
}

/** What is not the same on both sides; what one side does not know is absent there. */
export function differences(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): readonly Difference[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((what) => {
    const [was, is] = [before.get(what), after.get(what)];
    if (was === is) return [];
    return [{ what, ...(was === undefined ? {} : { before: was }), ...(is === undefined ? {} : { after: is }) }];
  });
}
