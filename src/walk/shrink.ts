import { targetOf } from '../faults/walk/scene.js';
import type { ScenarioResult, StepResult } from '../model/event.js';
import { type DrawnFault, type Round, roundsOf } from './draw.js';
import { stepIdOf } from './steps.js';

/** So often the same is run again before it counts as not coming back. */
const CONFIRMATIONS = 2;

/** The faults that were made when a walk stopped at this step, of its steps in their order. */
export function prefixUntil(
  drawn: readonly DrawnFault[],
  steps: readonly string[],
  stoppedAt: string,
): readonly DrawnFault[] {
  const made = steps.slice(0, steps.indexOf(stoppedAt) + 1);
  return drawn.filter((each) => made.includes(stepIdOf(each)));
}

/**
 * Looks for the fewest faults that still fail: yields the faults to try next and receives whether they failed alike. First the
 * prefix as it was; then without ever smaller stretches of the rounds before the last one, and without one of two faults
 * that were in force at once. The caller may stop at any time; the last one that failed is the shortest known.
 */
export function* shrinking(prefix: readonly DrawnFault[]): Generator<readonly DrawnFault[], void, boolean> {
  let fails = false;
  for (let turn = 0; turn < CONFIRMATIONS && !fails; turn += 1) fails = yield prefix;
  if (!fails) return;
  const rounds = roundsOf(prefix);
  const last = rounds.at(-1) ?? [];
  const earlier = yield* withoutNeedless(rounds.slice(0, -1), last);
  if (last.length < 2) return;
  for (const drawn of last.toReversed()) {
    if (yield [...earlier.flat(), alone(drawn)]) return;
  }
}

function* withoutNeedless(
  rounds: readonly Round[],
  last: Round,
): Generator<readonly DrawnFault[], readonly Round[], boolean> {
  let kept = rounds;
  for (let size = kept.length; size >= 1; size = Math.floor(size / 2)) {
    for (let from = 0; from < kept.length; ) {
      const fewer = kept.toSpliced(from, size);
      if (yield [...fewer, last].flat()) kept = fewer;
      else from += size;
    }
  }
  return kept;
}

/** The fault that its node was relative to is gone. Faults between nodes never overlap another one. */
function alone(drawn: DrawnFault): DrawnFault {
  const { fault } = drawn;
  const node = targetOf(fault)?.replace('{any other than was ', '{any other than ');
  return { ...drawn, overlaps: false, fault: node === undefined || !('node' in fault) ? fault : { ...fault, node } };
}

/** What stopped a walk. */
export interface Trouble {
  readonly step: string;
  readonly verdict: 'failed' | 'unknown';
  /** The audit that it was, or else what part of the step. */
  readonly what: string;
  readonly reason?: string;
}

/** Undefined where nothing did, or where it was only interrupted. */
export function troubleOf(result: Pick<ScenarioResult, 'steps'>): Trouble | undefined {
  const step = result.steps.find(({ verdict }) => verdict === 'failed' || verdict === 'unknown');
  if (step === undefined || step.reason === 'interrupted') return undefined;
  const verdict = step.verdict as Trouble['verdict'];
  return { step: step.step, verdict, what: whatOf(step, verdict), reason: step.reason };
}

/** Where two runs of the same faults end alike, names of nodes aside. */
export function isAlike(one: Trouble, other: Trouble | undefined): boolean {
  return other !== undefined && one.verdict === other.verdict && one.what === other.what;
}

function whatOf({ checks, audits }: StepResult, verdict: Trouble['verdict']): string {
  if (checks.some((check) => check.verdict === verdict)) return 'expectation';
  const audit = audits?.results.find((each) => each.verdict === verdict);
  return audit === undefined ? 'action' : `audit ${audit.audit}`;
}
