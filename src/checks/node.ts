import { z } from 'zod';
import type { ScenarioFields } from '../fields/scenario-fields.js';
import { strict } from '../fields/schema.js';
import type { ClusterState, StatusReading } from '../model/cluster-state.js';
import { haNodesOf } from '../model/lab.js';
import { NODE_CONDITIONS, type NodeCondition } from '../model/scenario.js';
import { expectState } from './assertion.js';
import { camelKeys, defineCheck, targetOfView } from './define-check.js';
import { judgeFromSeat } from './seat.js';
import { describeSeat, describeTarget } from './wording.js';

export interface NodesObservation {
  /** Names of the nodes meant. */
  readonly nodes: readonly string[];
  readonly readings: readonly StatusReading[];
}

const schema = ({ target, seenFrom }: ScenarioFields) =>
  strict({ node: target, is: z.enum(NODE_CONDITIONS), 'seen-from': seenFrom })
    .describe('State of one node.')
    .transform(camelKeys);

export const nodeCheck = defineCheck({
  kind: 'node',
  schema,
  cost: 1,
  when: 'now',
  targets: ({ node, seenFrom }) => [node, ...targetOfView(seenFrom)],
  setsAside: ({ node, is }) => (is === 'online' ? [] : [node]),
  standsOnStatus: true,
  describe: ({ node, is, seenFrom }) => `${describeTarget(node)} is ${is}${describeSeat(seenFrom)}`,
  async observe({ node, seenFrom }, context) {
    const nodes = node.kind === 'all' ? haNodesOf(context.lab).map(({ name }) => name) : [await context.resolve(node)];
    return { nodes, readings: await context.readings(seenFrom) };
  },
  judge: ({ is, seenFrom }, { nodes, readings }) =>
    judgeFromSeat(seenFrom, readings, (state) => lookAtNodes(state, nodes, is)),
});

/** Throws chai's AssertionError for the first node that is not so. */
export function lookAtNodes(state: ClusterState, nodes: readonly string[], is: NodeCondition): string {
  for (const node of nodes) expectState(state).to.have.node(node)[is];
  return `${nodes.join(', ')} ${is}`;
}
