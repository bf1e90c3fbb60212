#!/bin/sh
# firewall.sh on|off [SERVICE | PORT/PROTOCOL]...: what firewalld lets through, for good and at once.
set -eu

state=$1
shift

if ! systemctl cat firewalld.service > /dev/null 2>&1; then
  exit 0
fi

if [ "$state" = off ]; then
  systemctl disable --now firewalld.service
  exit 0
fi

systemctl enable --now firewalld.service
for opened in "$@"; do
  case $opened in
    */*) option=--add-port=$opened ;;
    *) option=--add-service=$opened ;;
  esac
  firewall-cmd --quiet --permanent "$option"
  firewall-cmd --quiet "$option"
done
