#!/bin/bash
# The walk-through with nothing but shell: what halab's own times are held against.
#   tools/bare-walkthrough.sh ROOTFS
# ROOTFS is a tree of a node image whose files belong to root. Everything lives in network namespaces of this run,
# named bare-<pid>, and is gone at the end. Prints "<stage> <ms>" lines, and "moved <from> <to>" last.
set -u
tree=$(realpath "$1")
label=bare-$$
work=$(mktemp -d "/var/tmp/$label.XXXXXX")
declare -A last=([iscsi-disks]=20 [ha-host1]=31 [ha-host2]=32 [ha-host3]=33)
ha=(ha-host1 ha-host2 ha-host3)
vip=192.168.56.24

clock() { date +%s%3N; }
mark=$(clock)
stage() {
  local now
  now=$(clock)
  echo "$1 $((now - mark))"
  mark=$now
}

on() {
  local node=$1
  shift
  timeout 90 nsenter --target "$(<"$work/$node/leader")" --all --root --wd=/root "$@"
}

# Repeats a test ten times a second, at most so many times.
until_true() {
  local times=$1
  shift
  for ((i = 0; i < times; i++)); do
    "$@" && return 0
    sleep 0.1
  done
  echo "gave up: $*" >&2
  return 1
}

clean_up() {
  local node
  for node in "${!last[@]}"; do
    [ -s "$work/$node/leader" ] && kill -s KILL "$(<"$work/$node/leader")" 2>/dev/null
  done
  wait
  for node in "${!last[@]}"; do
    umount "$work/$node/root" 2>/dev/null
    ip netns delete "$label.$node" 2>/dev/null
  done
  ip netns delete "$label.switch" 2>/dev/null
  rm -rf "$work"
}
trap clean_up EXIT

boot() {
  local node=$1 root=$work/$1/root name ns=$label.$1 port=p${last[$1]}
  ip netns add "$ns"
  ip link add "$port" netns "$label.switch" type veth peer name eth1 netns "$ns"
  ip -n "$label.switch" link set "$port" master br1 up
  ip -n "$ns" link set lo up
  ip -n "$ns" addr add "192.168.56.${last[$node]}/24" dev eth1
  ip -n "$ns" link set eth1 up
  mkdir -p "$work/$node"/{upper,work,root}
  mount -t overlay overlay -o "lowerdir=$tree,upperdir=$work/$node/upper,workdir=$work/$node/work" "$root"
  : > "$root/etc/machine-id"
  echo "$node" > "$root/etc/hostname"
  {
    echo 127.0.0.1 localhost
    for name in "${!last[@]}"; do echo "192.168.56.${last[$name]} $name"; done
  } > "$root/etc/hosts"
  echo hacluster:hacluster | chroot "$root" chpasswd
  systemd-nspawn --quiet --boot --directory="$root" --machine="$ns" --register=no --keep-unit \
    --network-namespace-path="/run/netns/$ns" --capability=all --resolv-conf=off \
    < /dev/null > "$work/$node/console" 2>&1 &
  echo $! > "$work/$node/supervisor"
}

booted() {
  pgrep -P "$(<"$work/$1/supervisor")" > "$work/$1/leader" && on "$1" systemctl is-active multi-user.target > /dev/null 2>&1
}
all_online() { on ha-host1 crm_mon -1 2>/dev/null | grep -q "Online: \[ ${ha[*]} \]"; }
holder() { on "$1" crm_mon -1 2>/dev/null | sed -n 's/.*vip.*Started \([^ ]*\).*/\1/p'; }
held() { from=$(holder ha-host1) && [ -n "$from" ]; }
moved() { to=$(holder "$witness") && [ -n "$to" ] && [ "$to" != "$from" ]; }

ip netns add "$label.switch"
ip -n "$label.switch" link add br1 type bridge
ip -n "$label.switch" link set br1 up
for node in iscsi-disks "${ha[@]}"; do boot "$node"; done
for node in iscsi-disks "${ha[@]}"; do until_true 300 booted "$node" || exit 1; done
stage boot

on ha-host1 pcs host auth "${ha[@]}" -u hacluster -p hacluster > "$work/auth" 2>&1 || { cat "$work/auth" >&2; exit 1; }
on ha-host1 pcs cluster setup linuxha "${ha[@]}" --force > "$work/setup" 2>&1 || { cat "$work/setup" >&2; exit 1; }
stage auth+setup

on ha-host1 pcs cluster start --all > /dev/null 2>&1
until_true 900 all_online || exit 1
stage start-to-3-online

on ha-host1 pcs property set stonith-enabled=false
on ha-host1 pcs resource create vip ocf:heartbeat:IPaddr2 ip=$vip cidr_netmask=24 op monitor interval=30s
until_true 300 held || exit 1
stage vip

for witness in "${ha[@]}"; do [ "$witness" != "$from" ] && break; done
on "$from" ip link set eth1 down
until_true 300 moved || exit 1
stage failover
echo "moved $from $to"
