import { LEND_DISKS } from './disks/lend.js';

/*
 * The fixed shell scripts of the embedded backend. Values come in as positional arguments only.
 */

/** Makes a user namespace that outlives its maker. Arguments: handle, first id, count. */
export const MAKE_USER_NAMESPACE = `
set -eu
handle=$1 base=$2 count=$3
mkdir -p "$(dirname "$handle")"
if mountpoint -q "$handle"; then exit 0; fi
: > "$handle"
unshare --user sleep 30 &
pid=$!
own=$(readlink /proc/self/ns/user)
tries=0
while [ "$(readlink /proc/$pid/ns/user)" = "$own" ]; do
  tries=$((tries + 1)); [ $tries -lt 1000 ] || exit 1
  sleep 0.01
done
echo "0 $base $count" > /proc/$pid/uid_map
echo "0 $base $count" > /proc/$pid/gid_map
mount --bind /proc/$pid/ns/user "$handle"
kill $pid
`;

/** Makes a network namespace owned by a lab's user namespace. Arguments: user namespace handle, name. */
export const MAKE_NETWORK_NAMESPACE = `
set -eu
user=$1 name=$2
nsenter --user="$user" --setuid=0 --setgid=0 unshare --net sleep 30 &
pid=$!
own=$(readlink /proc/self/ns/net)
tries=0
while [ "$(readlink /proc/$pid/ns/net)" = "$own" ]; do
  tries=$((tries + 1)); [ $tries -lt 1000 ] || exit 1
  sleep 0.01
done
ip netns attach "$name" $pid
kill $pid
`;

/**
 * Boots one node, in a mount namespace of its own. systemd-nspawn ends with 133 where the node wants to reboot
 * (systemd-nspawn(1), --keep-unit): its interfaces are then as after any reboot. When the node has gone off by itself
 * its cables are pulled: the kernel would go on answering for the addresses of a namespace in which nobody lives.
 * Arguments: machine, user namespace, network namespace, first id, image root, node folder, run folder,
 * cgroup below the root of cgroup2 ('' = the one it is started in), folder of lent disks ('' = none), their names, then systemd-nspawn's own words.
 *
 * cgroup2 is mounted here and only here, so that any host will do (systemd 256 and newer refuses cgroup v1).
 * The overlay is bound onto itself inside the user namespace because a mount that comes from a more privileged
 * namespace is locked and cannot become a root. sysfs can only be mounted from inside the network namespace.
 *
 * On a host corosync takes real-time priority by itself; in a user namespace it may not. It is given from here when the
 * node says, through the pipe "realtime", that corosync has started. Without it each message of the cluster waits its
 * turn among all other processes, and pacemaker answers what has not arrived yet by sleeping for a second.
 */
export const BOOT_NODE = `
set -eu
machine=$1 user=$2 net=$3 base=$4 lower=$5 node=$6 run=$7 cgroup=$8 disks=$9 names=\${10}
shift 10
${LEND_DISKS}
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
    [ "$(cat "/proc/$pid/comm")" = corosync ] && chrt --rr --all-tasks --pid 99 "$pid" || :
  done
done &
grants=$!
lender=
[ -z "$disks" ] || lend_disks
cables() { nsenter --net="$net" ip -o link show type veth | sed 's/^[0-9]*: \\([^@:]*\\).*/\\1/'; }
while :; do
  code=0
  sh -c 'echo 0 > "$1/cgroup.procs"; shift; exec "$@"' start "$own" \\
    nsenter --user="$user" --net="$net" --setuid=0 --setgid=0 unshare --mount --propagation slave \\
    sh -c 'mount --rbind "$1" "$1"; shift; exec "$@"' boot "$node/root" systemd-nspawn "$@" || code=$?
  [ -z "$disks" ] || take_disks_back
  [ $code = 133 ] || break
  [ -z "$disks" ] || lend_disks
  for cable in $(cables); do nsenter --net="$net" ip addr flush dev "$cable"; done
  nsenter --net="$net" ip -force -batch "$node/addresses.ip"
done
kill $grants
for cable in $(cables); do nsenter --net="$net" ip link delete "$cable"; done
`;

/** Writes to a file of a cgroup2 subtree, wherever the host keeps it. Arguments: cgroup, file, value. */
export const WRITE_CGROUP = `
set -eu
umount -R /sys/fs/cgroup 2>/dev/null || :
mount -t cgroup2 halab /sys/fs/cgroup
if [ -e "/sys/fs/cgroup/$1/$2" ]; then echo "$3" > "/sys/fs/cgroup/$1/$2"; fi
`;

/**
 * Kills all in a cgroup2 subtree, frozen or not, and waits until nobody lives there. Who has died and waits for its parent
 * to take note lives no more; the machine's PID 1 may take seconds to. A cgroup stays frozen when nobody is left in it, and
 * would freeze whoever is put there next. Argument: cgroup.
 */
export const KILL_CGROUP = `
set -eu
umount -R /sys/fs/cgroup 2>/dev/null || :
mount -t cgroup2 halab /sys/fs/cgroup
top=/sys/fs/cgroup/$1
[ -d "$top" ] || exit 0
echo 1 > "$top/cgroup.kill"
echo 0 > "$top/cgroup.freeze"
tries=0
while [ -e "$top/cgroup.events" ] && grep -qs '^populated 1' "$top/cgroup.events"; do
  tries=$((tries + 1)); [ $tries -lt 750 ] || { echo "processes stay in $1" >&2; exit 1; }
  sleep 0.02
done
`;

/** Prints a file of a cgroup2 subtree. Arguments: cgroup, file. */
export const READ_CGROUP = `
set -eu
umount -R /sys/fs/cgroup 2>/dev/null || :
mount -t cgroup2 halab /sys/fs/cgroup
if [ -e "/sys/fs/cgroup/$1/$2" ]; then cat "/sys/fs/cgroup/$1/$2"; fi
`;

/** Kills what is left in a cgroup2 subtree, waits until the kernel has let go of it, removes it. Argument: cgroup. */
export const REMOVE_CGROUP = `
set -eu
umount -R /sys/fs/cgroup 2>/dev/null || :
mount -t cgroup2 halab /sys/fs/cgroup
top=/sys/fs/cgroup/$1
[ -d "$top" ] || exit 0
echo 1 > "$top/cgroup.kill"
tries=0
while ! grep -q '^populated 0' "$top/cgroup.events"; do
  tries=$((tries + 1)); [ $tries -lt 500 ] || { echo "processes stay in $1" >&2; exit 1; }
  sleep 0.02
done
find "$top" -depth -type d -exec rmdir {} +
`;

/** Copies a tree into a user namespace's ids. Arguments: user namespace, from, to. */
export const SHIFT_TREE = `
set -eu
tar -C "$2" --xattrs '--xattrs-include=*' --numeric-owner --exclude='./dev/*' -c . |
  nsenter --user="$1" --setuid=0 --setgid=0 tar -C "$3" --xattrs '--xattrs-include=*' --numeric-owner -x -p
`;
