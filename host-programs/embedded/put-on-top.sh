#!/bin/sh
# Installs packages on top of an image, as a layer of overlayfs. The scripts of the packages run as root of a lab's user namespace,
# which is nobody on this machine, without a network, and see no process but their own.
# Arguments: user namespace, first id, image root, layer, work folder, an empty folder to mount at, the packages' folder; then
# the packages, by the names of their files. It is started in mount, process and network namespaces of its own.
set -eu
user=$1 base=$2 lower=$3 layer=$4 work=$5 root=$6 debs=$7
shift 7
for folder in "$layer" "$work"; do
  mkdir -p "$folder"
  chown "$base:$base" "$folder"
done
mount -t overlay layer -o "lowerdir=$lower,upperdir=$layer,workdir=$work" "$root"
for folder in dev run tmp; do mount -t tmpfs -o "mode=755,uid=$base,gid=$base" layer "$root/$folder"; done
chmod 1777 "$root/tmp"
for device in null zero full random urandom; do
  : > "$root/dev/$device"
  mount --bind "/dev/$device" "$root/dev/$device"
done
mount -t proc layer "$root/proc"
mkdir "$root/run/debs"
mount --bind "$debs" "$root/run/debs"
# No daemon starts here (policy-rc.d, as in any chroot).
policy=$root/usr/sbin/policy-rc.d
printf '#!/bin/sh\nexit 101\n' > "$policy"
chmod 755 "$policy"
enabled() { (cd "$root/etc/systemd/system" && find . -type l | sort); }
before=$(enabled)
code=0
nsenter --user="$user" --setuid=0 --setgid=0 chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 \
  DEBIAN_FRONTEND=noninteractive \
  sh -euc 'cd /run/debs; dpkg --install --auto-deconfigure --force-confdef --force-confold "$@"' install "$@" </dev/null || code=$?
rm -f "$policy"
# What the image does not start, the new version does not start either: the cluster is formed by hand.
enabled | while read -r unit; do
  printf '%s\n' "$before" | grep -qxF "$unit" || rm -f "$root/etc/systemd/system/$unit"
done
rm -f "$root"/var/cache/apt/*.bin "$root/var/log/dpkg.log"
exit $code
