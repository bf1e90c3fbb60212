import { createHash } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Lab, type LabInstance, type LabNode, pcsNodesOf } from '../../model/lab.js';
import type { KeyPair } from '../../ports/backend-module.js';
import { ensureLabKey } from '../secrets.js';
import { writeDiskFiles } from './disks.js';
import type { EmbeddedDeps } from './host.js';
import { loginMessage, MESSAGE_FILE } from './login-message.js';
import { type EmbeddedDirs, ID_BASE, labDirs, nodeDirs } from './names.js';
import { addressBatch } from './network.js';
import { createWriter, type NodeFile } from './node-writer.js';

/** Makes the node's folders and, the first time, the files that make it itself. */
export function prepareNode(deps: EmbeddedDeps, instance: LabInstance, node: LabNode): void {
  const dirs = nodeDirs(deps.dirs, instance.name, node.name);
  for (const folder of [dirs.run, dirs.work, dirs.root, dirs.state]) ownedFolder(folder);
  createWriter(dirs.run).file({ path: MESSAGE_FILE, content: loginMessage(instance, node), mode: 0o644 });
  writeFileSync(dirs.addresses, `${addressBatch(instance.lab, node).join('\n')}\n`);
  if (existsSync(dirs.upper)) return;
  const prepared = `${dirs.upper}.new`;
  rmSync(prepared, { recursive: true, force: true });
  ownedFolder(prepared);
  const host = deps.generateKeyPair(node.name);
  const lab = ensureLabKey(deps, labDirs(deps.dirs, instance.name).ssh, instance.name);
  writeNodeFiles(instance.lab, node, prepared, { lab, host });
  for (const { path, ...file } of node.extras?.files ?? [])
    createWriter(prepared).file({ path: path.slice(1), ...file });
  writeDiskFiles(createWriter(prepared), deps.dirs, instance, node, lab.privateKey);
  writeFileSync(hostKeyFile(deps.dirs, instance.name, node.name), `${host.publicKey}\n`);
  // Renamed when complete, so that an unfinished node is never taken for a node.
  renameSync(prepared, dirs.upper);
}

function ownedFolder(path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o755 });
  chownSync(path, ID_BASE, ID_BASE);
}

export function hostKeyFile(dirs: EmbeddedDirs, instance: string, node: string): string {
  return join(labDirs(dirs, instance).ssh, `${node}.pub`);
}

interface NodeKeys {
  readonly lab: KeyPair;
  readonly host: KeyPair;
}

/** A driver of hardware that no container has; it fails, and every node would show a failed unit. */
const MASKED = ['openipmi.service'];
const MASKED_OUTSIDE_OF_CLUSTER = ['pcsd.service', 'pcsd-ruby.service'];

/**
 * pcsd generates an RSA key of 3072 bits where there is none (pcs/daemon/ssl.py). That takes half a second of processor
 * time, at times two, and all HA hosts of a lab do it at once. A key on an elliptic curve takes next to none.
 */
const PCSD_KEY = `[Service]
ExecStartPre=-/bin/sh -c 'cd /var/lib/pcsd && umask 077 && test -e pcsd.key || openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 3650 -subj /CN=%H -keyout pcsd.key -out pcsd.crt'
`;

/** Everything that makes a node itself, written into the upper of its overlay before the first boot. */
export function writeNodeFiles(lab: Lab, node: LabNode, upper: string, keys: NodeKeys): void {
  const write = createWriter(upper);
  for (const file of filesOf(lab, node, keys)) write.file(file);
  const isOfPcs = pcsNodesOf(lab).some(({ name }) => name === node.name);
  const masked = [...MASKED, ...(isOfPcs ? [] : MASKED_OUTSIDE_OF_CLUSTER)];
  for (const unit of masked) write.link(`etc/systemd/system/${unit}`, '/dev/null');
  if (isOfPcs) write.file({ path: 'etc/systemd/system/pcsd.service.d/halab.conf', content: PCSD_KEY, mode: 0o644 });
  if (node.role === 'storage') {
    write.link('etc/systemd/system/multi-user.target.wants/tgt.service', '/lib/systemd/system/tgt.service');
  }
}

function filesOf(lab: Lab, node: LabNode, keys: NodeKeys): readonly NodeFile[] {
  return [
    { path: 'etc/hostname', content: `${node.name}\n`, mode: 0o644 },
    { path: 'etc/machine-id', content: `${machineIdOf(keys.host)}\n`, mode: 0o444 },
    { path: 'etc/hosts', content: hostsFile(lab), mode: 0o644 },
    // No name server can be reached from a lab: a name that is not in /etc/hosts is refused at once, not after 10 s.
    { path: 'etc/resolv.conf', content: '# Names stand in /etc/hosts.\n', mode: 0o644 },
    { path: 'etc/ssh/ssh_host_ed25519_key', content: keys.host.privateKey, mode: 0o600 },
    { path: 'etc/ssh/ssh_host_ed25519_key.pub', content: `${keys.host.publicKey}\n`, mode: 0o644 },
    { path: 'root/.ssh/authorized_keys', content: `${keys.lab.publicKey}\n`, mode: 0o600 },
    { path: 'root/.ssh/id_ed25519', content: keys.lab.privateKey, mode: 0o600 },
    { path: 'root/.ssh/id_ed25519.pub', content: `${keys.lab.publicKey}\n`, mode: 0o644 },
  ];
}

/** Names resolve to the first link of each node; `<name>-mgmt` is the management address. */
export function hostsFile(lab: Lab): string {
  const lines = lab.nodes.flatMap((node) => [
    ...(node.links[0] ? [`${node.links[0].address} ${node.name}`] : []),
    // By a name of its own: what looks up a name that has both would take the one or the other.
    ...(node.links[0]?.ipv6 ? [`${node.links[0].ipv6.address} ${node.name}-v6`] : []),
    `${node.management} ${node.name}-mgmt`,
  ]);
  return ['127.0.0.1 localhost', '::1 localhost ip6-localhost', ...lines, ''].join('\n');
}

/** A machine-id of its own for each node made; without one systemd takes the boot for the very first and presets all units. */
function machineIdOf(host: KeyPair): string {
  return createHash('sha256').update(host.publicKey).digest('hex').slice(0, 32);
}
