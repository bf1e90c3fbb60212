#!/bin/sh
# Stands in a resource agent's place and fails the actions that the rules on this node name; otherwise it runs the agent.
# The head that halab puts before it sets AGENT, where the agent is now; RULES, the folder of the rules; and MOST_S, how long
# a start or stop hangs at most; a rule may say less in its second line. A probe is a monitor with interval 0, and never fails. Once the rule is gone what hangs goes on;
# by then the agent may be back in its own place, and AGENT gone.
id=${OCF_RESOURCE_INSTANCE%%:*}
fail() {
  echo "ocf-exit-reason:halab has made $id fail its $1" >&2
  exit 1
}
hang() {
  left=$(sed -n 2p "$RULES/$1-$id" 2>/dev/null)
  left=${left:-$MOST_S}
  while [ -e "$RULES/$1-$id" ] && [ "$left" -gt 0 ]; do
    sleep 1
    left=$((left - 1))
  done
}
case ${id:+$1} in
  monitor | status)
    [ "${OCF_RESKEY_CRM_meta_interval:-0}" != 0 ] && [ -e "$RULES/monitor-fail-$id" ] && fail monitor ;;
  start)
    [ -e "$RULES/start-fail-$id" ] && fail start
    hang start-hang ;;
  promote | demote)
    [ -e "$RULES/$1-fail-$id" ] && fail "$1" ;;
  stop)
    hang stop-hang ;;
esac
[ -s "$AGENT" ] && exec "$AGENT" "$@"
exec "$0" "$@"
