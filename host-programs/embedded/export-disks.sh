#!/bin/sh
# shellcheck disable=SC2154 # its variables are those of boot-node.sh
# What this machine does for a node that is logged in to shared storage: functions for boot-node.sh, which reads this file.
#
# The kernel mounts ext4 only for the machine's own root (no FS_USERNS_MOUNT), loop devices are the machine's, and
# a loop device reads and writes as the machine's root, an id that a FUSE file system of a user namespace does not map and
# therefore refuses (EOVERFLOW, fuse_get_req in fs/fuse/dev.c). So this script does these things when the node asks through
# the pipe "ask". Nothing is ever started inside the node: that would be the node's own program, with the machine's rights.
#
# show: a file is mounted by FUSE where only this script sees it, and the open connection goes to the node's initiator.
#
# attach: that file becomes a loop device. It clears itself with its last user, and is held open until the node goes down:
# if it became free earlier, another user could get it as a disk while the node still has a device file for it. What it read before is
# dropped at each mount, since others have written meanwhile; direct I/O leaves no second cache below it. Requests go out
# one by one: qemu-storage-daemon (7.2) receives all into one buffer, and a write that comes in while another is on its way
# takes that one's place; without this, blocks of a mkfs never reached the target.
#
# mount: that device, and only that, is mounted here as ext4, and the mount travels into the node by propagation. What
# comes from a more privileged mount namespace keeps its nodev and nosuid for good (mount_namespaces(7), "Restrictions on
# mount namespaces"); otherwise a device file on the disk would open the machine's own disks. Who may remount it is the
# machine's root alone, so that errors=panic cannot be set. release: the node has bound it to its place, and the copy here
# goes, so that umount(8) in the node is the last word.
#
# Variables of boot-node.sh that it uses: programs, machine, user, base, lower, own, run, disks (its folder), names (of the disks).
# Read now, since a lab may outlive the halab that started it. The python3 is that of the node image.
bind_loop=$(cat "$programs/bind-loop.py")
hand_over=$(cat "$programs/hand-over.py")

export_disks() {
  mkdir -p "$disks" "$disks.own"
  mount -t tmpfs -o mode=700,size=64k "$machine" "$disks.own"
  mount -t tmpfs -o mode=755,size=64k "$machine" "$disks"
  mkdir "$disks.own/control"
  mount -t fusectl "$machine" "$disks.own/control"
  mount --make-shared "$disks"
  mkdir "$disks/dev" "$disks/mnt"
  for disk in $names; do mkdir "$disks/mnt/$disk"; done
  mkfifo -m 600 "$disks/ask" "$disks/answer"
  chown "$base:$base" "$disks/ask" "$disks/answer"
  serve_disks 3<>"$disks/ask" 4<>"$disks/answer" &
  disk_helper=$!
}
withdraw_disks() {
  kill $disk_helper
  wait $disk_helper || :
  umount --recursive --lazy "$disks" "$disks.own"
}
serve_disks() {
  set +e -f
  holders=''
  shown=0
  trap 'kill $holders 2>/dev/null; exit 0' TERM
  while read -r id verb disk options <&3; do
    said="cannot $verb $disk"
    case " $names " in
      *" $disk "*)
        case $verb in
          show) show_disk && said="done" ;;
          attach) attach_disk && said="done" ;;
          detach) rm -f "$disks/dev/$disk" && said="done" ;;
          mount) mount_disk && said="done" ;;
          release) umount "$disks/mnt/$disk" && said="done" ;;
        esac ;;
    esac
    printf '%s %s\n' "$id" "$said" >&4
  done
}
as_node() { nsenter --user="$user" --setuid=0 --setgid=0 --root="$lower" --wd="$run" python3 -c "$@"; }
show_disk() {
  # The place of a login that came to nothing is used again; one that a loop device stands on keeps its name.
  if at=$(readlink -e "$disks.own/$disk"); then
    umount --lazy "$at"
  else
    shown=$((shown + 1))
    at=$disks.own/$disk.$shown
    : > "$at"
    ln -sn "$disk.$shown" "$disks.own/$disk"
  fi
  exec 5<>/dev/fuse || return 1
  mount -i -n -t fuse -o fd=5,rootmode=100600,user_id=0,group_id=0,allow_other "$machine" "$at" &&
    as_node "$hand_over" "lab-disk-$disk.sock"
  code=$?
  exec 5>&-
  return $code
}
one_by_one() {
  at=$(readlink -e "$disks.own/$disk")
  connection=$(awk -v at="$at" '$5 == at { sub("0:", "", $3); print $3 }' /proc/self/mountinfo)
  echo 1 > "$disks.own/control/$connection/max_background"
}
attach_disk() {
  [ "$(echo $holders | wc -w)" -lt 64 ] || return 1
  # The kernel has no size for the file until stat asks for it.
  [ "$(stat -L -c %s "$disks.own/$disk")" -gt 0 ] && one_by_one && exec 6<>"$disks.own/$disk" || return 1
  tries=0
  while [ $tries -lt 16 ]; do
    tries=$((tries + 1))
    loop=$(losetup --find) || break
    rm -f "$disks/dev/.new"
    # shellcheck disable=SC2046 # major and minor are two words
    mknod -m 600 "$disks/dev/.new" b $(tr : ' ' < "/sys/block/${loop#/dev/}/dev") || break
    exec 5<>"$disks/dev/.new" || break
    if as_node "$bind_loop" "$machine.$disk"; then
      sleep infinity <&5 3<&- 4<&- 6<&- &
      holders="$holders $!"
      exec 5>&- 6>&-
      chown "$base:$base" "$disks/dev/.new"
      mv "$disks/dev/.new" "$disks/dev/$disk"
      rm "$disks.own/$disk"
      return 0
    fi
    exec 5>&-
  done
  exec 6>&-
  return 1
}
mount_disk() {
  for option in $(echo "$options" | tr , ' '); do
    case $option in
      rw | ro | noatime | relatime | nodiratime | noexec | sync | dirsync) ;;
      *) said="$option is not for a disk of the lab"; return 1 ;;
    esac
  done
  at=$disks/mnt/$disk
  umount "$at" 2>/dev/null
  blockdev --flushbufs "$disks/dev/$disk"
  said=$(mount -i -n -t ext4 -o "nodev,nosuid,errors=remount-ro,$options" "$disks/dev/$disk" "$at" 2>&1 | tail -n 1)
  mountpoint -q "$at" || return 1
  [ "$(stat -c %u:%g "$at")" != 0:0 ] || chown -h "$base:$base" "$at" "$at/lost+found" 2>/dev/null
  return 0
}
