/*
 * The fixed shell scripts behind the power controllers. Values come in as positional arguments only.
 */

/** Moves a process to a cgroup of cgroup2, in a mount namespace of its own. Arguments: label, cgroup, process. */
const JOIN = `
set -eu
umount -R /sys/fs/cgroup 2>/dev/null || :
mount -t cgroup2 "$1" /sys/fs/cgroup
mkdir -p "/sys/fs/cgroup/$2"
echo "$3" > "/sys/fs/cgroup/$2/cgroup.procs"
`;

/**
 * The controllers themselves: an ipmi_sim each, of the node image, which it sees read-only, with the folder of all of them
 * on /mnt. Root there is nobody on the host. One that ends is started again, as the watchdog of a controller does; the pause
 * keeps one that cannot start from taking a processor. Arguments: label, user namespace, network namespace, image root, folder.
 */
const BENCH = `
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
    nsenter --user="$user" --net="$net" --setuid=0 --setgid=0 \\
      chroot "$root" ipmi_sim -n -c "/mnt/$name/lan.conf" -f /mnt/start.emu -s "/mnt/$name/state" || :
    sleep 0.2
  done &
done
wait
`;

/**
 * How long a machine tests itself before it boots, in seconds. A container boots within two, and would join its cluster
 * before the agent that fenced it has come back: pacemaker there then hears of its own fencing and stays down (exit code 100).
 */
const FIRMWARE_S = 5;

/**
 * What all controllers of a lab live by, and the host's side of them: it takes their orders from a pipe and answers each.
 * Whether a node has power is told by its supervisor being there; power is switched by halab itself. An order says by which
 * controller, and so of which node. Arguments: label, user namespace, network namespace, first id, image root, folder,
 * cgroup ('' = the one it is started in), the label of the lab, then the words of the command that switches.
 */
export const CONTROLLERS = `
set -eu
label=$1 user=$2 net=$3 base=$4 image=$5 folder=$6 cgroup=$7 lab=$8
shift 8
[ -z "$cgroup" ] || unshare --mount --propagation private sh -c '${JOIN}' join "$label" "$cgroup" $$
cd "$folder/bench"
for pipe in orders */; do
  [ "$pipe" = orders ] || pipe=\${pipe}answer
  rm -f "$pipe"; mkfifo -m 600 "$pipe"; chown "$base:$base" "$pipe"
done
unshare --mount --propagation private sh -c '${BENCH}' bench "$label" "$user" "$net" "$image" "$folder" &
rm -f "$folder"/starting.*
is_on() { [ -e "$folder/starting.$1" ] || grep -qszx -e "--[m]achine=$lab\\.$1" /proc/[0-9]*/cmdline; }
note() { echo "$(date -u +%FT%T.%3NZ) $*" >> "$folder/orders.log"; }
power_on() {
  if is_on "$node"; then return; fi
  starting=$folder/starting.$node
  : > "$starting"
  { sleep ${FIRMWARE_S}; [ ! -e "$starting" ] || "$@" "$node" on; rm -f "$starting"; } >> "$folder/orders.log" 2>&1 &
}
power_off() {
  rm -f "$folder/starting.$node"
  "$@" "$node" off >> "$folder/orders.log" 2>&1
}
switch() {
  note "$controller $order"
  case $order in
    on) power_on "$@" ;;
    off) power_off "$@" || return 1 ;;
    cycle) power_off "$@" || return 1
           power_on "$@" ;;
  esac
  note "$controller $order done"
}
obey() {
  node=\${controller%.*}
  answer=failed
  case $order in
    status) if is_on "$node"; then answer=on; else answer=off; fi ;;
    on|off|cycle) if switch "$@"; then answer=done; fi ;;
  esac
  timeout 10 sh -c 'echo "$1" > "$2"' answer "$answer" "$controller/answer" || :
}
exec 3<> orders
while read -r controller order <&3; do
  case $controller in *[!a-z0-9.-]*|.*) continue ;; esac
  if [ -p "$controller/answer" ]; then obey "$@" & fi
done
`;

/** How long a slow controller takes for anything, in seconds: longer than any agent has to fence a node. */
const SLOW_S = 60;

/**
 * What ipmi_sim calls for a chassis, with what it wants: \`get power\`, \`set power 0\` … (ipmi_lan(5), chassis_control; the
 * forms are those of lanserv/extcmd.c). It runs beside ipmi_sim and sends the order to the host's side. Argument before
 * those: the controller. What it says is what is wrong with it, if anything is: a slow one that has been mended meanwhile
 * forgets what it was about to do, and one that lies remembers what it has claimed.
 */
export const CHASSIS = `#!/bin/sh
controller=$1
shift
cd "/mnt/$controller" || exit
wrong=
[ ! -e wrong ] || read -r wrong < wrong
if [ "$wrong" = slow ]; then
  sleep ${SLOW_S}
  [ -e wrong ] || exit 1
fi
case "$*" in
  'get power') order=status ;;
  'set power 0') order=off ;;
  'set power 1') order=on ;;
  'set reset 1') order=cycle ;;
  *) exit 1 ;;
esac
answer=
if [ "$wrong" = lies ]; then
  case $order in
    off) echo off > claimed; answer=done ;;
    on|cycle) echo on > claimed; answer=done ;;
    status) [ ! -e claimed ] || read -r answer < claimed ;;
  esac
fi
if [ -z "$answer" ]; then
  echo "$controller $order" > ../orders
  read -r answer < answer
fi
case $order:$answer in
  status:on) echo power:1 ;;
  status:off) echo power:0 ;;
  *:done) ;;
  *) exit 1 ;;
esac
`;

/** What an ipmi_sim is made of: one management controller at the usual address, with nothing but a chassis (ipmi_sim_cmd(5)). */
export const START_EMU = `mc_setbmc 0x20
mc_add 0x20 0 no-device-sdrs 0x23 9 8 0x9f 0x1291 0xf02
mc_enable 0x20
`;
