#!/bin/sh
# Creates a stonith resource and keeps it off the node that it fences. Arguments: its id, the node or nothing, the options of its
# operations, then what `pcs stonith create ID` gets. Secrets come on stdin, a line each: pcs wants them as arguments, and
# before those of the operations. pcs takes a second to start, so the CIB is asked what is there.

id=$1 node=$2 operations=$3
shift 3
has() { cibadmin --query --xpath "$1" >/dev/null 2>&1; }
found=yes
if ! has "//primitive[@id='$id']"; then
  found=
  while IFS= read -r secret; do set -- "$@" "$secret"; done
  pcs stonith create "$id" "$@" $operations || exit
fi
if [ -n "$node" ] && ! has "//rsc_location[@rsc='$id' and @node='$node' and @score='-INFINITY']"; then
  found=
  pcs constraint location "$id" avoids "$node" || exit
fi
[ -z "$found" ] || echo 'halab: done before'
