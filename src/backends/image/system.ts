/** What every node has, whatever runs it. */
export const SYSTEM_PACKAGES = [
  'systemd',
  'systemd-sysv',
  'dbus',
  'iproute2',
  'iputils-ping',
  'iputils-arping',
  'net-tools',
  'nftables',
  'openssh-server',
  'openssh-client',
  'sudo',
  'procps',
  'less',
  'nano',
  'python3',
  // A client of the lab's service.
  'curl',
] as const;

/** What makes a node one of a cluster, or the storage of one. */
export const CLUSTER_PACKAGES = [
  'corosync',
  'pacemaker',
  'pacemaker-cli-utils',
  'pcs',
  'resource-agents',
  // Without modprobe ocf:heartbeat:Filesystem says "not installed", whatever the file system.
  'kmod',
  'tgt',
  // What scenarios run in the cluster, and what breaks a node by load.
  'e2fsprogs',
  'nginx-light',
  'stress-ng',
] as const;

/**
 * Shell that runs on the host with the tree as `$root`, after the packages are in.
 *
 * Debian enables what it installs: the cluster daemons would start at first boot from their default configuration,
 * and `pcs cluster setup` refuses a node that has a corosync.conf. SysV links under /etc/rc?.d stay, `systemctl enable`
 * needs them.
 */
export const CUSTOMIZE_SYSTEM = `for unit in corosync pacemaker pacemaker_remote corosync-notifyd sbd tgt logd nginx openipmi; do
  find "$root/etc/systemd/system" -name "$unit.service" -type l -delete
done
for unit in apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer e2scrub_reap.service \\
  fstrim.timer console-getty.service systemd-update-utmp.service systemd-update-utmp-runlevel.service; do
  ln -sf /dev/null "$root/etc/systemd/system/$unit"
done
rm -f "$root/etc/corosync/corosync.conf" "$root"/etc/ssh/ssh_host_*
: > "$root/etc/machine-id"
: > "$root/etc/default/locale"
mkdir -p "$root/var/log/journal" "$root/etc/ssh/sshd_config.d"
printf 'PermitRootLogin yes\\nPasswordAuthentication yes\\nUseDNS no\\n' > "$root/etc/ssh/sshd_config.d/halab.conf"
chroot "$root" useradd --create-home --shell /bin/bash vagrant
printf 'root:vagrant\\nvagrant:vagrant\\n' | chroot "$root" chpasswd
printf 'vagrant ALL=(ALL) NOPASSWD: ALL\\n' > "$root/etc/sudoers.d/vagrant"
chmod 0440 "$root/etc/sudoers.d/vagrant"
find "$root/var/cache/apt" "$root/var/lib/apt/lists" -type f -delete
`;
