import type { CheckResult, ProbeResult, StepAudits, StepResult } from '../model/event.js';
import type { Expectation } from '../model/expectation.js';
import type { LabObservation } from '../model/observation.js';
import { worstVerdict } from '../model/verdict.js';
import type { StepScope } from './act.js';
import { expectedInWords, type Judged } from './round.js';

type StepPlace = Pick<StepScope, 'session' | 'scenario' | 'step'>;

/** What is known of a step so far; it is part of the result even if the step breaks off. */
export interface Progress {
  targets: Readonly<Record<string, string>>;
  checks: readonly CheckResult[];
  probes: readonly ProbeResult[];
  audits?: StepAudits;
  /** The audits' first observation, if it began before the last expectation was confirmed. */
  begunObservation?: Promise<LabObservation> | undefined;
}

/** Check results in the scenario's order; the `pcs status` texts that they are based on are written to the run folder. */
export function checkResultsOf(
  scope: StepPlace,
  order: readonly Expectation[],
  judged: readonly Judged[],
): readonly CheckResult[] {
  const write = createTextWriter(scope);
  const byPlace = judged.toSorted((a, b) => order.indexOf(a.expectation) - order.indexOf(b.expectation));
  return byPlace.map(({ expectation, judgement, texts, resolved }) => ({
    expected: expectedInWords(scope.session.deps.checks, expectation, resolved),
    verdict: judgement.verdict,
    seen: judgement.seen,
    evidence: texts.flatMap(({ node, text }) => (text === undefined ? [] : [write(node, text)])),
  }));
}

/** Writes one file per node, because all of a step's texts of one node come from the same reading. */
function createTextWriter({ session, scenario, step }: StepPlace): (node: string, text: string) => string {
  const written = new Map<string, string>();
  return (node, text) => {
    const path =
      written.get(node) ?? session.deps.folder.write(`evidence/status/${scenario}/${step.id}-${node}.txt`, text);
    written.set(node, path);
    return path;
  };
}

/** The step's result for events and reports; `problem` is why it is inconclusive, if it is. */
export function stepResultOf(
  { session, scenario, step }: StepPlace,
  { checks, targets, probes, audits }: Progress,
  durationMs: number,
  problem: string | undefined,
): StepResult {
  const constants = session.time.known();
  const reason = worstReason(checks, audits, problem);
  const judged = [...checks, ...(audits?.results ?? [])].map(({ verdict: each }) => each);
  // A step that broke off failed none of the checks still to come, but what an audit found in the cluster stands.
  const isBroken = audits?.results.some(({ verdict: each }) => each === 'failed') === true;
  const verdict = problem === undefined || isBroken ? worstVerdict(['passed', ...judged]) : 'unknown';
  return {
    scenario,
    step: step.id,
    title: step.title,
    verdict,
    durationMs,
    ...(reason === undefined ? {} : { reason }),
    checks,
    targets,
    ...(probes.length > 0 ? { probes } : {}),
    ...(audits ? { audits } : {}),
    ...(step.hint && verdict !== 'passed' ? { hint: step.hint } : {}),
    ...(constants ? { constants } : {}),
  };
}

/** Why a step did not pass: failures come before inconclusive results, checks before audits. */
function worstReason(
  checks: readonly CheckResult[],
  audits: StepAudits | undefined,
  problem: string | undefined,
): string | undefined {
  const ofChecks = (verdict: CheckResult['verdict']): string | undefined => {
    const bad = checks.find((check) => check.verdict === verdict);
    return bad && `expected “${bad.expected}”; last seen: ${bad.seen}`;
  };
  const ofAudits = (verdict: 'failed' | 'unknown') => audits && reasonOfAudits(audits, verdict);
  if (problem !== undefined) {
    const broken = ofAudits('failed');
    return broken === undefined ? problem : `${problem}\n${broken}`;
  }
  return ofChecks('failed') ?? ofAudits('failed') ?? ofChecks('unknown') ?? ofAudits('unknown');
}

const REPORT_EVERY_MS = 500;

/** Reports what a waiting step sees, at most twice a second. */
export function createProgressReporter({ session, scenario, step }: StepPlace): (seen: string) => void {
  const { clock, emit } = session.deps;
  const begunMs = clock.monotonicMs();
  let reportedMs = Number.NEGATIVE_INFINITY;
  return (seen) => {
    const now = clock.monotonicMs();
    if (now - reportedMs < REPORT_EVERY_MS) return;
    reportedMs = now;
    emit({ kind: 'step-waiting', scenario, step: step.id, seen, elapsedMs: now - begunMs });
  };
}

/** The first audit with this verdict, and what it saw. */
function reasonOfAudits({ results }: StepAudits, verdict: 'failed' | 'unknown'): string | undefined {
  const bad = results.find((each) => each.verdict === verdict);
  return bad && `audit ${bad.audit}: ${bad.seen}`;
}
