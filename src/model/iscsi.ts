import type { Disk, Lab, LabNode, Link } from './lab.js';

/** The port of iSCSI targets (RFC 7143, 4.2.7.1). */
export const ISCSI_PORT = 3260;

/** tgt uses logical unit 0 itself, so a target's disk is 1. */
export const LUN = 1;

/** All nodes log in with this name, and with a secret that differs for each lab. */
export const CHAP_USER = 'lab';

/** A disk of the lab file, the node that serves it and the address where it listens. */
export interface SharedDisk {
  readonly disk: Disk;
  readonly server: LabNode;
  readonly portal: Link;
  /** iSCSI qualified name (RFC 3720, 3.2.6.3.1). */
  readonly target: string;
  /** The name that udev gives it on a node that is logged in (60-persistent-storage.rules, path_id). */
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

/** The name that a node logs in with; names of disks contain no dot, so no target has the same name. */
export function initiatorOf(lab: Lab, node: string): string {
  return targetOf(lab, `node.${node}`);
}

function devicePath(portal: string, target: string): string {
  return `/dev/disk/by-path/ip-${portal}:${ISCSI_PORT}-iscsi-${target}-lun-${LUN}`;
}
