import { chownSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LabInstance, LabNode } from '../../model/lab.js';
import type { KeyPair } from '../../ports/backend-module.js';
import { ensureKeyPair } from '../secrets.js';
import { writeDiskFiles } from './disks/prepare.js';
import type { EmbeddedDeps } from './host.js';
import { type EmbeddedDirs, ID_BASE, labDirs, nodeDirs } from './names.js';
import { addressBatch } from './network.js';
import { writeNodeFiles } from './node-files.js';
import { createWriter } from './node-writer.js';

/** Makes the node's folders and, the first time, the files that make it itself. */
export function prepareNode(deps: EmbeddedDeps, instance: LabInstance, node: LabNode): void {
  const dirs = nodeDirs(deps.dirs, instance.name, node.name);
  for (const folder of [dirs.run, dirs.work, dirs.root, dirs.state]) ownedFolder(folder);
  writeFileSync(dirs.addresses, `${addressBatch(instance.lab, node)}\n`);
  if (existsSync(dirs.upper)) return;
  const prepared = `${dirs.upper}.new`;
  rmSync(prepared, { recursive: true, force: true });
  ownedFolder(prepared);
  const host = deps.generateKeyPair(node.name);
  const lab = ensureLabKey(deps, instance.name);
  writeNodeFiles(instance.lab, node, prepared, { lab, host });
  writeDiskFiles(createWriter(prepared), deps, instance, node, lab.privateKey);
  writeFileSync(hostKeyFile(deps.dirs, instance.name, node.name), `${host.publicKey}\n`);
  // Renamed when whole, so that half a node never looks like one.
  renameSync(prepared, dirs.upper);
}

function ownedFolder(path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o755 });
  chownSync(path, ID_BASE, ID_BASE);
}

/** The key that opens every node of a lab; generated once. */
export function ensureLabKey(deps: EmbeddedDeps, instance: string): KeyPair {
  return ensureKeyPair(join(labDirs(deps.dirs, instance).ssh, 'id_ed25519'), () =>
    deps.generateKeyPair(`halab-${instance}`),
  );
}

export function hostKeyFile(dirs: EmbeddedDirs, instance: string, node: string): string {
  return join(labDirs(dirs, instance).ssh, `${node}.pub`);
}
