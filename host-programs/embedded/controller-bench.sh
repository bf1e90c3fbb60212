#!/bin/sh
# The controllers themselves: an ipmi_sim each, of the node image, which it sees read-only, with the folder of all of them
# on /mnt. Root there is an unprivileged user on the host. One that ends is started again, as the watchdog of a controller does; the pause
# keeps one that cannot start from taking a processor. Arguments: label, user namespace, network namespace, image root, folder.
set -eu
label=$1 user=$2 net=$3 image=$4 folder=$5
root=$folder/root
mount --bind "$image" "$root"
mount -o remount,bind,ro "$root"
mount -t tmpfs -o mode=755 "$label" "$root/dev"
for device in null urandom; do : > "$root/dev/$device"; mount --bind "/dev/$device" "$root/dev/$device"; done
mount --bind "$folder/bench" "$root/mnt"
for own in "$folder"/bench/*/; do
  name=$(basename "$own")
  while :; do
    nsenter --user="$user" --net="$net" --setuid=0 --setgid=0 \
      chroot "$root" ipmi_sim -n -c "/mnt/$name/lan.conf" -f /mnt/start.emu -s "/mnt/$name/state" || :
    sleep 0.2
  done &
done
wait
