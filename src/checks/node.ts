import { z } from 'zod';
import type { ScenarioFields } from '../fields/scenario-fields.js';
import { strict } from '../fields/schema.js';
import { nodeIs } from '../model/claims.js';
import type { ClusterState, StatusReading } from '../model/cluster-state.js';
import { haNodesOf } from '../model/lab.js';
import { NODE_CONDITIONS, type NodeCondition } from '../model/scenario.js';
import { targetText } from '../model/target.js';
import type { Judgement } from '../model/verdict.js';
import { camelKeys, defineCheck } from './define-check.js';
import { describeSeenFrom, judgeClaims, judgeFromView, targetsOfView } from './view.js';

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
  targets: ({ node, seenFrom }) => [node, ...targetsOfView(seenFrom)],
  setsAside: ({ node, is }) => (is === 'online' ? [] : [node]),
  readsStatusText: true,
  describe: ({ node, is, seenFrom }) => `${targetText(node)} is ${is}${describeSeenFrom(seenFrom)}`,
  async observe({ node, seenFrom }, context) {
    const nodes = node.kind === 'all' ? haNodesOf(context.lab).map(({ name }) => name) : [await context.resolve(node)];
    return { nodes, readings: await context.readings(seenFrom) };
  },
  judge: ({ is, seenFrom }, { nodes, readings }) =>
    judgeFromView(seenFrom, readings, (state) => judgeNodes(state, nodes, is)),
});

export function judgeNodes(state: ClusterState, nodes: readonly string[], is: NodeCondition): Judgement {
  return judgeClaims(
    nodes.map((node) => nodeIs(state, node, is)),
    `${nodes.join(', ')} ${is}`,
  );
}
