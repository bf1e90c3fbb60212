#!/bin/sh
# Boots one node, in a mount namespace of its own. systemd-nspawn ends with 133 where the node wants to reboot
# (systemd-nspawn(1), --keep-unit): its interfaces are then as after any reboot. When the node has gone off by itself
# its cables are pulled: the kernel would go on answering for the addresses of an empty namespace.
# Arguments: machine, user namespace, network namespace, first id, image root, node folder, run folder,
# cgroup below the root of cgroup2 ('' = the one it is started in, which has its limits already), folder of exported disks
# ('' = none), their names,
# processors and MiB to hold the node to ('' = no limit), its share of processors that are short, processes to hold it to
# ('' = no limit), MiB and files of its disk, then the arguments of systemd-nspawn.
#
# cgroup2 is mounted here and only here, so that any host will do (systemd 256 and newer refuses cgroup v1).
# The overlay is bound onto itself inside the user namespace because a mount that comes from a more privileged
# namespace is locked and cannot become a root. sysfs can only be mounted from inside the network namespace.
#
# On a host corosync takes real-time priority by itself; in a user namespace it may not. It is given from here when the
# node reports, through the pipe "realtime", that corosync has started. Without it each message of the cluster waits its
# turn among all other processes, and pacemaker answers what has not arrived yet by sleeping for a second. No processor quota
# holds what is real-time, and a group of cgroup v1 with one would refuse it, so corosync leaves that group first.
set -eu
machine=$1 user=$2 net=$3 base=$4 lower=$5 node=$6 run=$7 cgroup=$8 disks=$9 names=${10} cpus=${11} memory=${12} share=${13}
pids=${14} disk=${15} files=${16}
shift 16
programs=$(dirname "$0")
. "$programs/export-disks.sh"
limits() { unshare --mount --propagation private sh "$programs/node-limits.sh" "$@"; }

if [ -n "$cgroup" ]; then
  limits hold "$cgroup" $$ "$cpus" "$memory" "$share" "" || echo "the limits of $machine could not be set" >&2
fi
umount -R /sys/fs/cgroup 2>/dev/null || :
mount -t cgroup2 "$machine" /sys/fs/cgroup
if [ -n "$cgroup" ]; then
  mkdir -p "/sys/fs/cgroup/$cgroup"
  echo $$ > "/sys/fs/cgroup/$cgroup/cgroup.procs"
fi
own=/sys/fs/cgroup$(sed -n 's/^0:://p' /proc/self/cgroup)
chown "$base:$base" "$own" "$own/cgroup.procs" "$own/cgroup.threads" "$own/cgroup.subtree_control"
mount -t overlay "$machine" -o "lowerdir=$lower,upperdir=$node/upper,workdir=$node/work" "$node/root"
mkdir -p /run/systemd/nspawn
mount -t tmpfs -o "mode=755,uid=$base,gid=$base" "$machine" /run/systemd/nspawn
mkdir "$own/launcher" 2>/dev/null || :
echo $$ > "$own/launcher/cgroup.procs"
wish=$run/realtime
rm -f "$wish"
mkfifo -m 600 "$wish"
chown "$base:$base" "$wish"
while :; do
  read -r _ < "$wish" || :
  for pid in $(cat "$own/payload/cgroup.procs" "$own/payload/system.slice/corosync.service/cgroup.procs"); do
    [ "$(cat "/proc/$pid/comm")" = corosync ] || continue
    [ -z "$cpus" ] || limits exempt "$pid" || :
    chrt --rr --all-tasks --pid 99 "$pid" || :
  done
done &
grants=$!
# The disk of a node is a folder of this machine's own, and so is its run folder. No file system that any machine has limits
# a folder, so a node that has outgrown its disk is switched off. This looks with the node's own processors and memory.
perl "$programs/watch-disk.pl" "$machine" "$node/upper" "$disk" "$files" "$run" "$own/payload/cgroup.kill" &
guard=$!
disk_helper=
[ -z "$disks" ] || export_disks
cables() { nsenter --net="$net" ip -o link show type veth | sed 's/^[0-9]*: \([^@:]*\).*/\1/'; }
while :; do
  code=0
  # Only the node is held to a number of processes: what watches it from here starts some when the node can start no more.
  # shellcheck disable=SC2016 # $$ is that of the inner shell
  sh -c '
    [ -z "$4" ] || [ -z "$5" ] ||
      unshare --mount --propagation private sh "$2/node-limits.sh" hold "$4" $$ "" "" "$3" "$5" || :
    echo 0 > "$1/cgroup.procs"; shift 5; exec "$@"' start "$own" "$programs" "$share" "$cgroup" "$pids" \
    nsenter --user="$user" --net="$net" --setuid=0 --setgid=0 unshare --mount --propagation slave \
    sh -c 'mount --rbind "$1" "$1"; shift; exec "$@"' boot "$node/root" systemd-nspawn "$@" || code=$?
  [ -z "$disks" ] || withdraw_disks
  [ $code = 133 ] || break
  [ -z "$disks" ] || export_disks
  for cable in $(cables); do nsenter --net="$net" ip addr flush dev "$cable"; done
  nsenter --net="$net" ip -force -batch "$node/addresses.ip"
done
kill $grants $guard
for cable in $(cables); do nsenter --net="$net" ip link delete "$cable"; done
