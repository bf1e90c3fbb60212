import type { ClusterState, StatusReading } from '../model/cluster-state.js';
import { haNodesOf } from '../model/lab.js';
import type { NodeCondition } from '../model/scenario.js';
import type { CheckDriver } from '../ports/check.js';
import { expectState } from './assertion.js';
import type { ExpectationOf } from './kinds.js';
import { judgeFromSeat } from './seat.js';
import { describeSeat, describeTarget } from './wording.js';

export interface NodesObservation {
  /** Names of the nodes meant. */
  readonly nodes: readonly string[];
  readonly readings: readonly StatusReading[];
}

export const nodeCheck: CheckDriver<ExpectationOf<'node'>, NodesObservation> = {
  kind: 'node',
  standsOnStatus: true,
  describe: ({ node, is, seenFrom }) => `${describeTarget(node)} is ${is}${describeSeat(seenFrom)}`,
  async observe({ node, seenFrom }, context) {
    const nodes = node.kind === 'all' ? haNodesOf(context.lab).map(({ name }) => name) : [await context.resolve(node)];
    return { nodes, readings: await context.readings(seenFrom) };
  },
  judge: ({ is, seenFrom }, { nodes, readings }) =>
    judgeFromSeat(seenFrom, readings, (state) => lookAtNodes(state, nodes, is)),
};

/** Throws chai's AssertionError for the first node that is not so. */
export function lookAtNodes(state: ClusterState, nodes: readonly string[], is: NodeCondition): string {
  for (const node of nodes) expectState(state).to.have.node(node)[is];
  return `${nodes.join(', ')} ${is}`;
}
