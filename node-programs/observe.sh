#!/bin/sh
# Reports what a node knows of itself, in one round trip, for it is asked after every step. Each part stands between
# `@halab begin NAME` and `@halab end EXITCODE`, its stderr behind `@err `. Arguments: since when log lines and core dumps
# count, in a form that journalctl and find both take; how many seconds a tool of the cluster has; how many ms crmadmin
# waits for an answer.
#
# The cluster's tools run beside one another: where a daemon is stopped or hangs, each of them waits for all its time, and
# one after the other they would cost the node its whole answer. The CIB is read before all that changes with it, and its
# version again after; where it hangs, the others get little time. Where pacemaker does not run, its tools are not started:
# they would wait for it. crm_mon up to 2.0.2 answers a flag it does not know with its help and exit code 0
# (tools/crm_mon.c), so the old flag is tried where no XML comes. crm_node asks the controller for the name, too. Only on a
# DC is the scheduler asked for its plans; for them crm_simulate writes a copy of the CIB, below /var/lib/pacemaker unless
# CIB_shadow_dir says where, and that disk may be full. An answer without its last part, the disks, was cut off.

since=$1 limit=$2 patience=$3
export LC_ALL=C
dir=$(mktemp -d -p /run halab-observe.XXXXXX 2>/dev/null || mktemp -d) || exit
trap 'rm -rf "$dir"' EXIT
export CIB_shadow_dir="$dir"
part() {
  name=$1; shift
  echo "@halab begin $name"
  "$@" 2>"$dir/$name.err"; code=$?
  [ ! -s "$dir/$name.err" ] || sed 's/^/@err /' "$dir/$name.err"
  echo; echo "@halab end $code"
}
beside() { "$@" >"$dir/$2.said" & }
crm_mon_xml() {
  out=$(timeout "$limit" crm_mon --output-as=xml --inactive --fence-history=3); code=$?
  [ "$code" -ne 124 ] || return 124
  case $out in '<'*) ;; *) out=$(timeout "$limit" crm_mon --as-xml --inactive) || return ;; esac
  printf '%s\n' "$out"
}
crmadmin_status() {
  self=$(timeout "$limit" crm_node --name); code=$?
  [ "$code" -ne 124 ] || return 124
  said=$(timeout "$limit" crmadmin --timeout="$patience" --status="$self"); code=$?
  echo "$said"
  return $code
}
controller_and() {
  part controller crmadmin_status
  case $said in
    *S_NOT_DC*|*S_PENDING*|'') ;;
    *S_[A-Z]*) part "$1" timeout "$limit" crm_simulate --live-check --simulate ;;
  esac
}
cores() { find /var/lib/pacemaker/cores /var/lib/corosync /var/lib/systemd/coredump -type f -name '*core*' -newermt "$since" 2>/dev/null; true; }
critical() {
  journalctl -q --no-pager -o short-iso -n 50 --since "$since" PRIORITY=0 PRIORITY=1 PRIORITY=2 + PRIORITY=3 SYSLOG_IDENTIFIER=pacemakerd
}
part clock date +%s.%N
part boot cat /proc/sys/kernel/random/boot_id
part units systemctl show corosync.service pacemaker.service pcsd.service pacemaker_remote.service corosync-qdevice.service -p Id,LoadState,ActiveState,UnitFileState,MainPID,NRestarts
if pidof corosync >/dev/null; then beside part quorum timeout "$limit" corosync-quorumtool -s; fi
if pidof pacemakerd >/dev/null; then
  part cib timeout "$limit" cibadmin --query --local; cib=$code
  [ "$cib" -ne 124 ] || limit=1
  beside controller_and planned
  beside part status crm_mon_xml
else
  beside part stored-cib cat /var/lib/pacemaker/cib/cib.xml
fi
part processes ps -eo pid=,etimes=,args=
part listeners ss -ltnp
part links ip -o link show
part addresses ip -o addr show
part mounts findmnt -rn -o SOURCE,TARGET,FSTYPE
part active-units systemctl list-units --type=service --state=active --no-legend --plain --no-pager
part cores cores
part critical critical
wait
cat "$dir"/*.said
[ "$cib" != 0 ] || part cib-after timeout "$limit" cibadmin --query --local --no-children
part disks df -P -k /var/lib/pacemaker /var/log
