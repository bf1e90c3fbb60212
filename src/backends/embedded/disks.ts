import { existsSync } from 'node:fs';
import { CHAP_USER, ISCSI_PORT, initiatorOf, LUN, ownDisksOf, sharedDisksOf } from '../../model/iscsi.js';
import { haNodesOf, imageOf, type Lab, type LabInstance, type LabNode } from '../../model/lab.js';
import { nodeProgram } from '../../ports/node-program.js';
import { chapSecretOf } from '../secrets.js';
import { type EmbeddedDirs, nodeDirs } from './names.js';
import type { NodeFile, NodeWriter } from './node-writer.js';

/** Their QEMU shows a disk as a file (`--export type=fuse`, since 6.0); that of Debian 11 is 5.2. */
const IMAGES = ['debian-12', 'debian-13'];

/** Why the HA nodes of a lab cannot log in to its disks on this machine. */
export function whyNoSharedDisks(lab: Lab): string | undefined {
  return sharedDisksOf(lab).length === 0 ? `no node of lab ${lab.name} serves a disk` : whyNoDisks(lab);
}

/** Why the HA nodes of a lab can have no disks on this machine, be they shared or their own. */
export function whyNoDisks(lab: Lab): string | undefined {
  const old = haNodesOf(lab)
    .map((node) => imageOf(lab, node))
    .find((image) => !IMAGES.includes(image));
  if (old !== undefined) return `the QEMU of ${old} cannot show a disk as a file`;
  const missing = ['/dev/fuse', '/dev/loop-control'].find((path) => !existsSync(path));
  return missing === undefined ? undefined : `this machine has no ${missing}`;
}

/** The disks that the machine exports to this node, by name. */
export function exportedTo(lab: Lab, node: LabNode): readonly string[] {
  if (node.role !== 'ha' || whyNoDisks(lab) !== undefined) return [];
  return [...sharedDisksOf(lab).map(({ id }) => id), ...ownDisksOf(node).map(({ disk }) => disk.name)];
}

/** Of a storage node, with one sparse file for each disk that it serves; of an HA node, for each of its own. */
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
  if (node.role === 'storage' && node.disks.length > 0) {
    write.file({ path: 'etc/tgt/conf.d/lab.conf', content: targetConfig(lab, node, secret), mode: 0o600 });
  }
  if (exportedTo(lab, node).length === 0) return;
  const { exports } = nodeDirs(dirs, name, node.name);
  for (const file of initiatorFiles(lab, node, exports, secret)) write.file(file);
  // A node's own disk is there at every boot; it logs in to shared ones when it is told to.
  for (const { disk } of ownDisksOf(node)) {
    const wanted = `etc/systemd/system/multi-user.target.wants/lab-initiator@${disk.name}.service`;
    write.link(wanted, '/etc/systemd/system/lab-initiator@.service');
  }
}

/** The folder of exported disks has the same path in the node as on the machine. */
export function initiatorExports(exports: string): NodeFile {
  return { path: 'etc/lab-disk-exports', content: `EXPORTS=${exports}\n`, mode: 0o644 };
}

/** What makes an HA node an initiator: the programs, the unit, and a file for each disk of the lab. */
export function initiatorFiles(lab: Lab, node: LabNode, exports: string, secret: string): readonly NodeFile[] {
  return [
    { path: 'usr/local/sbin/lab-disk', content: nodeProgram('lab-disk'), mode: 0o755 },
    { path: 'usr/sbin/mount.ext4', content: nodeProgram('mount.ext4'), mode: 0o755 },
    { path: 'usr/local/sbin/lab-initiator', content: nodeProgram('lab-initiator'), mode: 0o755 },
    {
      path: 'etc/systemd/system/lab-initiator@.service',
      content: nodeProgram('lab-initiator@.service'),
      mode: 0o644,
    },
    initiatorExports(exports),
    { path: 'etc/lab-disks/secret', content: secret, mode: 0o600 },
    ...ownDisksOf(node).map(({ disk, device }) => ({
      path: `etc/lab-disks/${disk.name}`,
      content: `FILE=/${FOLDER}/${disk.name}.img\nDEVICE=${device}\n`,
      mode: 0o644,
    })),
    ...sharedDisksOf(lab).map(({ id, portal, target, device }) => ({
      path: `etc/lab-disks/${id}`,
      content: [
        `PORTAL=${portal.address}:${ISCSI_PORT}`,
        `TARGET=${target}`,
        `LUN=${LUN}`,
        `INITIATOR=${initiatorOf(lab, node.name)}`,
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
