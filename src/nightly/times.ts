import type { Scenario, TimeExpression } from '../model/scenario.js';
import type { Time } from './cell.js';
import { baseOf, type RunFacts } from './run-facts.js';

/** How long things take in a lab on an image. */
export interface Times {
  /** Without its set-ups. */
  scenario(scenario: Pick<Scenario, 'id' | 'steps'>, lab: string, image: string): Time;
  /** From nothing to a lab whose nodes answer, and from evidence to nothing. */
  lab(lab: string, image: string): Time;
  /** To bring the lab back to a set-up between two scenarios. */
  restore(lab: string, image: string): Time;
}

/** Of so many of the latest runs the one in the middle counts. */
const LATEST = 7;

/** Measured on two cores: about 14 s until the nodes of linuxha answer, 6 s for the evidence, 2 s to remove it. */
const LAB_MS = 22_000;
const RESTORE_MS = 8_000;

/** `past`: the newest first. A scenario that did not pass took its deadline, and says nothing about the next time. */
export function timesFrom(past: readonly RunFacts[]): Times {
  const scenarios = new Map<string, number[]>();
  const labs = new Map<string, number[]>();
  const restores = new Map<string, number[]>();
  for (const { lab, image, scenarios: ran, stages, restored } of past) {
    for (const { scenario, verdict, durationMs } of ran)
      if (verdict === 'passed') note(scenarios, [baseOf(scenario), lab, image], durationMs);
    const around = ['up', 'evidence', 'down'].map((name) => stages.find(({ stage }) => stage === name)?.durationMs);
    if (around.every((each) => each !== undefined)) note(labs, [lab, image], sum(around));
    for (const { durationMs } of restored) note(restores, [lab, image], durationMs);
  }
  return {
    scenario: ({ id, steps }, lab, image) => known(scenarios, [id, lab, image]) ?? estimated(stepsMs(steps)),
    lab: (lab, image) => known(labs, [lab, image]) ?? estimated(LAB_MS),
    restore: (lab, image) => known(restores, [lab, image]) ?? estimated(RESTORE_MS),
  };
}

/** For the image itself, and for any image where it has never run on this one. */
function note(times: Map<string, number[]>, [...place]: string[], ms: number): void {
  for (const key of [place.join(' '), [...place.slice(0, -1), '*'].join(' ')])
    times.set(key, [...(times.get(key) ?? []), ms]);
}

function known(times: ReadonlyMap<string, readonly number[]>, place: readonly string[]): Time | undefined {
  const found = times.get(place.join(' ')) ?? times.get([...place.slice(0, -1), '*'].join(' '));
  if (found === undefined) return undefined;
  const latest = found.slice(0, LATEST).toSorted((one, other) => one - other);
  return { ms: Math.round(latest[Math.floor(latest.length / 2)] ?? 0), from: 'runs', runs: latest.length };
}

function estimated(ms: number): Time {
  return { ms: Math.round(ms), from: 'estimate', runs: 0 };
}

function sum(values: readonly (number | undefined)[]): number {
  return values.reduce<number>((total, value = 0) => total + value, 0);
}

/** Every step is observed and audited; after a fault the cluster takes about a third of what it is given. */
const STEP_MS = 3_000;
const SHARE_OF_DEADLINE = 1 / 3;

function stepsMs(steps: Scenario['steps']): number {
  return steps.reduce((total, { action, within }) => {
    const waits = action.kind === 'fault' || action.kind === 'heal';
    return total + STEP_MS + (waits ? deadlineMs(within) * SHARE_OF_DEADLINE : 0);
  }, 0);
}

/** corosync's defaults for three nodes (corosync.conf(5)), and pacemaker's dc-deadtime. */
const USUAL_MS = { token: 3_650, consensus: 4_380, 'dc-deadtime': 20_000 } as const;

function deadlineMs({ terms }: TimeExpression): number {
  return terms.reduce(
    (total, term) => total + (term.kind === 'ms' ? term.ms : USUAL_MS[term.constant] * term.factor),
    0,
  );
}
