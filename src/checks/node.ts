import { z } from 'zod';
import type { ScenarioFields } from '../fields/scenario-fields.js';
import { strict } from '../fields/schema.js';
import { type Claim, nodeIs } from '../model/claims.js';
import type { ClusterState, StatusReading } from '../model/cluster-state.js';
import { NODE_CONDITIONS, type NodeCondition, type SeenFrom } from '../model/expectation.js';
import { haNodesOf } from '../model/lab.js';
import { describeNode } from '../model/state-text.js';
import { targetText } from '../model/target.js';
import type { Judgement } from '../model/verdict.js';
import { camelKeys, defineCheck } from './define-check.js';
import { describeSeenFrom, downEverywhere, judgeClaims, judgeFromView, targetsOfView } from './view.js';

const schema = ({ target, seenFrom }: ScenarioFields) =>
  strict({ node: target, is: z.enum(NODE_CONDITIONS), 'seen-from': seenFrom })
    .describe('The state of one node.')
    .transform(camelKeys);

export const nodeCheck = defineCheck({
  kind: 'node',
  schema,
  cost: 1,
  when: 'now',
  targets: ({ node, seenFrom }) => [node, ...targetsOfView(seenFrom)],
  setsAside: ({ node, is }, isDenied) => ((is === 'online') === isDenied ? [node] : []),
  readsStatusText: true,
  describe: ({ node, is, seenFrom }) => `${targetText(node)} is ${is}${describeSeenFrom(seenFrom)}`,
  async observe({ node, seenFrom }, context) {
    const nodes = node.kind === 'all' ? haNodesOf(context.lab).map(({ name }) => name) : [await context.resolve(node)];
    return { nodes, readings: await context.readings(seenFrom) };
  },
  judge: ({ is, seenFrom }, observed) => judgeIn(seenFrom, observed, is),
});

const allSchema = ({ seenFrom }: ScenarioFields) =>
  strict({ nodes: z.literal('all'), are: z.enum(NODE_CONDITIONS), 'seen-from': seenFrom })
    .describe('The state of every HA node.')
    .transform(({ are, 'seen-from': seenFrom }) => ({ are, seenFrom }));

/** Every HA node of the lab. */
export const nodesCheck = defineCheck({
  kind: 'nodes',
  schema: allSchema,
  cost: 1,
  when: 'now',
  targets: ({ seenFrom }) => targetsOfView(seenFrom),
  setsAside: ({ are }, isDenied) => ((are === 'online') === isDenied ? [{ kind: 'all' }] : []),
  readsStatusText: true,
  describe: ({ are, seenFrom }) => `all nodes are ${are}${describeSeenFrom(seenFrom)}`,
  observe: async ({ seenFrom }, context) => ({
    nodes: haNodesOf(context.lab).map(({ name }) => name),
    readings: await context.readings(seenFrom),
  }),
  judge: ({ are, seenFrom }, observed) => judgeIn(seenFrom, observed, are),
});

interface Observed {
  readonly nodes: readonly string[];
  readonly readings: readonly StatusReading[];
}

/** A node that answers that the cluster does not run on it is not online. What else it is, only the cluster could say. */
function judgeIn(seenFrom: SeenFrom, { nodes, readings }: Observed, is: NodeCondition): Judgement {
  const down = downEverywhere(readings);
  const isAsked = nodes.every((node) => readings.some((each) => each.node === node));
  if (is === 'online' && down !== undefined && isAsked) return { verdict: 'failed', seen: down };
  return judgeFromView(seenFrom, readings, (state) => judgeNodes(state, nodes, is));
}

function judgeNodes(state: ClusterState, nodes: readonly string[], is: NodeCondition): Judgement {
  return judgeClaims(
    nodes.map((node) => named(state, node, nodeIs(state, node, is))),
    `${nodes.join(', ')} ${is}`,
  );
}

/** With the node's name in what is seen of it. */
function named({ nodes }: ClusterState, name: string, claim: Claim): Claim {
  const node = nodes.find((each) => each.name === name);
  const seen = node === undefined ? `no node ${name} is known: ${claim.seen}` : `${name} ${describeNode(node)}`;
  return { ...claim, seen };
}
