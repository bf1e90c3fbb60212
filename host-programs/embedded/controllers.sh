#!/bin/sh
# The host's side of a lab's power controllers: it reads their orders from a pipe and answers each.
# A node has power while its supervisor is there; power is switched by halab itself. An order says by which
# controller, and so of which node. Arguments: label, user namespace, network namespace, first id, image root, folder,
# cgroup ('' = the one it is started in), the label of the lab, how many power supplies a node has, then the command that switches the power, with its arguments.
set -eu
programs=$(realpath "$(dirname "$0")")
label=$1 user=$2 net=$3 base=$4 image=$5 folder=$6 cgroup=$7 lab=$8 supplies=$9
shift 9
[ -z "$cgroup" ] || unshare --mount --propagation private sh "$programs/join-cgroup.sh" "$label" "$cgroup" $$
cd "$folder/bench"
for pipe in orders */; do
  [ "$pipe" = orders ] || pipe=${pipe}answer
  rm -f "$pipe"; mkfifo -m 600 "$pipe"; chown "$base:$base" "$pipe"
done
unshare --mount --propagation private sh "$programs/controller-bench.sh" "$label" "$user" "$net" "$image" "$folder" &
rm -f "$folder"/starting.* "$folder"/off.*
# How long a machine tests itself before it boots, in seconds. A container boots within two, and would join its cluster
# before the fence agent has returned: pacemaker there then receives the news of its own fencing and stays down (exit code 100).
# Where the node has two power supplies, the second outlet is switched on after the first.
FIRMWARE_S=$((5 * supplies))
is_on() { [ -e "$folder/starting.$1" ] || grep -qszx -e "--[m]achine=$lab\.$1" /proc/[0-9]*/cmdline; }
note() { echo "$(date -u +%FT%T.%3NZ) $*" >> "$folder/orders.log"; }
power_on() {
  if is_on "$node"; then return; fi
  starting=$folder/starting.$node
  : > "$starting"
  { sleep "$FIRMWARE_S"; [ ! -e "$starting" ] || "$@" "$node" on; rm -f "$starting"; } >> "$folder/orders.log" 2>&1 &
}
power_off() {
  rm -f "$folder/starting.$node"
  "$@" "$node" off >> "$folder/orders.log" 2>&1
}
# A node with two power supplies, each with an outlet of its own, runs while one of the two is on.
outlet_on() {
  rm -f "$folder/off.$controller"
  power_on "$@"
}
outlet_off() {
  : > "$folder/off.$controller"
  if [ "$supplies" = 1 ] || { [ -e "$folder/off.$node.1" ] && [ -e "$folder/off.$node.2" ]; }; then power_off "$@"; fi
}
is_outlet_on() { if [ "$supplies" = 1 ]; then is_on "$node"; else [ ! -e "$folder/off.$controller" ]; fi; }
switch() {
  note "$controller $order"
  case $order in
    on) outlet_on "$@" ;;
    off) outlet_off "$@" || return 1 ;;
    cycle) outlet_off "$@" || return 1
           outlet_on "$@" ;;
  esac
  note "$controller $order done"
}
obey() {
  node=${controller%.*}
  answer=failed
  case $order in
    status) if is_outlet_on; then answer=on; else answer=off; fi ;;
    on|off|cycle) if switch "$@"; then answer='done'; fi ;;
  esac
  timeout 10 sh -c 'echo "$1" > "$2"' answer "$answer" "$controller/answer" || :
}
exec 3<> orders
while read -r controller order <&3; do
  case $controller in *[!a-z0-9.-]*|.*) continue ;; esac
  if [ -p "$controller/answer" ]; then obey "$@" & fi
done
