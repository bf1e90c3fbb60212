import { existsSync } from 'node:fs';
import { CHAP_USER, ISCSI_PORT, initiatorOf, LUN, sharedDisksOf } from '../../model/iscsi.js';
import { haNodesOf, type Lab, type LabInstance, type LabNode } from '../../model/lab.js';
import { nodeProgram } from '../../ports/node-program.js';
import { chapSecretOf } from '../secrets.js';
import { type EmbeddedDirs, nodeDirs } from './names.js';
import type { NodeFile, NodeWriter } from './node-writer.js';

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

/** Of a storage node, with one sparse file for each disk that it serves. */
const FOLDER = 'var/lib/lab-disks';

/** Writes what makes a storage node a target, and an HA node an initiator. `seed` is the lab's own and secret. */
export function writeDiskFiles(
  write: NodeWriter,
  dirs: EmbeddedDirs,
  { lab, name }: LabInstance,
  node: LabNode,
  seed: string,
): void {
  const secret = chapSecretOf(seed);
  for (const disk of node.disks) write.sparse(`${FOLDER}/${disk.name}.img`, disk.sizeMiB);
  if (node.disks.length > 0) {
    write.file({ path: 'etc/tgt/conf.d/lab.conf', content: targetConfig(lab, node, secret), mode: 0o600 });
  }
  if (exportedTo(lab, node).length === 0) return;
  const { exports } = nodeDirs(dirs, name, node.name);
  for (const file of initiatorFiles(lab, node.name, exports, secret)) write.file(file);
}

/** What makes an HA node an initiator: the programs, the unit, and a file for each disk of the lab. */
export function initiatorFiles(lab: Lab, node: string, exports: string, secret: string): readonly NodeFile[] {
  return [
    { path: 'usr/local/sbin/lab-disk', content: nodeProgram('lab-disk'), mode: 0o755 },
    { path: 'usr/sbin/mount.ext4', content: nodeProgram('mount.ext4'), mode: 0o755 },
    { path: 'usr/local/sbin/lab-initiator', content: nodeProgram('lab-initiator'), mode: 0o755 },
    {
      path: 'etc/systemd/system/lab-initiator@.service',
      content: nodeProgram('lab-initiator@.service'),
      mode: 0o644,
    },
    // The folder of exported disks has the same path in the node as on the machine.
    { path: 'etc/lab-disk-exports', content: `EXPORTS=${exports}\n`, mode: 0o644 },
    { path: 'etc/lab-disks/secret', content: secret, mode: 0o600 },
    ...sharedDisksOf(lab).map(({ disk, portal, target, device }) => ({
      path: `etc/lab-disks/${disk.name}`,
      content: [
        `PORTAL=${portal.address}:${ISCSI_PORT}`,
        `TARGET=${target}`,
        `LUN=${LUN}`,
        `INITIATOR=${initiatorOf(lab, node)}`,
        `CHAP_USER=${CHAP_USER}`,
        `DEVICE=${device}`,
        '',
      ].join('\n'),
      mode: 0o644,
    })),
  ];
}

/**
 * A target for each disk, in the syntax of tgt-admin(8). Only the HA nodes may log in, with the secret: tgt 1.0.85 accepts
 * an initiator if its address or its name is listed, other versions require both. Without an address tgt-admin accepts all.
 */
export function targetConfig(lab: Lab, server: LabNode, secret: string): string {
  return sharedDisksOf(lab)
    .filter((each) => each.server.name === server.name)
    .map(({ disk, portal, target }) =>
      [
        `<target ${target}>`,
        `  backing-store /${FOLDER}/${disk.name}.img`,
        ...haNodesOf(lab).flatMap(({ name, links }) => [
          `  initiator-name ${initiatorOf(lab, name)}`,
          ...links
            .filter(({ network }) => network === portal.network)
            .map(({ address }) => `  initiator-address ${address}`),
        ]),
        `  incominguser ${CHAP_USER} ${secret}`,
        '</target>',
        '',
      ].join('\n'),
    )
    .join('\n');
}
