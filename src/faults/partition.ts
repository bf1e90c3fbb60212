import { z } from 'zod';
import { target } from '../fields/values.js';
import { message } from '../messages/message.js';
import { LabError } from '../model/errors.js';
import { KEPT } from '../model/fault-effect.js';
import type { Target } from '../model/target.js';
import { betweenGroups, blockTraffic, carriesCluster, haNamesOf } from './blocked-traffic.js';
import { defineFault, type FaultProblem, type ParamScene } from './define-fault.js';
import { cutsBetween } from './effects.js';
import { eachOnce, everyLink, problemAt } from './params.js';
import { lost, NOTICED, QUORUM_LOST } from './walk/expected.js';
import type { Chance } from './walk/row.js';

const group = z.array(target).min(1).describe('Nodes that still receive from one another.');

const params = {
  groups: {
    schema: z
      .array(z.union([group, z.literal('rest')]))
      .min(2)
      .describe('Two or more. The last may be `rest`: every HA node that no other group names.'),
    stored: z
      .array(z.array(z.string()).min(1))
      .min(2)
      .describe('Nodes of different groups do not receive from one another.'),
    flag: {
      value: '<groups>',
      help: 'such as ha-host1/ha-host2,ha-host3 or ha-host1/rest',
      example: 'ha-host1/rest',
      read: (words: string) => words.split('/').map((word) => (word === 'rest' ? word : word.split(','))),
    },
    check: checkGroups,
  },
  link: everyLink(),
};

export const partition = defineFault({
  kind: 'partition',
  params,
  parse: ({ kind, groups, link }) => ({
    kind,
    groups: groups.flatMap((each) => (each === 'rest' ? [] : [each])),
    ...(groups.includes('rest') ? { rest: true as const } : {}),
    ...(link === undefined ? {} : { link }),
  }),
  complete: ({ rest, ...fault }, lab) => {
    if (rest === undefined) return fault;
    const named = fault.groups.flat();
    const left = haNamesOf(lab).filter((name) => !named.includes(name));
    if (left.length === 0)
      throw new LabError('role-unresolved', `rest means no node: ${named.join(', ')} are all there are`);
    return { ...fault, groups: [...fault.groups, left] };
  },
  summary: message('fault.partition.summary'),
  expectedBehaviour: message('fault.partition.expected-behaviour'),
  needs: () => [],
  effect: ({ groups, link }, lab) =>
    cutsBetween(groups.flat().some((node) => carriesCluster(lab, node, link)) ? { kind: 'partitioned', groups } : KEPT),
  describe: ({ link = '' }) => link,
  /** A few nodes against the rest, which has quorum; or every node alone, without quorum. No other fault overlaps it: the remaining members depend on it. */
  walk: {
    weight: 8,
    draw({ scene: { hosts }, chance, on }) {
      const few = chance.one(Array.from({ length: Math.ceil(hosts.length / 2) }, (_each, count) => count));
      if (few === undefined || hosts.length < 3) return undefined;
      if (few === 0) return { kind: 'partition', groups: hosts.map((host) => [host]) };
      // One may be a role. Of several, each is named: two roles may be one node.
      const some = few === 1 ? [chance.one(on)].filter((node) => node !== undefined) : stretch(chance, hosts, few);
      return some.length === 0 ? undefined : { kind: 'partition', groups: [some, 'rest' as const] };
    },
    membersLost: (_fault, { hosts }) => hosts.length,
    effect: ({ groups }, scene) => {
      const [few] = groups;
      if (few === undefined || few === 'rest' || groups.at(-1) !== 'rest') return QUORUM_LOST;
      return { expect: few.flatMap((node) => lost(node, scene).expect), within: NOTICED };
    },
  },
  ...blockTraffic<{ readonly groups: readonly (readonly string[])[] }>(({ groups }) => betweenGroups(groups)),
});

function stretch(chance: Chance, hosts: readonly string[], length: number): string[] {
  const from = chance.one([...hosts.keys()]) ?? 0;
  return [...hosts, ...hosts].slice(from, from + length);
}

function checkGroups(
  groups: readonly (readonly Target[] | 'rest')[],
  { key, lab }: ParamScene,
): readonly FaultProblem[] {
  const places = groups.flatMap((each, index) =>
    each === 'rest' ? [] : each.map((node, inner) => ({ node, at: [key, index, inner] })),
  );
  const early = groups.findIndex((each, index) => each === 'rest' && index < groups.length - 1);
  const names = places.flatMap(({ node }) => (node.kind === 'node' ? [node.name] : []));
  const isNobodyLeft = groups.at(-1) === 'rest' && haNamesOf(lab).every((name) => names.includes(name));
  const notLast = { message: 'rest is not the last group', hint: 'put it last, and once' };
  const noneLeft = { message: 'no node is left for rest: the other groups name every HA node', hint: 'leave it out' };
  return [
    ...eachOnce(places, lab),
    ...problemAt([key, early], early === -1 ? undefined : notLast),
    ...problemAt([key, groups.length - 1], isNobodyLeft ? noneLeft : undefined),
  ];
}
