import { CHAP_USER, initiatorOf, sharedDisksOf } from '../../../model/iscsi.js';
import { haNodesOf, type Lab, type LabNode } from '../../../model/lab.js';

const FOLDER = 'var/lib/lab-disks';

interface BackingFile {
  readonly path: string;
  readonly sizeMiB: number;
}

/** One sparse file for each disk that the node serves, on the node's own disk. */
export function backingFiles(server: LabNode): readonly BackingFile[] {
  return server.disks.map(({ name, sizeMiB }) => ({ path: `${FOLDER}/${name}.img`, sizeMiB }));
}

/**
 * A target for each disk, in the words of tgt-admin(8). Only the HA nodes may log in, with the secret: tgt 1.0.85 takes
 * whoever has an address or a name of the lists, others ask for both. Without an address tgt-admin lets everybody in.
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
