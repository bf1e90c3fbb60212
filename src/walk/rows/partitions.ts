import type { Chance } from '../chance.js';
import type { Effect, RawFaultOf, RowOf } from '../row.js';
import type { Scene } from '../scene.js';
import { idsOf, mayBreak, mayNotSettle } from './excuses.js';
import { linksOf } from './links.js';
import { lost, NOTICED } from './lost.js';

/** Some against the rest, who have quorum; or each by itself, and nobody has. Nobody joins it: who is left depends on it. */
export const partitionRow: RowOf<'partition'> = {
  weight: 8,
  draw({ scene: { hosts }, chance, on }) {
    const few = chance.one(Array.from({ length: Math.ceil(hosts.length / 2) }, (_each, count) => count));
    if (few === undefined || hosts.length < 3) return undefined;
    if (few === 0) return { kind: 'partition', groups: hosts.map((host) => [host]) };
    const some = few === 1 ? lone(chance, on) : stretch(chance, hosts, few);
    return some.length === 0 ? undefined : { kind: 'partition', groups: [some, 'rest'] };
  },
  costs: (_fault, { hosts }) => hosts.length,
  effect: ({ groups }, scene) => {
    const [few] = groups;
    if (few === undefined || few === 'rest' || groups.at(-1) !== 'rest') return QUORUM_LOST;
    return { expect: few.flatMap((node) => lost(node, scene).expect), within: NOTICED };
  },
};

/** One may be a role. Of several, each is told by name: two roles may be one node. */
function lone(chance: Chance, on: readonly string[]): string[] {
  const node = chance.one(on);
  return node === undefined ? [] : [node];
}

function stretch(chance: Chance, hosts: readonly string[], length: number): string[] {
  const from = chance.one([...hosts.keys()]) ?? 0;
  return [...hosts, ...hosts].slice(from, from + length);
}

export const isolateRow: RowOf<'isolate'> = {
  weight: 8,
  draw({ chance, on }) {
    const node = chance.one(on);
    return node === undefined ? undefined : { kind: 'isolate', node };
  },
  costs: () => 1,
  effect: ({ node }, scene) => lost(node, scene),
};

/** Round a second time: neighbours may first be lost to each other one by one. */
const QUORUM_LOST: Effect = {
  expect: [{ quorum: false, 'seen-from': 'all' }],
  within: '2 * token + 2 * consensus + 20s',
};

export const ringRow: RowOf<'ring'> = {
  weight: 4,
  draw: ({ scene: { hosts } }) => (hosts.length < 3 ? undefined : { kind: 'ring' }),
  costs: (_fault, { hosts }) => hosts.length,
  effect: () => QUORUM_LOST,
  inForce: (_fault, scene) => (isOfNeighbours(scene) ? [] : comingAndGoing(scene)),
};

/** In a ring of three everybody is everybody's neighbour: three memberships of one, which stay. */
function isOfNeighbours({ hosts }: Scene): boolean {
  return hosts.length <= 3;
}

function comingAndGoing({ resources }: Scene) {
  return [
    mayNotSettle({
      en: 'Those that are no neighbours still hear each other, and memberships may come and go.',
      zh: '不相邻的节点仍能互相收到数据，成员关系可能反复变化。',
    }),
    ...mayBreak('quorum-respected', idsOf(resources), {
      en: 'A node may be too busy with its membership to stop what it runs.',
      zh: '节点可能忙于处理成员变化，来不及停止它运行的资源。',
    }),
  ];
}

/** Enough for the heartbeat. No netem: that is an ability of the node's kernel, and a rate by itself needs none. */
const RATES = ['1mbit', '10mbit'] as const;

export const shapeRow: RowOf<'shape'> = {
  weight: 4,
  draw({ scene, chance, on }): RawFaultOf<'shape'> | undefined {
    const node = chance.one(on);
    const link = node && chance.one(linksOf(node, scene));
    const rate = chance.one(RATES);
    return node && link && rate ? { kind: 'shape', node, link, rate } : undefined;
  },
  costs: () => 1,
  isOneAtMost: true,
  holdS: 10,
};
