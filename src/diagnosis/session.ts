import type { ClusterState, StatusOutput } from '../model/cluster-state.js';
import { differencesBetween } from './changes.js';

/** What several outputs in one text say together. */
export interface Session {
  /** How many outputs the text holds. */
  readonly outputs: number;
  /** Those that are explained, the last one last: one of each node or cluster that was asked in the last round. */
  readonly explained: readonly StatusOutput[];
  /** Pairs of nodes that each report the other as lost while they are online themselves. */
  readonly split: readonly (readonly [string, string])[];
  /** An earlier output of the same cluster, and what differs in the last one. */
  readonly earlier?: {
    readonly output: StatusOutput;
    readonly changes: readonly string[];
    readonly typed: readonly string[];
  };
}

/** Pure. */
export function sessionOf(outputs: readonly StatusOutput[]): Session {
  const explained = lastRound(outputs);
  const split = explained.flatMap((one, at) =>
    explained
      .slice(at + 1)
      .flatMap((other) => (isSplit(one, other) ? [[one.node ?? '', other.node ?? ''] as const] : [])),
  );
  const earlier = explained.length === 1 ? earlierOf(outputs) : undefined;
  return { outputs: outputs.length, explained, split, ...(earlier === undefined ? {} : { earlier }) };
}

/**
 * The last output, and those before it that tell of something else: another cluster, another node that was asked before anything
 * was done, or the other side of a split. Of each node and cluster the latest one.
 */
function lastRound(outputs: readonly StatusOutput[]): readonly StatusOutput[] {
  const last = outputs.at(-1);
  if (last === undefined) return [];
  const round = [last];
  let isUndisturbed = true;
  for (let at = outputs.length - 2; at >= 0; at -= 1) {
    const output = outputs[at] as StatusOutput;
    isUndisturbed &&= outputs[at + 1]?.after.length === 0;
    if (round.some((known) => isLater(known, output))) continue;
    if (round.some(({ state }) => showsTheSame(output.state, state))) continue;
    if (isUndisturbed || isSplit(output, last) || !isOneCluster(output.state, last.state)) round.unshift(output);
  }
  return round;
}

/** Whether `known` replaces an earlier output: it tells of the same cluster, and nothing shows that another node printed it. */
function isLater(known: StatusOutput, earlier: StatusOutput): boolean {
  if (!isOneCluster(known.state, earlier.state)) return false;
  return known.node === undefined || earlier.node === undefined || known.node === earlier.node;
}

/** Nodes that agree are explained once. */
function showsTheSame(one: ClusterState, other: ClusterState): boolean {
  const isAlike = one.nodes.length > 0 && isOneCluster(one, other) && one.printed.join() === other.printed.join();
  return isAlike && differencesBetween(one, other).length === 0;
}

/** An error names no node; then nothing speaks against it. */
function isOneCluster(one: ClusterState, other: ClusterState): boolean {
  if (one.clusterName !== undefined && other.clusterName !== undefined && one.clusterName !== other.clusterName)
    return false;
  if (one.nodes.length === 0 || other.nodes.length === 0) return true;
  return one.nodes.some(({ name }) => other.nodes.some((each) => each.name === name));
}

function isSplit(one: StatusOutput, other: StatusOutput): boolean {
  return isWithout(one, other.node) && isWithout(other, one.node);
}

/** Whether this node is online by its own account, and has lost the other. */
function isWithout({ node, state }: StatusOutput, other: string | undefined): boolean {
  const isOnline = (name: string | undefined) => state.nodes.find((each) => each.name === name)?.online;
  return node !== other && isOnline(node) === true && isOnline(other) === false;
}

function earlierOf(outputs: readonly StatusOutput[]): Session['earlier'] {
  const last = outputs.at(-1);
  const output = outputs.at(-2);
  if (last === undefined || output === undefined || last.state.nodes.length === 0) return undefined;
  if (output.state.nodes.length === 0 || !isOneCluster(last.state, output.state)) return undefined;
  // XML prints roles and instances that a text leaves out, so the two differ where nothing changed.
  if (last.isXml !== output.isXml) return undefined;
  return { output, changes: differencesBetween(output.state, last.state), typed: last.after };
}
