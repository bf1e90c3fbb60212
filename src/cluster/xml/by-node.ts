import type { Primitive, Resource } from '../../model/cluster-state.js';
import { instancesOf } from '../../model/resource-tree.js';
import { childrenNamed, type XmlElement } from '../xml-tree.js';
import { primitiveOf, type Surroundings } from './resources.js';

/**
 * What `--group-by-node` prints under each node, without its containers: an instance for each place. `<resources>` holds
 * once more what is not active in all its parts (`resource_list` in `lib/pengine/pe_output.c`); that is left out here.
 */
export function instancesByNode(
  nodes: readonly XmlElement[],
  listed: readonly Resource[],
  around: Surroundings,
): readonly Primitive[] {
  if (nodes.every(({ children }) => children.length === 0)) return [];
  const seen = new Map<string, number>();
  for (const { id, nodes: places } of instancesOf({ resources: listed })) {
    for (const place of places) seen.set(keyOf(id, place), (seen.get(keyOf(id, place)) ?? 0) + 1);
  }
  return nodes.flatMap((node) => {
    const name = node.attributes.name ?? '';
    return childrenNamed(node, 'resource').flatMap((element): readonly Primitive[] => {
      const instance = primitiveOf(element, around, [name]);
      const before = seen.get(keyOf(instance.id, name)) ?? 0;
      if (before > 0) {
        seen.set(keyOf(instance.id, name), before - 1);
        return [];
      }
      // One that is active on several nodes stands under each of them.
      for (const place of instance.nodes) {
        if (place !== name) seen.set(keyOf(instance.id, place), (seen.get(keyOf(instance.id, place)) ?? 0) + 1);
      }
      return [instance];
    });
  });
}

function keyOf(id: string, node: string): string {
  return JSON.stringify([id, node]);
}
