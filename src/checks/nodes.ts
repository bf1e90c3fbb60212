import { z } from 'zod';
import type { ScenarioFields } from '../fields/scenario-fields.js';
import { strict } from '../fields/schema.js';
import { haNodesOf } from '../model/lab.js';
import { NODE_CONDITIONS } from '../model/scenario.js';
import { defineCheck } from './define-check.js';
import { judgeNodes, type NodesObservation } from './node.js';
import { describeSeenFrom, judgeFromView, targetsOfView } from './view.js';

const schema = ({ seenFrom }: ScenarioFields) =>
  strict({ nodes: z.literal('all'), are: z.enum(NODE_CONDITIONS), 'seen-from': seenFrom })
    .describe('State of every ha node.')
    .transform(({ are, 'seen-from': seenFrom }) => ({ are, seenFrom }));

/** Every HA node of the lab. */
export const nodesCheck = defineCheck({
  kind: 'nodes',
  schema,
  cost: 1,
  when: 'now',
  targets: ({ seenFrom }) => targetsOfView(seenFrom),
  setsAside: ({ are }) => (are === 'online' ? [] : [{ kind: 'all' }]),
  readsStatusText: true,
  describe: ({ are, seenFrom }) => `all nodes are ${are}${describeSeenFrom(seenFrom)}`,
  observe: async ({ seenFrom }, context): Promise<NodesObservation> => ({
    nodes: haNodesOf(context.lab).map(({ name }) => name),
    readings: await context.readings(seenFrom),
  }),
  judge: ({ are, seenFrom }, { nodes, readings }) =>
    judgeFromView(seenFrom, readings, (state) => judgeNodes(state, nodes, are)),
});
