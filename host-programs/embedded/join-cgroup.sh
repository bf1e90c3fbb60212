#!/bin/sh
# Moves a process to a cgroup of cgroup2, in a mount namespace of its own. Arguments: label, cgroup, process.
set -eu
umount -R /sys/fs/cgroup 2>/dev/null || :
mount -t cgroup2 "$1" /sys/fs/cgroup
mkdir -p "/sys/fs/cgroup/$2"
echo "$3" > "/sys/fs/cgroup/$2/cgroup.procs"
