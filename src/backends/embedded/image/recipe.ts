import { createHash } from 'node:crypto';
import { type Release, releaseOf } from '../../image/releases.js';
import { CLUSTER_PACKAGES, CUSTOMIZE_SYSTEM, SYSTEM_PACKAGES } from '../../image/system.js';

/** What a node image is made of; its hash names the image in the cache. */
export interface ImageRecipe extends Release {
  readonly id: string;
  readonly packages: readonly string[];
  /** Runs on the host with the tree as its first argument, after the packages are in. */
  readonly customize: string;
}

/**
 * A rack's power controllers and a kernel's initiator, as programs: fence_ipmilan asks ipmi_sim (openipmi) through
 * ipmitool, and qemu-storage-daemon logs in to iSCSI and shows the LUN as a file.
 */
const EMBEDDED_PACKAGES = ['fence-agents', 'ipmitool', 'openipmi', 'qemu-system-common', 'qemu-block-extra'] as const;

/** What only a node in a container needs: a way in without a network, and no terminals nor networks of its own. */
const CUSTOMIZE = `#!/bin/sh
set -eu
root=$1
${CUSTOMIZE_SYSTEM}for unit in getty.target systemd-networkd.service; do
  ln -sf /dev/null "$root/etc/systemd/system/$unit"
done
cat > "$root/etc/systemd/system/halab-ssh.socket" <<'UNIT'
[Unit]
Description=The way in that needs no network
[Socket]
ListenStream=/run/halab/ssh.sock
Accept=yes
MaxConnections=256
UNIT
cat > "$root/etc/systemd/system/halab-ssh@.service" <<'UNIT'
[Unit]
Description=The way in that needs no network
CollectMode=inactive-or-failed
[Service]
ExecStart=-/usr/sbin/sshd -i -o MaxSessions=64 -o PrintMotd=no
StandardInput=socket
RuntimeDirectory=sshd
RuntimeDirectoryPreserve=yes
KillMode=process
UNIT
mkdir -p "$root/etc/systemd/system/corosync.service.d"
cat > "$root/etc/systemd/system/corosync.service.d/halab.conf" <<'UNIT'
[Service]
ExecStartPost=-/usr/bin/timeout 2 /bin/sh -c 'echo corosync > /run/halab/realtime'
UNIT
mkdir -p "$root/etc/systemd/system/sockets.target.wants"
ln -sf ../halab-ssh.socket "$root/etc/systemd/system/sockets.target.wants/halab-ssh.socket"
`;

export function recipeOf(id: string): ImageRecipe | undefined {
  const release = releaseOf(id);
  return (
    release && {
      id,
      ...release,
      packages: [...SYSTEM_PACKAGES, ...CLUSTER_PACKAGES, ...EMBEDDED_PACKAGES],
      customize: CUSTOMIZE,
    }
  );
}

/** Twelve hexadecimal digits over everything that goes in. */
export function hashOf(recipe: ImageRecipe): string {
  return createHash('sha256').update(JSON.stringify(recipe)).digest('hex').slice(0, 12);
}
