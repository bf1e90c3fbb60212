#!/bin/sh
# Makes a network namespace owned by a lab's user namespace.
# Arguments: handle of the user namespace, name.
set -eu
user=$1 name=$2
nsenter --user="$user" --setuid=0 --setgid=0 unshare --net sleep 30 &
pid=$!
own=$(readlink /proc/self/ns/net)
tries=0
while [ "$(readlink /proc/$pid/ns/net)" = "$own" ]; do
  tries=$((tries + 1)); [ $tries -lt 1000 ] || exit 1
  sleep 0.01
done
ip netns attach "$name" $pid
kill $pid
