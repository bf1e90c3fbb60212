#!/bin/sh
# What ipmi_sim calls for a chassis, with what it wants: get power, set power 0 … (ipmi_lan(5), chassis_control; the
# forms are those of lanserv/extcmd.c). It runs beside ipmi_sim and sends the order to the host's side. Argument before
# those: the controller. The file `wrong` names its failure, if it has one: a slow one that has been repaired meanwhile
# forgets what it was about to do, and one that lies remembers what it has claimed.
set -u
# How long a slow controller takes for anything, in seconds: longer than any agent has to fence a node.
SLOW_S=60
controller=$1
shift
cd "/mnt/$controller" || exit
wrong=
[ ! -e wrong ] || read -r wrong < wrong
if [ "$wrong" = slow ]; then
  sleep $SLOW_S
  [ -e wrong ] || exit 1
fi
case "$*" in
  'get power') order=status ;;
  'set power 0') order=off ;;
  'set power 1') order=on ;;
  'set reset 1') order=cycle ;;
  *) exit 1 ;;
esac
answer=
if [ "$wrong" = lies ]; then
  case $order in
    off) echo off > claimed; answer='done' ;;
    on|cycle) echo on > claimed; answer='done' ;;
    status) [ ! -e claimed ] || read -r answer < claimed ;;
  esac
fi
if [ -z "$answer" ]; then
  echo "$controller $order" > ../orders
  read -r answer < answer
fi
case $order:$answer in
  status:on) echo power:1 ;;
  status:off) echo power:0 ;;
  *:done) ;;
  *) exit 1 ;;
esac
