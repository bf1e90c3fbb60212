#!/bin/sh
# Copies a tree into the ids of a user namespace.
# Arguments: user namespace, from, to.
set -eu
tar -C "$2" --xattrs '--xattrs-include=*' --numeric-owner --exclude='./dev/*' -c . |
  nsenter --user="$1" --setuid=0 --setgid=0 tar -C "$3" --xattrs '--xattrs-include=*' --numeric-owner -x -p
