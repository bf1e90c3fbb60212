import type { LabInstance } from '../../model/lab.js';
import type { Backend } from '../../ports/backend.js';
import type { Reporter } from '../../ports/reporter.js';
import type { PlanEntry } from '../../runner/plan.js';
import type { Drive } from '../../runner/run.js';
import { haclusterPassword } from '../../store/instances.js';
import type { Settings } from '../settings.js';

export type Keep = 'never' | 'on-failure' | 'always';

export interface RunRequest {
  readonly settings: Settings;
  readonly instance: LabInstance;
  readonly backend: Backend;
  readonly plan: readonly PlanEntry[];
  readonly subject: string;
  readonly keep: Keep;
  readonly seed: number;
  readonly halab: string;
  readonly audits: boolean;
  /** Set-ups in whose state the lab begins; it was made for this run, and the plan does not have them. */
  readonly begun?: readonly PlanEntry[];
  /** Name to text of what is kept in the run's folder from the start. */
  readonly files?: Readonly<Record<string, string>>;
  /** How the plan is run; in order by default. */
  readonly drive?: Drive;
  /** What shows its events, instead of the view that fits the terminal. */
  readonly createView?: () => Reporter;
  readonly signal: AbortSignal;
}

/** No lab is needed if every scenario is skipped. */
export function needsLab(plan: readonly PlanEntry[]): boolean {
  return plan.some(({ skipped }) => skipped === undefined);
}

export function passwordOf({ settings, instance, plan }: RunRequest): string {
  return needsLab(plan) ? haclusterPassword(settings.stateDir, instance) : '';
}

/** What is masked in everything that is written: the password of the cluster, and those of the controllers. */
export function secretsOf(request: RunRequest): readonly string[] {
  return [passwordOf(request), ...fencingSecrets(request)];
}

function fencingSecrets({ backend: { fencing }, instance, plan }: RunRequest): readonly string[] {
  if (!needsLab(plan) || fencing === undefined || fencing.whyNot(instance) !== undefined) return [];
  return [...new Set(fencing.devices(instance).flatMap(({ secrets }) => Object.values(secrets)))];
}

/** Mulberry32: numbers in [0, 1), the same for the same seed. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
