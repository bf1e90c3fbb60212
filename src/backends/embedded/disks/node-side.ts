import { CHAP_USER, ISCSI_PORT, initiatorOf, LUN, sharedDisksOf } from '../../../model/iscsi.js';
import type { Lab } from '../../../model/lab.js';
import { nodeProgram } from '../../program-files.js';
import type { NodeFile } from '../node-writer.js';

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
