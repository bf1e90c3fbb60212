#!/bin/sh
# Makes a user namespace that outlives its maker.
# Arguments: handle, first id, count.
set -eu
handle=$1 base=$2 count=$3
mkdir -p "$(dirname "$handle")"
if mountpoint -q "$handle"; then exit 0; fi
: > "$handle"
unshare --user sleep 30 &
pid=$!
own=$(readlink /proc/self/ns/user)
tries=0
while [ "$(readlink /proc/$pid/ns/user)" = "$own" ]; do
  tries=$((tries + 1)); [ $tries -lt 1000 ] || exit 1
  sleep 0.01
done
echo "0 $base $count" > /proc/$pid/uid_map
echo "0 $base $count" > /proc/$pid/gid_map
mount --bind /proc/$pid/ns/user "$handle"
kill $pid
