#!/bin/sh
# Starts pcsd where it does not run, and waits here until it answers: each look from outside would be a round trip.
# Arguments: the node's name, seconds. It is enabled only where it is not: on Debian that goes through the SysV scripts,
# which takes CPU time of a booting node.

state="$(systemctl is-active pcsd) $(systemctl is-enabled pcsd 2>/dev/null)"
if [ "$state" = "active enabled" ]; then echo 'halab: done before'; fi
case $state in *" enabled") ;; *) systemctl enable pcsd || exit ;; esac
case $state in "active "*) ;; *) systemctl start pcsd || exit ;; esac
timeout "$2" bash -c 'until (exec 3<>"/dev/tcp/$0/2224") 2>/dev/null; do sleep 0.1; done' "$1" && exit 0
echo "pcsd does not answer on port 2224 of $1 within $2 s" >&2
systemctl status --no-pager --lines=3 pcsd >&2
exit 1
