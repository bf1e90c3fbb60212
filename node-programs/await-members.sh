#!/bin/sh
# Waits until corosync counts this many members, and until no disk is being logged in to. Arguments: members, seconds.
tries=$(($2 * 5))
until [ "$(corosync-cmapctl runtime.members. | grep -c 'status (str) = joined')" -ge "$1" ] &&
  ! systemctl list-units --plain --no-legend --state=activating 'lab-initiator@*' | grep -q .; do
  tries=$((tries - 1))
  [ $tries -gt 0 ] || exit 1
  sleep 0.2
done
