# A part of the script that makes a tree a node's system, whatever runs the node. It runs on the host, after the packages
# are in; $root is the tree.
#
# Debian enables what it installs: the cluster daemons would start at first boot from their default configuration, and
# `pcs cluster setup` refuses a node that has a corosync.conf. SysV links under /etc/rc?.d stay, `systemctl enable` needs them.
for unit in corosync pacemaker pacemaker_remote corosync-notifyd corosync-qdevice corosync-qnetd sbd tgt logd nginx openipmi; do
  find "$root/etc/systemd/system" -name "$unit.service" -type l -delete
done
for unit in apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer e2scrub_reap.service \
  fstrim.timer console-getty.service systemd-update-utmp.service systemd-update-utmp-runlevel.service; do
  ln -sf /dev/null "$root/etc/systemd/system/$unit"
done
# The package of corosync-qnetd makes keys and certificates, which would be those of every lab; `pcs qdevice setup` makes new ones
# for the owner of the folder.
rm -rf "$root/etc/corosync/qnetd/nssdb"
[ ! -d "$root/etc/corosync/qnetd" ] || chroot "$root" chown coroqnetd:coroqnetd /etc/corosync/qnetd
rm -f "$root/etc/corosync/corosync.conf" "$root"/etc/ssh/ssh_host_*
: > "$root/etc/machine-id"
printf 'LANG=C.UTF-8\n' > "$root/etc/default/locale"
mkdir -p "$root/var/log/journal" "$root/etc/ssh/sshd_config.d"
printf 'PermitRootLogin yes\nPasswordAuthentication yes\nUseDNS no\n' > "$root/etc/ssh/sshd_config.d/halab.conf"
chroot "$root" useradd --create-home --shell /bin/bash vagrant
printf 'root:vagrant\nvagrant:vagrant\n' | chroot "$root" chpasswd
printf 'vagrant ALL=(ALL) NOPASSWD: ALL\n' > "$root/etc/sudoers.d/vagrant"
chmod 0440 "$root/etc/sudoers.d/vagrant"
find "$root/var/cache/apt" "$root/var/lib/apt/lists" -type f -delete
