#!/bin/sh
# Ends the start of a node whose lab was halted: starts what does not run yet, waits until the cluster has a DC and its
# members, sets dc-deadtime back, removes the files that this start took, and waits until the controller is idle.
# Arguments: services, how many members there are (0 = no cluster runs on this node), what dc-deadtime was ('-' = another
# node sets it back, '' = it was not set), seconds, then the files.
set -eu
services=$1 members=$2 deadtime=$3 seconds=$4
shift 4
until_true() {
  tries=$((seconds * 5))
  until "$@"; do
    tries=$((tries - 1))
    [ $tries -gt 0 ] || return 1
    sleep 0.2
  done
}
is_whole() {
  crm_mon --output-as=xml 2>/dev/null | awk -v want="$members" '
    /<current_dc present="true"/ { dc = 1 }
    /<node name=.* online="true".* pending="false" unclean="false".* type="member"/ { online++ }
    END { exit !(dc && online >= want) }'
}
is_idle() { crmadmin --status "$(uname -n)" 2>&1 | grep -Eq 'S_IDLE|S_NOT_DC'; }
set_back() {
  if [ -n "$deadtime" ]; then crm_attribute --type crm_config --name dc-deadtime --update "$deadtime"
  else crm_attribute --type crm_config --name dc-deadtime --delete; fi
}

# shellcheck disable=SC2086 # a list
[ -z "$services" ] || systemctl start --no-block $services
if [ "$members" -gt 0 ]; then
  until_true is_whole || { echo "no cluster of $members within $seconds s"; crm_mon --one-shot; exit 1; } >&2
  [ "$deadtime" = - ] || until_true set_back
fi
for file; do
  rm -f "$file"
  case $file in *.service.d/*) rmdir "${file%/*}" 2>/dev/null || : ;; esac
done
systemctl daemon-reload
[ "$members" -eq 0 ] || until_true is_idle || :
