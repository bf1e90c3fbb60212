import { createHash } from 'node:crypto';

/** What a node image is made of; its hash names the image in the cache. */
export interface ImageRecipe {
  readonly id: string;
  readonly suite: string;
  readonly packages: readonly string[];
  /** Runs on the host with the tree as its first argument, after the packages are in. */
  readonly customize: string;
  /** Debian has taken the security archive of this release away: the main archive must do, named explicitly. */
  readonly mainArchiveOnly: boolean;
}

const PACKAGES = [
  'systemd',
  'systemd-sysv',
  'dbus',
  'iproute2',
  'iputils-ping',
  'iputils-arping',
  'net-tools',
  'openssh-server',
  'openssh-client',
  'sudo',
  'procps',
  'less',
  'nano',
  'python3',
  'corosync',
  'pacemaker',
  'pacemaker-cli-utils',
  'pcs',
  'resource-agents',
  'tgt',
] as const;

/**
 * Debian enables what it installs: the cluster daemons would start at first boot from their default configuration,
 * and `pcs cluster setup` refuses a node that has a corosync.conf. SysV links under /etc/rc?.d stay, `systemctl enable`
 * needs them.
 */
const CUSTOMIZE = `#!/bin/sh
set -eu
root=$1
for unit in corosync pacemaker pacemaker_remote corosync-notifyd sbd tgt logd; do
  find "$root/etc/systemd/system" -name "$unit.service" -type l -delete
done
for unit in apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer e2scrub_reap.service \\
  fstrim.timer console-getty.service getty.target systemd-update-utmp.service \\
  systemd-update-utmp-runlevel.service systemd-networkd.service; do
  ln -sf /dev/null "$root/etc/systemd/system/$unit"
done
rm -f "$root/etc/corosync/corosync.conf" "$root"/etc/ssh/ssh_host_*
: > "$root/etc/machine-id"
: > "$root/etc/default/locale"
mkdir -p "$root/var/log/journal" "$root/etc/ssh/sshd_config.d"
printf 'PermitRootLogin yes\\nPasswordAuthentication yes\\nUseDNS no\\n' > "$root/etc/ssh/sshd_config.d/halab.conf"
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
chroot "$root" useradd --create-home --shell /bin/bash vagrant
printf 'root:vagrant\\nvagrant:vagrant\\n' | chroot "$root" chpasswd
printf 'vagrant ALL=(ALL) NOPASSWD: ALL\\n' > "$root/etc/sudoers.d/vagrant"
chmod 0440 "$root/etc/sudoers.d/vagrant"
find "$root/var/cache/apt" "$root/var/lib/apt/lists" -type f -delete
`;

const SUITES: Readonly<Record<string, { readonly suite: string; readonly mainArchiveOnly: boolean }>> = {
  'debian-11': { suite: 'bullseye', mainArchiveOnly: true },
  'debian-12': { suite: 'bookworm', mainArchiveOnly: false },
  'debian-13': { suite: 'trixie', mainArchiveOnly: false },
};

export const IMAGE_IDS: readonly string[] = Object.keys(SUITES);

export function recipeOf(id: string): ImageRecipe | undefined {
  const release = SUITES[id];
  return release && { id, ...release, packages: PACKAGES, customize: CUSTOMIZE };
}

/** Twelve hexadecimal digits over everything that goes in. */
export function hashOf(recipe: ImageRecipe): string {
  return createHash('sha256').update(JSON.stringify(recipe)).digest('hex').slice(0, 12);
}
