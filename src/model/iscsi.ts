import type { Disk, Lab, LabNode, Link } from './lab.js';

/** Where iSCSI targets listen (RFC 7143, 4.2.7.1). */
export const ISCSI_PORT = 3260;

/** tgt keeps logical unit 0 for itself, so a target's disk is 1. */
export const LUN = 1;

/** The one name that all nodes of a lab log in by, with a secret that each lab has of its own. */
export const CHAP_USER = 'lab';

/** A disk of the lab file, by whom it is served and where he listens. */
export interface SharedDisk {
  readonly disk: Disk;
  readonly server: LabNode;
  readonly portal: Link;
  /** iSCSI qualified name (RFC 3720, 3.2.6.3.1). */
  readonly target: string;
  /** As udev names it on whoever is logged in (60-persistent-storage.rules, path_id). */
  readonly device: string;
}

export function sharedDisksOf(lab: Lab): readonly SharedDisk[] {
  return lab.nodes.flatMap((server) => {
    const [portal] = server.links;
    if (portal === undefined) return [];
    return server.disks.map((disk) => {
      const target = targetOf(lab, disk.name);
      return { disk, server, portal, target, device: devicePath(portal.address, target) };
    });
  });
}

export function targetOf(lab: Lab, disk: string): string {
  return `iqn.2026-01.lab.halab:${lab.name}.${disk}`;
}

/** The name that a node logs in with; disks' names hold no dot, so no target has the same. */
export function initiatorOf(lab: Lab, node: string): string {
  return targetOf(lab, `node.${node}`);
}

function devicePath(portal: string, target: string): string {
  return `/dev/disk/by-path/ip-${portal}:${ISCSI_PORT}-iscsi-${target}-lun-${LUN}`;
}
