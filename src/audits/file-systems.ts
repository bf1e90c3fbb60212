import type { CibPrimitive } from '../model/cib.js';
import type { MountObservation } from '../model/observation.js';

/** Made to be mounted on several nodes at once, or served over a network that is. */
const SHARED =
  /^(?:gfs2?|ocfs2|nfs\d?|cifs|smb3|smbfs|glusterfs|ceph|lustre|gpfs|beegfs|9p|virtiofs|fuse\.(?:glusterfs|ceph|sshfs|s3fs|moosefs))$/;

export interface ManagedFileSystem {
  readonly device: string;
  readonly directory: string;
  /** What may be mounted on several nodes at once. */
  readonly isSharable: boolean;
}

/** What an `ocf:heartbeat:Filesystem` primitive mounts. */
export function fileSystemOf({ agent, parameters }: CibPrimitive): ManagedFileSystem | undefined {
  const { device = '', directory, fstype = '' } = parameters;
  if (agent !== 'ocf:heartbeat:Filesystem' || directory === undefined) return undefined;
  return { device, directory: withoutSlash(directory), isSharable: SHARED.test(fstype) };
}

/** Of a file system that only one node may have at a time; what automount only waits to mount is none. */
export function isOfOneNode({ fsType }: MountObservation): boolean {
  return !SHARED.test(fsType) && fsType !== 'autofs';
}

export function isMountedAt({ target }: MountObservation, directory: string): boolean {
  return withoutSlash(target) === directory;
}

/** `/dev/VG/LV` is mounted by its name in the device mapper, where a dash in either name is doubled (lvm(8)). */
export function namesOfDevice(device: string): readonly string[] {
  const [, group, volume] = /^\/dev\/([^/]+)\/([^/]+)$/.exec(device) ?? [];
  if (group === undefined || volume === undefined || /^(?:mapper|drbd|disk)$/.test(group)) return [device];
  return [device, `/dev/mapper/${group.replaceAll('-', '--')}-${volume.replaceAll('-', '--')}`];
}

/**
 * Sources that mean the same device on every node: replicated ones, multipath ones, and those named by a world-wide
 * name or an iSCSI path. Names of the kernel's own, UUIDs and labels do not: clones of one image share those.
 */
const SAME_EVERYWHERE =
  /^\/dev\/(?:drbd|mapper\/mpath|mapper\/3[0-9a-f]{16,}|disk\/by-id\/(?:wwn-|scsi-3|dm-uuid-mpath)|disk\/by-path\/.*iscsi)/;

export function isSameEverywhere(source: string): boolean {
  return SAME_EVERYWHERE.test(source);
}

function withoutSlash(path: string): string {
  return path.length > 1 ? path.replace(/\/+$/, '') : path;
}
