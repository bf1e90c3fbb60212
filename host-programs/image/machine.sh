# The first NIC asks for its address, as Vagrant expects, and reports the name server; the others are left to the user, and
# nothing waits for them. Host keys are made at first boot, of the quick kinds only. What is masked is what no lab uses: each
# unit costs an emulated processor the better part of a second. Where several emulated machines boot at once, pcsd needs
# longer than the 90 s that systemd gives it.
printf '/dev/vda / ext4 noatime,errors=remount-ro 0 0\n' > "$root/etc/fstab"
# A kernel started from beside the disk takes its initrd from there too: making it again in the machine is for nothing.
printf 'update_initramfs=no\n' > "$root/etc/initramfs-tools/update-initramfs.conf"
printf 'localhost\n' > "$root/etc/hostname"
printf '127.0.0.1 localhost\n' > "$root/etc/hosts"
for unit in systemd-networkd-wait-online.service systemd-pstore.service systemd-binfmt.service getty@tty1.service \
  dev-hugepages.mount dev-mqueue.mount sys-kernel-debug.mount sys-kernel-tracing.mount sys-fs-fuse-connections.mount \
  modprobe@drm.service modprobe@fuse.service; do
  ln -sf /dev/null "$root/etc/systemd/system/$unit"
done
cat > "$root/etc/systemd/network/10-eth0.network" <<'UNIT'
[Match]
Name=eth0
[Network]
DHCP=ipv4
LinkLocalAddressing=no
IPv6AcceptRA=no
[DHCPv4]
ClientIdentifier=mac
UNIT
cat > "$root/etc/systemd/system/halab-resolv.service" <<'UNIT'
[Unit]
Description=Notes the name server that DHCP tells
After=systemd-networkd.service
[Service]
ExecStart=/bin/sh -c '/lib/systemd/systemd-networkd-wait-online --interface=eth0 --timeout=600 && read n < /sys/class/net/eth0/ifindex && sed -n "s/^DNS=//p" /run/systemd/netif/links/$$n | tr " " "\\n" | sed "s/^/nameserver /" > /run/halab-resolv.conf'
UNIT
mkdir -p "$root/etc/systemd/system.conf.d"
printf '[Manager]\nDefaultTimeoutStartSec=10min\n' > "$root/etc/systemd/system.conf.d/halab.conf"
ln -sf ../run/halab-resolv.conf "$root/etc/resolv.conf"
cat > "$root/etc/systemd/system/halab-host-keys.service" <<'UNIT'
[Unit]
Description=Makes the keys this host is known by
DefaultDependencies=no
After=local-fs.target
Before=ssh.service
ConditionPathExists=!/etc/ssh/ssh_host_ed25519_key
[Service]
Type=oneshot
ExecStart=/usr/bin/ssh-keygen -q -t ecdsa -N "" -f /etc/ssh/ssh_host_ecdsa_key
ExecStart=/usr/bin/ssh-keygen -q -t ed25519 -N "" -f /etc/ssh/ssh_host_ed25519_key
UNIT
printf 'HostKey /etc/ssh/ssh_host_%s_key\n' ecdsa ed25519 >> "$root/etc/ssh/sshd_config.d/halab.conf"
mkdir -p "$root/etc/systemd/system/multi-user.target.wants"
ln -sf /lib/systemd/system/systemd-networkd.service "$root/etc/systemd/system/multi-user.target.wants/"
ln -sf ../halab-resolv.service ../halab-host-keys.service "$root/etc/systemd/system/multi-user.target.wants/"
mkdir -p "$root/home/vagrant/.ssh"
cat > "$root/home/vagrant/.ssh/authorized_keys" <<'KEY'
ssh-rsa AAAAB3NzaC1yc2EAAAABIwAAAQEA6NF8iallvQVp22WDkTkyrtvp9eWW6A8YVr+kz4TjGYe7gHzIw+niNltGEFHzD8+v1I2YJ6oXevct1YeS0o9HZyN1Q9qgCgzUFtdOKLv6IedplqoPkcmF0aYet2PkEDo3MlTBckFXPITAMzF8dJSIFo9D8HfdOV0IAdx4O7PtixWKn5y2hMNG0zQPyUecp4pzC6kivAIhyfHilFR61RGL+GPXQ2MWZWFYbAGjyiYJnAmCP3NOTd0jMZEnDkbUvxhMmBYSdETk1rRgm+R4LOzFUGaHqHDLKLX+FIPKcF96hrucXzcWyLbIbEgE98OHlnVYCzRdK8jlqm8tehUc9c9WhQ== vagrant insecure public key
KEY
chmod 0700 "$root/home/vagrant/.ssh"
chmod 0600 "$root/home/vagrant/.ssh/authorized_keys"
chroot "$root" chown -R vagrant:vagrant /home/vagrant/.ssh
