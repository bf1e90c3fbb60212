#!/bin/sh
# First process of a machine that shares nothing of the real one but its programs: unshare gave it namespaces of its own.
# Arguments: its folder, its name, the folder of halab, that of the images of nodes. Says `ready`; ends, and everything on it with it, when its standard input ends.
set -eu
folder=$1 name=$2 top=$3 images=$4
hostname "$name"
mkdir -p "$folder/state" "$folder/cache/images" "$folder/reports" "$folder/tmp"
# Before /var is another one.
mount --bind -o ro "$images" "$folder/cache/images"
for part in etc var root; do
  mkdir -p "$folder/$part" "$folder/work-$part"
  mount -t overlay overlay -o "lowerdir=/$part,upperdir=$folder/$part,workdir=$folder/work-$part" "/$part"
done
# An overlay cannot take the changes of another one, so labs are kept in an ordinary folder.
mkdir -p /var/lib/halab /var/cache/halab "$top/reports"
mount --bind "$folder/state" /var/lib/halab
mount --rbind "$folder/cache" /var/cache/halab
mount --bind "$folder/reports" "$top/reports"
mount --bind "$folder/tmp" /tmp
mount -t tmpfs tmpfs /run
mount -t sysfs sysfs /sys
mkdir -p /run/lock /run/sshd
ip link set lo up
# Its own, and the same after a boot.
if [ ! -e "/etc/ssh/of-$name" ]; then
  rm -f /etc/ssh/ssh_host_*
  : > "/etc/ssh/of-$name"
  ssh-keygen -q -t ed25519 -N '' -f /etc/ssh/ssh_host_ed25519_key
fi
/usr/sbin/sshd -o UsePAM=no -o PermitRootLogin=prohibit-password -o HostKey=/etc/ssh/ssh_host_ed25519_key
echo ready
cat > /dev/null
