#!/bin/sh
# Stops the cluster of a lab on one node, in phases. All nodes finish a phase before any begins the next, so no node counts
# as lost. Arguments: the phase and what it takes:
#   look SERVICE…         prints those services that run, a line each, and "dc-deadtime=VALUE" where it is set; stops nothing
#   resources             stops pacemaker
#   membership DEADTIME   stops corosync; where pacemaker ran, sets dc-deadtime in the stored CIB before ('' = it did not run)
set -eu
deadtime() { crm_attribute --type crm_config --name dc-deadtime "$@"; }
phase=$1
shift
case $phase in
  look)
    for service; do
      if systemctl --quiet is-active "$service"; then echo "$service"; fi
    done
    if value=$(deadtime --query --quiet 2>/dev/null); then echo "dc-deadtime=$value"; fi ;;
  resources)
    if systemctl --quiet is-active pacemaker; then systemctl stop pacemaker; fi ;;
  membership)
    # pacemaker's own tools edit the stored CIB while no daemon runs, and write its digest (cib_file_write_with_digest).
    [ -z "$1" ] || CIB_file=/var/lib/pacemaker/cib/cib.xml deadtime --update "$1"
    systemctl stop pacemaker_remote corosync-qdevice corosync 2>/dev/null || : ;;
  *) echo "no such phase: $phase" >&2; exit 2 ;;
esac
