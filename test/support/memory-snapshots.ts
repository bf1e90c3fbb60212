import { LabError } from '../../src/model/errors.js';
import type { LabSnapshot, SnapshotAbility } from '../../src/ports/backend.js';
import type { Clock } from '../../src/ports/clock.js';
import type { MemoryWorld } from './memory-world.js';

interface Kept extends LabSnapshot {
  restore(): void;
}

/** Snapshots of a world in memory: what each node has and how it stands, without the cluster's resources. */
export function createMemorySnapshots(worldOf: (instance: string) => MemoryWorld, clock: Clock): SnapshotAbility {
  const kept = new Map<MemoryWorld, Kept[]>();
  const of = (instance: string): Kept[] => {
    const world = worldOf(instance);
    if (!kept.has(world)) kept.set(world, []);
    return kept.get(world) ?? [];
  };
  return {
    async take({ name }, snapshot) {
      if (of(name).some((each) => each.name === snapshot))
        throw new LabError('usage', `${name} has a snapshot ${snapshot} already`);
      of(name).push({ name: snapshot, at: clock.now(), restore: copyOf(worldOf(name)) });
    },
    async restore({ name }, snapshot) {
      const found = of(name).find((each) => each.name === snapshot);
      if (!found) throw new LabError('usage', `${name} has no snapshot ${snapshot}`);
      found.restore();
    },
    list: async ({ name }) => of(name).map(({ name: own, at }) => ({ name: own, at })),
    async remove({ name }, snapshot) {
      const left = of(name).filter((each) => each.name !== snapshot);
      of(name).splice(0, Number.POSITIVE_INFINITY, ...left);
    },
  };
}

/** To the function that puts it all back. */
function copyOf(world: MemoryWorld): () => void {
  const copies = [...world.nodes.values()].map((node) => {
    const { isOn, isFrozen, clusterRuns, clusterEnabled } = node;
    const links = [...node.links].map(([name, link]) => [name, { ...link }] as const);
    return { node, flags: { isOn, isFrozen, clusterRuns, clusterEnabled }, links, files: [...node.files] };
  });
  return () => {
    for (const { node, flags, links, files } of copies) {
      Object.assign(node, flags);
      for (const [name, link] of links) node.links.set(name, { ...link });
      node.files.clear();
      for (const [path, content] of files) node.files.set(path, content);
    }
    world.changed();
  };
}
