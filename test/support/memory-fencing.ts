import { type ControllerFailure, controllersOf } from '../../src/model/fencing.js';
import type { LabInstance } from '../../src/model/lab.js';
import type { Backend } from '../../src/ports/backend.js';
import type { NodeWorld } from './memory-world.js';

/** Controllers that nobody speaks to; what is wrong with each is remembered. */
export function createMemoryFencing(
  node: (instance: LabInstance, name: string) => NodeWorld,
): Required<Pick<Backend, 'fencing' | 'controllers'>> {
  const wrong = new WeakMap<NodeWorld, Map<number, ControllerFailure>>();
  const failures = (of: NodeWorld) => wrong.get(of) ?? wrong.set(of, new Map()).get(of);
  return {
    fencing: {
      whyNot: () => undefined,
      devices: ({ lab }) =>
        controllersOf(lab).map(({ node: name, number, level, address }) => ({
          id: `fence-${name}-${number}`,
          node: name,
          level,
          agent: 'fence_memory',
          options: { ip: address },
          secrets: { password: 'hidden' },
        })),
    },
    controllers: {
      fail: async (instance, name, how, number = 1) => void failures(node(instance, name))?.set(number, how),
      recover: async (instance, name, number = 1) => void failures(node(instance, name))?.delete(number),
      failureOf: async (instance, name, number = 1) => failures(node(instance, name))?.get(number),
    },
  };
}
