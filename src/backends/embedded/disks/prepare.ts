import { existsSync } from 'node:fs';
import { sharedDisksOf } from '../../../model/iscsi.js';
import type { Lab, LabInstance, LabNode } from '../../../model/lab.js';
import { chapSecretOf } from '../../secrets.js';
import { type EmbeddedDirs, nodeDirs } from '../names.js';
import type { NodeWriter } from '../node-writer.js';
import { initiatorFiles } from './node-side.js';
import { backingFiles, targetConfig } from './target.js';

/** Their QEMU shows a disk as a file (`--export type=fuse`, since 6.0); that of Debian 11 is 5.2. */
const IMAGES = ['debian-12', 'debian-13'];

/** Why the HA nodes of a lab cannot log in to its disks on this machine. */
export function whyNoSharedDisks(lab: Lab): string | undefined {
  if (sharedDisksOf(lab).length === 0) return `no node of lab ${lab.name} serves a disk`;
  if (!IMAGES.includes(lab.image)) return `the QEMU of ${lab.image} cannot show a disk as a file`;
  const missing = ['/dev/fuse', '/dev/loop-control'].find((path) => !existsSync(path));
  return missing === undefined ? undefined : `this machine has no ${missing}`;
}

/** The disks that the machine exports to this node, by name. */
export function exportedTo(lab: Lab, { role }: LabNode): readonly string[] {
  return role === 'ha' && whyNoSharedDisks(lab) === undefined ? sharedDisksOf(lab).map(({ disk }) => disk.name) : [];
}

/** Writes what makes a storage node a target, and an HA node an initiator. `seed` is the lab's own and secret. */
export function writeDiskFiles(
  write: NodeWriter,
  { dirs }: { readonly dirs: EmbeddedDirs },
  instance: LabInstance,
  node: LabNode,
  seed: string,
): void {
  const { lab, name } = instance;
  const secret = chapSecretOf(seed);
  for (const { path, sizeMiB } of backingFiles(node)) write.sparse(path, sizeMiB);
  if (node.disks.length > 0) {
    write.file({ path: 'etc/tgt/conf.d/lab.conf', content: targetConfig(lab, node, secret), mode: 0o600 });
  }
  if (exportedTo(lab, node).length === 0) return;
  const { exports } = nodeDirs(dirs, name, node.name);
  for (const file of initiatorFiles(lab, node.name, exports, secret)) write.file(file);
}
