import { z } from 'zod';
import { target } from '../fields/values.js';
import { message } from '../messages/message.js';
import type { Lab } from '../model/lab.js';
import type { Target } from '../model/target.js';
import { type BlockedPairs, blockTraffic, cutOff, haNamesOf } from './blocked-traffic.js';
import { defineFault, type FaultProblem, type ParamScene, type Written } from './define-fault.js';
import { cutsBetween } from './effects.js';
import { eachOnce, everyLink } from './params.js';
import { idsOf, mayBreak, mayNotSettle, QUORUM_LOST } from './walk/expected.js';
import type { Scene } from './walk/scene.js';

const params = {
  nodes: {
    schema: z
      .array(target)
      .min(3)
      .optional()
      .describe(
        'The nodes in order; each no longer receives from the next. Default: the HA nodes in the order of the lab.',
      ),
    stored: z
      .array(z.string())
      .min(3)
      .describe('Each node no longer receives from the next, and the last no longer from the first.'),
    flag: {
      value: '<nodes>',
      help: 'nodes in order, such as ha-host1,ha-host2,ha-host3 (default: every HA node)',
      example: 'ha-host1,ha-host2,ha-host3',
      read: (words: string) => words.split(','),
    },
    check: checkRing,
  },
  link: everyLink(),
};

export const ring = defineFault({
  kind: 'ring',
  params,
  parse: ({ kind, nodes, link }: Written<'ring', typeof params>, lab: Lab) => ({
    kind,
    nodes: nodes ?? haNamesOf(lab).map((name): Target => ({ kind: 'node', name })),
    ...(link === undefined ? {} : { link }),
  }),
  summary: message('fault.ring.summary'),
  expectedBehaviour: message('fault.ring.expected-behaviour'),
  needs: () => [],
  effect: ({ nodes, link }, lab) => cutsBetween(cutOff(lab, nodes, 'some', link)),
  describe: ({ link = '' }) => link,
  walk: {
    weight: 4,
    draw: ({ scene: { hosts } }) => (hosts.length < 3 ? undefined : { kind: 'ring' }),
    membersLost: (_fault, { hosts }) => hosts.length,
    effect: () => QUORUM_LOST,
    inForce: (_fault, scene) => (isOfNeighbours(scene) ? [] : comingAndGoing(scene)),
  },
  ...blockTraffic<{ readonly nodes: readonly string[] }>(({ nodes }) => neighbours(nodes)),
});

/** In a ring of three everybody is everybody's neighbour: three memberships of one, which stay. */
function isOfNeighbours({ hosts }: Scene): boolean {
  return hosts.length <= 3;
}

function comingAndGoing({ resources }: Scene) {
  return [
    mayNotSettle(message('fault.coming-and-going')),
    ...mayBreak('quorum-respected', idsOf(resources), message('fault.busy-with-membership')),
  ];
}

/** Each and the next one, the last and the first. */
function neighbours(nodes: readonly string[]): BlockedPairs {
  return nodes.map((node, index) => [node, nodes[(index + 1) % nodes.length] ?? node] as const);
}

function checkRing(nodes: readonly Target[] | undefined, { key, lab }: ParamScene): readonly FaultProblem[] {
  if (nodes !== undefined)
    return eachOnce(
      nodes.map((node, index) => ({ node, at: [key, index] })),
      lab,
    );
  const count = haNamesOf(lab).length;
  if (count >= 3) return [];
  const message = `a ring takes 3 nodes, and lab ${lab.name} has ${count}`;
  return [{ at: ['kind'], message, hint: 'use a partition or one-way-loss' }];
}
