import { type Claim, resourceIsKnown } from '../model/claims.js';
import type { ClusterState, StatusReading } from '../model/cluster-state.js';
import type { SeenFrom } from '../model/expectation.js';
import { describeQuorum } from '../model/state-text.js';
import type { Target } from '../model/target.js';
import { targetText } from '../model/target.js';
import type { Judgement } from '../model/verdict.js';
import type { CheckContext } from '../ports/check.js';
import type { ExecResult } from '../ports/transport.js';
import { passedIf, tryExec } from './define-check.js';

/** A node that answered, with the state that it reports. */
export interface Respondent {
  readonly node: string;
  readonly state: ClusterState;
}

/** Quorate or not. */
export function respondentsIn(readings: readonly StatusReading[]): readonly Respondent[] {
  return readings.flatMap(({ node, state }) => (state === undefined ? [] : [{ node, state }]));
}

/** The node to ask what one can answer for all: one in a partition with quorum, or else the first that answered. */
export function reportingNodeIn(readings: readonly StatusReading[]): Respondent | undefined {
  const respondents = respondentsIn(readings);
  return respondents.find(({ state }) => state.quorate === true) ?? respondents[0];
}

/** A tool's answer from the node that can answer for all, or why there is none. Never throws. */
export async function askMajority(
  context: CheckContext,
  argv: readonly string[],
  timeoutMs: number,
): Promise<{ readonly node: string; readonly result: ExecResult } | { readonly problem: string }> {
  const readings = await context.readings({ kind: 'majority' });
  const node = reportingNodeIn(readings)?.node;
  if (node === undefined) return { problem: noReading(readings).seen };
  const result = await tryExec(context, node, argv, timeoutMs);
  return 'problem' in result ? { problem: `${node} could not be asked: ${result.problem}` } : { node, result };
}

/** The verdict where no node of this view answered. */
export function noReading(readings: readonly StatusReading[]): Judgement {
  const problems = readings.map(({ node, problem }) => `${node}: ${problem?.message ?? 'no state'}`);
  return { verdict: 'unknown', seen: `no reading of the cluster: ${problems.join('; ') || 'no node answered'}` };
}

/** That every node of this view answers that the cluster does not run on it; undefined where one does, or does not answer. */
export function downEverywhere(readings: readonly StatusReading[]): string | undefined {
  if (readings.length === 0 || readings.some(({ problem }) => problem?.kind !== 'cluster-down')) return undefined;
  return `the cluster is not running on ${readings.map(({ node }) => node).join(', ')}`;
}

/** `node says …` of each, for verdicts in which they differ. */
export function reportsOf(respondents: readonly Respondent[], text: (state: ClusterState) => string): string {
  return respondents.map(({ node, state }) => `${node} says ${text(state)}`).join('; ');
}

/**
 * The judgement that all respondents of this view agree on. Of the majority only those in a partition with quorum count;
 * where they disagree, or none has quorum, it fails, for it may yet come true.
 */
export function judgeFromView(
  seenFrom: SeenFrom,
  readings: readonly StatusReading[],
  judge: (state: ClusterState) => Judgement,
): Judgement {
  const answered = respondentsIn(readings);
  if (answered.length === 0) return noReading(readings);
  const counted = seenFrom.kind === 'majority' ? answered.filter(({ state }) => state.quorate === true) : answered;
  if (counted.length === 0) return undecided(`no partition with quorum: ${reportsOf(answered, describeQuorum)}`);
  return agreement(counted.map(({ node, state }) => ({ node, ...judge(state) })));
}

function agreement(judgements: readonly (Judgement & { readonly node: string })[]): Judgement {
  const seen = [...new Set(judgements.map((judgement) => judgement.seen))].map((text) => {
    const nodes = judgements.filter((judgement) => judgement.seen === text).map(({ node }) => node);
    return `${text} (according to ${nodes.join(', ')})`;
  });
  const failed = judgements.filter(({ verdict }) => verdict === 'failed');
  const isSplit = failed.length > 0 && failed.length < judgements.length;
  if (isSplit || failed.some(({ isUndecided }) => isUndecided)) return undecided(seen.join('; '));
  return passedIf(failed.length === 0, seen.join('; '));
}

function undecided(seen: string): Judgement {
  return { verdict: 'failed', seen, isUndecided: true };
}

/** Failed by the first claim that does not hold, with what is seen instead; or passed with `seen`. */
export function judgeClaims(claims: readonly Claim[], seen: string): Judgement {
  const wrong = claims.find(({ holds }) => !holds);
  if (wrong === undefined) return { verdict: 'passed', seen };
  return wrong.isUndecided ? undecided(wrong.seen) : { verdict: 'failed', seen: wrong.seen };
}

/** That the state has the resource; where it has not, neither this nor its contrary holds. */
export function mustHaveResource(state: ClusterState, id: string): Claim {
  return { ...hasResource(state, id), isUndecided: true };
}

export function hasResource(state: ClusterState, id: string): Claim {
  const claim = resourceIsKnown(state, id);
  return claim.holds ? claim : { ...claim, seen: `there is no resource ${id}: ${claim.seen}` };
}

/** Ends a description; the majority's view is the default and is not named. */
export function describeSeenFrom(seenFrom: SeenFrom): string {
  return seenFrom.kind === 'majority' ? '' : `, as ${targetText(seenFrom.target)} sees it`;
}

export function targetsOfView(seenFrom: SeenFrom): readonly Target[] {
  return seenFrom.kind === 'target' ? [seenFrom.target] : [];
}
