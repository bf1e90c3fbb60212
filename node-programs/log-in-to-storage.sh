#!/bin/sh
# Logs the node in to disks of the lab's storage node. Arguments, for each disk: its name, portal, target and device. A node
# without a kernel of its own has an initiator in userspace, a unit for each disk; all others have open-iscsi. Either way
# the node logs in again at its next boot, and the script is done when the device is there.

set -eu
changed=
by_unit() {
  unit=lab-initiator@$disk.service
  if systemctl --quiet is-enabled "$unit" && systemctl --quiet is-active "$unit" && [ -b "$device" ]; then return; fi
  changed=yes
  systemctl --quiet enable "$unit"
  systemctl restart "$unit" || { journalctl --unit "$unit" --lines 8 --no-pager --output cat >&2; exit 1; }
}
by_iscsiadm() {
  startup=$(iscsiadm --mode node --targetname "$target" --portal "$portal" 2>/dev/null | sed -n 's/^node.startup = //p')
  if [ "$startup" = automatic ] && [ -b "$device" ]; then return; fi
  changed=yes
  if [ -z "$startup" ]; then iscsiadm --mode discovery --type sendtargets --portal "$portal"; fi
  iscsiadm --mode node --targetname "$target" --portal "$portal" --op update --name node.startup --value automatic
  if ! iscsiadm --mode session 2>/dev/null | grep -qF " $target "; then
    iscsiadm --mode node --targetname "$target" --portal "$portal" --login
  fi
  for unit in open-iscsi iscsi; do
    if systemctl cat "$unit.service" > /dev/null 2>&1; then systemctl --quiet enable "$unit.service"; break; fi
  done
}
while [ $# -ge 4 ]; do
  disk=$1 portal=$2 target=$3 device=$4
  shift 4
  if systemctl cat lab-initiator@.service > /dev/null 2>&1; then by_unit; else by_iscsiadm; fi
  looks=0
  until [ -b "$device" ]; do
    looks=$((looks + 1))
    [ $looks -lt 300 ] || { echo "logged in to $target, but $device does not appear" >&2; exit 1; }
    sleep 0.1
  done
done
[ -n "$changed" ] || echo 'halab: done before'
