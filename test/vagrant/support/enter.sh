#!/bin/sh
# enter.sh PID ARGV...: runs something in the private world whose first process is PID, in the folder we stand in.
set -eu
pid=$1
shift
exec nsenter --target "$pid" --net --mount --pid --ipc --uts --wdns="$PWD" -- "$@"
