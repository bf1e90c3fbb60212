import { haNodesOf } from '../model/lab.js';
import type { CheckDriver } from '../ports/check.js';
import type { ExpectationOf } from './kinds.js';
import { lookAtNodes, type NodesObservation } from './node.js';
import { judgeFromSeat } from './seat.js';
import { describeSeat } from './wording.js';

/** Every HA node of the lab. */
export const nodesCheck: CheckDriver<ExpectationOf<'nodes'>, NodesObservation> = {
  kind: 'nodes',
  standsOnStatus: true,
  describe: ({ are, seenFrom }) => `all nodes are ${are}${describeSeat(seenFrom)}`,
  observe: async ({ seenFrom }, context) => ({
    nodes: haNodesOf(context.lab).map(({ name }) => name),
    readings: await context.readings(seenFrom),
  }),
  judge: ({ are, seenFrom }, { nodes, readings }) =>
    judgeFromSeat(seenFrom, readings, (state) => lookAtNodes(state, nodes, are)),
};
