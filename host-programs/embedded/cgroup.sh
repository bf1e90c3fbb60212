#!/bin/sh
# Reads, writes, empties or removes a subtree of cgroup2, wherever the host keeps it. It runs in a mount namespace of its own.
# Arguments: a verb, the cgroup below the root of cgroup2, and what the verb takes:
#   read CGROUP FILE          prints the file, if it is there
#   write CGROUP FILE VALUE   writes it, if it is there
#   kill CGROUP               kills all processes, frozen or not, waits until they are gone, and removes the groups inside
#   remove CGROUP             the same, and removes the subtree
set -eu
verb=$1 cgroup=$2
umount -R /sys/fs/cgroup 2>/dev/null || :
mount -t cgroup2 halab /sys/fs/cgroup
top=/sys/fs/cgroup/$cgroup
[ -d "$top" ] || exit 0

# A process that has died and waits for its parent counts no more; the PID 1 of this machine may take seconds to reap it.
empty() {
  echo 1 > "$top/cgroup.kill"
  # It would stay frozen with no process in it, and freeze the next one that comes.
  echo 0 > "$top/cgroup.freeze"
  tries=0
  while [ -e "$top/cgroup.events" ] && grep -qs '^populated 1' "$top/cgroup.events"; do
    tries=$((tries + 1))
    [ $tries -lt 750 ] || { echo "processes stay in $cgroup" >&2; exit 1; }
    sleep 0.02
  done
}

# A group that was killed must not be used again: Linux 6.18 kills each process that the systemd of Debian 13 forks from a group
# that was killed into one that was not, so that after a power cut a node could start no service. Where systemd runs the
# machine, it removes them as well.
remove_inside() {
  find "$top" -mindepth 1 -depth -type d -exec rmdir {} + 2>/dev/null ||
    [ -z "$(find "$top" -mindepth 1 -type d 2>/dev/null)" ] || { echo "groups stay in $cgroup" >&2; exit 1; }
}

case $verb in
  read) if [ -e "$top/$3" ]; then cat "$top/$3"; fi ;;
  write) if [ -e "$top/$3" ]; then echo "$4" > "$top/$3"; fi ;;
  kill)
    empty
    remove_inside ;;
  remove)
    empty
    remove_inside
    if [ -d "$top" ]; then rmdir "$top"; fi ;;
  *) echo "no such verb: $verb" >&2; exit 2 ;;
esac
