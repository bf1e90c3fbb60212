#!/bin/sh
# Holds the processes of a node to the lab's cpus and memory and to a number of processes, by the controllers of cgroup v1 or of cgroup2, whichever has
# them. It runs in a mount namespace of its own. Arguments: a verb and what the verb takes:
#   hold CGROUP PROCESS CPUS MIB SHARE PIDS   limits a process and all that it starts; an empty CPUS, MIB or PIDS is no
#                                  limit. Where processors are short, the nodes of a lab share them in the ratio of their SHAREs
#   exempt PROCESS                 takes a process out of the cpu limit: in a group of v1 it could not become real-time
#   remove CGROUP                  removes the groups that `hold` made in v1; those of cgroup2 go with the node's own
set -eu
# A node that has used up its quota does not run until the period ends, so a pause is shorter than a period. The timeouts of
# pacemaker and pcsd are seconds, so a pause of 20 ms should not make a request late; this is reasoning, not a measurement.
# The kernel gives quota to processors in slices of 5 ms, so a much shorter period would hold few slices.
PERIOD_US=20000
# A lab weighs as much as ten processes of the host: a busy host does not starve it, nor a busy lab the run that watches it.
LAB_WEIGHT=10
HERE=/sys/fs/cgroup
umount -R $HERE 2>/dev/null || :

# The controllers that share a hierarchy of v1 with this one, e.g. cpu,cpuacct; nothing where it is in none.
hierarchy_of() { awk -F: -v want="$1" '("," $2 ",") ~ ("," want ",") { print $2 }' /proc/self/cgroup; }

hold_by() {
  controller=$1
  hierarchy=$(hierarchy_of "$controller")
  if [ -n "$hierarchy" ]; then
    mount -t cgroup -o "$hierarchy" halab $HERE
    mkdir -p "$HERE/$cgroup"
    "${controller}_in_v1" "$HERE/$cgroup"
    echo "$process" > "$HERE/$cgroup/cgroup.procs"
  else
    mount -t cgroup2 halab $HERE
    mkdir -p "$HERE/$cgroup"
    for parent in $HERE "$HERE/${cgroup%/*}"; do echo "+$controller" > "$parent/cgroup.subtree_control"; done
    "${controller}_in_v2" "$HERE/$cgroup"
  fi
  umount $HERE
}
cpu_in_v1() {
  echo $PERIOD_US > "$1/cpu.cfs_period_us"
  echo $((cpus * PERIOD_US)) > "$1/cpu.cfs_quota_us"
  echo $((share * 1024)) > "$1/cpu.shares"
  echo $((LAB_WEIGHT * 1024)) > "${1%/*}/cpu.shares"
}
cpu_in_v2() {
  echo "$((cpus * PERIOD_US)) $PERIOD_US" > "$1/cpu.max"
  echo $((share * 100)) > "$1/cpu.weight"
  echo $((LAB_WEIGHT * 100)) > "${1%/*}/cpu.weight"
}
memory_in_v1() {
  echo "${mib}M" > "$1/memory.limit_in_bytes"
  # Swap would hold what the limit refuses. Not every kernel counts it.
  if [ -e "$1/memory.memsw.limit_in_bytes" ]; then echo "${mib}M" > "$1/memory.memsw.limit_in_bytes"; fi
}
memory_in_v2() {
  echo "${mib}M" > "$1/memory.max"
  if [ -e "$1/memory.swap.max" ]; then echo 0 > "$1/memory.swap.max"; fi
}

pids_in_v1() { echo "$pids" > "$1/pids.max"; }
pids_in_v2() { pids_in_v1 "$1"; }

exempt() {
  hierarchy=$(hierarchy_of cpu)
  [ -n "$hierarchy" ] || return 0
  mount -t cgroup -o "$hierarchy" halab $HERE
  echo "$1" > $HERE/cgroup.procs
}

remove_from() {
  hierarchy=$(hierarchy_of "$1")
  [ -n "$hierarchy" ] || return 0
  # Where it cannot be mounted, nothing was made in it either.
  mount -t cgroup -o "$hierarchy" halab $HERE || return 0
  tries=0
  # The kernel lets go of a group a moment after its last process.
  while [ -d "$HERE/$cgroup" ] && ! find "$HERE/$cgroup" -depth -type d -exec rmdir {} + 2>/dev/null; do
    tries=$((tries + 1))
    [ $tries -lt 500 ] || { echo "the $1 group of $cgroup stays" >&2; exit 1; }
    sleep 0.02
  done
  umount $HERE
}

case $1 in
  hold)
    cgroup=$2 process=$3 cpus=$4 mib=$5 share=$6 pids=$7
    [ -z "$cpus" ] || hold_by cpu
    [ -z "$mib" ] || hold_by memory
    [ -z "$pids" ] || hold_by pids ;;
  exempt) exempt "$2" ;;
  remove)
    cgroup=$2
    remove_from cpu
    remove_from memory
    remove_from pids ;;
  *) echo "no such verb: $1" >&2; exit 2 ;;
esac
