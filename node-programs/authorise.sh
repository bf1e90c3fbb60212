#!/bin/sh
# Lets pcs authorise this node at others. Arguments: their names as one word, then the command, whose password comes on
# stdin. pcs keeps a token for each host in known-hosts (0.10+) or tokens (0.9). Only where all names stand there is it
# worth a second or two to let pcs try them; the first time, nothing runs but the command itself.

nodes=$1; shift
known() {
  for n in $nodes; do
    grep -qF "\"$n\"" /var/lib/pcsd/known-hosts 2>/dev/null || grep -qF "\"$n\"" /var/lib/pcsd/tokens 2>/dev/null || return 1
  done
}
authorised() {
  said=$(pcs status pcsd $nodes </dev/null 2>&1)
  for n in $nodes; do printf '%s\n' "$said" | grep -qE "^ *$n: Online$" || return 1; done
}
if known && authorised; then echo 'halab: done before'; exit 0; fi
exec "$@"
