/**
 * What a node is asked in one go: each part between `@halab begin NAME` and `@halab end EXITCODE`, what went to stderr
 * behind `@err `. One round trip, for it is done after every step. `$1` is since when log lines and core dumps count, in
 * a form that journalctl and find both take.
 *
 * Where pacemaker does not run, its tools are not asked: they would wait for it. crm_mon up to 2.0.2 answers a flag it
 * does not know with its help and exit code 0 (tools/crm_mon.c), so the old flag is tried where no XML comes. Only a DC
 * is asked for its scheduler's plans. `crmadmin --timeout` is in ms.
 */
const SCRIPT = `
since=$1
export LC_ALL=C
stderr=/run/halab-observe.$$
part() {
  name=$1; shift
  echo "@halab begin $name"
  "$@" 2>"$stderr"; code=$?
  [ ! -s "$stderr" ] || sed 's/^/@err /' "$stderr"
  echo; echo "@halab end $code"
}
crm_mon_xml() {
  out=$(timeout 8 crm_mon --output-as=xml --inactive --fence-history=3)
  case $out in '<'*) ;; *) out=$(timeout 8 crm_mon --as-xml --inactive) || return ;; esac
  printf '%s\\n' "$out"
}
controller() { said=$(timeout 5 crmadmin --timeout=3000 --status="$(crm_node --name)"); code=$?; echo "$said"; return $code; }
cores() { find /var/lib/pacemaker/cores /var/lib/corosync /var/lib/systemd/coredump -type f -name '*core*' -newermt "$since" 2>/dev/null; true; }
critical() {
  journalctl -q --no-pager -o short-iso -n 50 -p 2 --since "$since"
  journalctl -q --no-pager -o short-iso -n 50 -p 3 -t pacemakerd --since "$since"
}
part clock date +%s.%N
part boot cat /proc/sys/kernel/random/boot_id
part units systemctl show corosync.service pacemaker.service pcsd.service -p Id,LoadState,ActiveState,UnitFileState,MainPID,NRestarts
part processes ps -eo pid=,etimes=,args=
part links ip -o link show
part addresses ip -o addr show
part mounts findmnt -rn -o SOURCE,TARGET,FSTYPE
part active-units systemctl list-units --type=service --state=active --no-legend --plain --no-pager
part disks df -P -k /var/lib/pacemaker /var/log
part cores cores
part critical critical
if pidof corosync >/dev/null; then part quorum timeout 5 corosync-quorumtool -s; fi
if pidof pacemakerd >/dev/null; then
  part controller controller
  said_state=$said
  part cib timeout 8 cibadmin --query --local
  part status crm_mon_xml
  case $said_state in
    *S_NOT_DC*|*S_PENDING*|'') ;;
    *S_[A-Z]*) part planned timeout 8 crm_simulate --live-check --simulate ;;
  esac
else
  part stored-cib cat /var/lib/pacemaker/cib/cib.xml
fi
rm -f "$stderr"
`;

/** The script goes in on stdin, so that it does not stand among the processes it lists. */
export function observeCommand(since: string): { readonly argv: readonly string[]; readonly stdin: string } {
  return { argv: ['sh', '-s', '--', since], stdin: SCRIPT };
}
