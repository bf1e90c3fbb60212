import type { Disk, Lab, LabNode, Link } from './lab.js';

/** The port of iSCSI targets (RFC 7143, 4.2.7.1). */
export const ISCSI_PORT = 3260;

/** tgt uses logical unit 0 itself, so a target's disk is 1. */
export const LUN = 1;

/** All nodes log in with this name, and with a secret that differs for each lab. */
export const CHAP_USER = 'lab';

/** A disk of the lab file, the node that serves it and the address where it listens. */
interface SharedDisk {
  /** Its name; with the server's before it where several serve a disk of that name: `san1.data`. */
  readonly id: string;
  readonly disk: Disk;
  readonly server: LabNode;
  readonly portal: Link;
  /** iSCSI qualified name (RFC 3720, 3.2.6.3.1). */
  readonly target: string;
  /** The name that udev gives it on a node that is logged in (60-persistent-storage.rules, path_id). */
  readonly device: string;
}

export function sharedDisksOf(lab: Lab): readonly SharedDisk[] {
  const servers = lab.nodes.filter(({ role }) => role === 'storage');
  const names = servers.flatMap(({ disks }) => disks.map(({ name }) => name));
  return servers.flatMap((server) => {
    const portal = portalOf(lab, server);
    if (portal === undefined) return [];
    return server.disks.map((disk) => {
      const isAlone = names.indexOf(disk.name) === names.lastIndexOf(disk.name);
      const target = iqn(lab, isAlone ? disk.name : `disk.${server.name}.${disk.name}`);
      const id = isAlone ? disk.name : `${server.name}.${disk.name}`;
      return { id, disk, server, portal, target, device: devicePath(portal.address, target) };
    });
  });
}

/** Where a storage node listens: on the network that carries the storage, or else on its first. */
function portalOf({ networks }: Lab, { links }: LabNode): Link | undefined {
  const carries = (link: Link) =>
    networks.some(({ name, carries }) => name === link.network && carries.includes('storage'));
  return links.find(carries) ?? links[0];
}

/** A disk that one HA node has for itself. */
interface OwnDisk {
  readonly disk: Disk;
  /** The name that udev gives a disk of virtio by its serial number (60-persistent-storage.rules). */
  readonly device: string;
}

export function ownDisksOf({ role, disks }: LabNode): readonly OwnDisk[] {
  return role === 'ha' ? disks.map((disk) => ({ disk, device: `/dev/disk/by-id/virtio-${disk.name}` })) : [];
}

function iqn(lab: Lab, name: string): string {
  return `iqn.2026-01.lab.halab:${lab.name}.${name}`;
}

/** The name that a node logs in with; names of disks contain no dot, so no target has the same name. */
export function initiatorOf(lab: Lab, node: string): string {
  return iqn(lab, `node.${node}`);
}

function devicePath(portal: string, target: string): string {
  return `/dev/disk/by-path/ip-${portal}:${ISCSI_PORT}-iscsi-${target}-lun-${LUN}`;
}
