import { type ControllerFailure, controllersOf } from '../../src/model/fencing.js';
import type { LabInstance } from '../../src/model/lab.js';
import type { Backend } from '../../src/ports/backend.js';
import type { NodeWorld } from './memory-world.js';

/** Controllers that nobody speaks to; what is wrong with each is remembered. */
export function createMemoryFencing(
  node: (instance: LabInstance, name: string) => NodeWorld,
): Required<Pick<Backend, 'fencing' | 'controllers'>> {
  const wrong = new WeakMap<NodeWorld, ControllerFailure>();
  return {
    fencing: {
      whyNot: () => undefined,
      devices: ({ lab }) =>
        controllersOf(lab).map(({ node: name, level, address }) => ({
          id: `fence-${name}-${level}`,
          node: name,
          level,
          agent: 'fence_memory',
          options: { ip: address },
          secrets: { password: 'hidden' },
        })),
    },
    controllers: {
      fail: async (instance, name, how) => void wrong.set(node(instance, name), how),
      recover: async (instance, name) => void wrong.delete(node(instance, name)),
      failureOf: async (instance, name) => wrong.get(node(instance, name)),
    },
  };
}
