#!/bin/sh
# Reports what may explain why a formation failed. Arguments: the packages that are needed, as one word, then the names of
# the nodes, whose ports are tried side by side, 3 s each at most.

echo "clock $(date +%s%3N)"
packages=$1; shift
for p in $packages; do
  if command -v dpkg-query >/dev/null 2>&1; then dpkg-query -W -f '${db:Status-Status}' "$p" 2>/dev/null | grep -qx installed
  else rpm -q "$p" >/dev/null 2>&1; fi || echo "missing $p"
done
echo "pcsd $(systemctl is-active pcsd 2>/dev/null)"
for n in "$@"; do
  echo "resolves $n $(getent ahostsv4 "$n" | awk '{print $1}' | sort -u | tr '\n' ' ')"
  ( timeout 3 bash -c 'exec 3<>"/dev/tcp/$0/2224"' "$n" 2>/dev/null; echo "port $n $?" ) &
done
wait
