#!/bin/sh
# Adds the quorum device to the cluster of this node. Arguments: the device's host, its algorithm. A device that stands in
# corosync.conf is never replaced: the vote is the cluster's.

host=$1 algorithm=$2
device=$(awk '/^[[:space:]]*device[[:space:]]*[{]/ { inside = 1 } inside { gsub(/[[:space:]]+/, ""); print; depth += gsub(/[{]/, "") - gsub(/[}]/, ""); if (depth <= 0) inside = 0 }' \
  /etc/corosync/corosync.conf) || exit
if [ -z "$device" ]; then exec pcs quorum device add model net "host=$host" "algorithm=$algorithm"; fi
case "
$device
" in *"
host:$host
"*) ;; *) echo "corosync.conf has another quorum device than $host; take it away with: pcs quorum device remove" >&2; exit 1 ;; esac
case $device in *"algorithm:$algorithm"*) echo 'halab: done before'; exit 0 ;; esac
echo "the quorum device has another algorithm than $algorithm; take it away with: pcs quorum device remove" >&2
exit 1
