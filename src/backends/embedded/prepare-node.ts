import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LabInstance, LabNode } from '../../model/lab.js';
import type { EmbeddedDeps } from './machine.js';
import { type EmbeddedDirs, ID_BASE, labDirs, nodeDirs } from './names.js';
import { addressBatch } from './network.js';
import { type KeyPair, writeNodeFiles } from './node-files.js';

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
  writeNodeFiles(instance.lab, node, prepared, { lab: ensureLabKey(deps, instance.name), host });
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
  const { ssh } = labDirs(deps.dirs, instance);
  const file = join(ssh, 'id_ed25519');
  mkdirSync(ssh, { recursive: true, mode: 0o700 });
  if (!existsSync(`${file}.pub`)) {
    const pair = deps.generateKeyPair(`halab-${instance}`);
    writeFileSync(file, pair.privateKey, { mode: 0o600 });
    writeFileSync(`${file}.pub`, `${pair.publicKey}\n`);
  }
  return { privateKey: readFileSync(file, 'utf8'), publicKey: readFileSync(`${file}.pub`, 'utf8').trim() };
}

export function hostKeyFile(dirs: EmbeddedDirs, instance: string, node: string): string {
  return join(labDirs(dirs, instance).ssh, `${node}.pub`);
}
