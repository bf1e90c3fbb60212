#!/bin/sh
# Adds a level of the fencing topology unless the CIB has it. Arguments: the level, the node, the devices with commas
# between them.

level=$1 node=$2 ids=$3
if cibadmin --query --xpath "//fencing-level[@target='$node' and @index='$level' and @devices='$ids']" >/dev/null 2>&1; then
  echo 'halab: done before'
  exit 0
fi
# shellcheck disable=SC2046 # each device is a word
exec pcs stonith level add "$level" "$node" $(echo "$ids" | tr , ' ')
