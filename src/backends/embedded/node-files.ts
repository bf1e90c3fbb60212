import { createHash } from 'node:crypto';
import type { Lab, LabNode } from '../../model/lab.js';
import type { KeyPair } from '../../ports/backend-module.js';
import { createWriter, type NodeFile } from './node-writer.js';

const MASKED_ON_STORAGE = ['pcsd.service', 'pcsd-ruby.service'];

/** Everything that makes a node itself, written into the upper of its overlay before the first boot. */
export function writeNodeFiles(
  lab: Lab,
  node: LabNode,
  upper: string,
  keys: { readonly lab: KeyPair; readonly host: KeyPair },
): void {
  const write = createWriter(upper);
  for (const file of filesOf(lab, node, keys)) write.file(file);
  if (node.role === 'storage') {
    for (const unit of MASKED_ON_STORAGE) write.link(`etc/systemd/system/${unit}`, '/dev/null');
    write.link('etc/systemd/system/multi-user.target.wants/tgt.service', '/lib/systemd/system/tgt.service');
  }
}

function filesOf(
  lab: Lab,
  node: LabNode,
  keys: { readonly lab: KeyPair; readonly host: KeyPair },
): readonly NodeFile[] {
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
    `${node.management} ${node.name}-mgmt`,
  ]);
  return ['127.0.0.1 localhost', '::1 localhost ip6-localhost', ...lines, ''].join('\n');
}

/** A machine-id of its own for each node made; without one systemd takes the boot for the very first and presets all units. */
function machineIdOf(host: KeyPair): string {
  return createHash('sha256').update(host.publicKey).digest('hex').slice(0, 32);
}
