#!/bin/sh
# Reports what `halab status` says of a node beside its crm_mon, in one round trip: its clock, its interfaces and addresses, its
# copy of the CIB, and where pacemaker does not run, how far the node is prepared for a cluster. Each part stands between
# `@halab begin NAME` and `@halab end EXITCODE`. Arguments: a command that prints which packages are installed. Of pcs's tokens
# only the names of the hosts leave the node: known-hosts since pcs 0.10, tokens before (pcs/settings_default.py).

export LC_ALL=C
part() {
  echo "@halab begin $1"; shift
  "$@" 2>/dev/null; code=$?
  echo; echo "@halab end $code"
}
known_hosts() {
  tr -d ' \n' </var/lib/pcsd/known-hosts | grep -o '"[^"]*":{"dest_list"' && return
  tr -d ' \n' </var/lib/pcsd/tokens | sed 's/.*"tokens":{//; s/}.*//' | grep -o '"[^"]*":"'
}
part clock date +%s.%N
part links ip -o link show
part addresses ip -o addr show
if pidof pacemakerd >/dev/null; then
  part cib timeout 4 cibadmin --query --local
else
  part conf cat /etc/corosync/corosync.conf
  part software "$@"
  part pcsd systemctl is-active pcsd
  part password passwd -S hacluster
  part hosts known_hosts
fi
