import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { LabInstance } from '../../model/lab.js';
import type { SnapshotAbility } from '../../ports/backend.js';
import { oldestFirst, requireKnownName, requireNewName } from '../snapshot-names.js';
import { inPartialFolder, loadDisks, putDisks, type SavedDisks, type StartNodes, saveDisks } from './disks-of-lab.js';
import type { EmbeddedDeps } from './host.js';
import { labDirs } from './names.js';

const QUIET = { onProgress: () => undefined };

/** Snapshots of the disks of all nodes, taken while the lab is off. What ran is started again, so memory is not kept. */
export function createSnapshots(deps: EmbeddedDeps, start: StartNodes): SnapshotAbility {
  const all = (instance: LabInstance) => snapshotsOf(deps, instance);
  const names = (instance: LabInstance) => all(instance).map(({ name }) => name);
  return {
    async take(instance, snapshot) {
      requireNewName(instance.name, snapshot, names(instance));
      // No snapshot has a name that begins with a dot: half a snapshot is none.
      const partial = folderOf(deps, instance, `.${snapshot}`);
      const finish = () => renameSync(partial, folderOf(deps, instance, snapshot));
      await inPartialFolder(partial, () => saveDisks(deps, start, instance, partial, finish));
    },
    async restore(instance, snapshot) {
      requireKnownName(instance.name, snapshot, names(instance));
      await putDisks(deps, start, instance, folderOf(deps, instance, snapshot), QUIET);
    },
    list: async (instance) => oldestFirst(all(instance).map(({ name, at }) => ({ name, at }))),
    remove: async (instance, snapshot) => {
      if (names(instance).includes(snapshot))
        rmSync(folderOf(deps, instance, snapshot), { recursive: true, force: true });
    },
  };
}

function folderOf({ dirs }: EmbeddedDeps, { name }: LabInstance, snapshot: string): string {
  return join(labDirs(dirs, name).snapshots, snapshot);
}

function snapshotsOf(deps: EmbeddedDeps, instance: LabInstance): readonly (SavedDisks & { readonly name: string })[] {
  const { snapshots } = labDirs(deps.dirs, instance.name);
  if (!existsSync(snapshots)) return [];
  return readdirSync(snapshots)
    .filter((name) => !name.startsWith('.'))
    .flatMap((name) => {
      const saved = loadDisks(join(snapshots, name));
      return saved === undefined ? [] : [{ ...saved, name }];
    });
}
