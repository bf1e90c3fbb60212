#!/bin/sh
# Kills a daemon again and again, and ends by itself: each time the processes that run then, if any.
# Arguments: how often, seconds in between, the daemon's unit, then the find(1) tests that match the daemon's /proc/PID/exe;
# without tests the unit's main process is killed.
times=$1 pause=$2 unit=$3
shift 3
while :; do
  if [ $# -gt 0 ]; then
    pids=$(find /proc -mindepth 2 -maxdepth 2 -name exe "$@" 2>/dev/null | cut -d / -f 3)
  else
    pids=$(systemctl show --property=MainPID "$unit" | sed -n 's/^MainPID=\([1-9][0-9]*\)$/\1/p')
  fi
  # shellcheck disable=SC2086
  [ -z "$pids" ] || kill -KILL $pids 2>/dev/null || :
  times=$((times - 1))
  [ $times -gt 0 ] || exit 0
  sleep "$pause"
done
