#!/bin/sh
# cluster.sh INITIATOR [USER SECRET]: a host that is ready to become a member of a cluster, and of none yet.
set -eu

initiator=$1
user=${2:-}
secret=${3:-}
conf=/etc/corosync/corosync.conf

is_the_packages_own() {
  # The format is dpkg's, not the shell's.
  # shellcheck disable=SC2016
  command -v dpkg-query > /dev/null &&
    dpkg-query -W -f '${Conffiles}\n' corosync |
    grep -qF " $conf $(md5sum < "$conf" | cut -d ' ' -f 1)"
}

has_unit() {
  systemctl cat "$1" > /dev/null 2>&1
}

# `pcs cluster setup` refuses a host that has a corosync.conf, and Debian's package brings one. What pcs wrote stays.
if [ -e "$conf" ] && is_the_packages_own; then
  rm "$conf"
fi

# Debian also starts the daemons from it. The cluster is started by pcs, and sbd without a device keeps pacemaker from
# starting at all. In a cluster that stands, nothing is changed: a remote node has its key there.
if [ ! -e "$conf" ] && [ ! -e /etc/pacemaker/authkey ]; then
  for unit in pacemaker corosync-qdevice corosync corosync-notifyd sbd pacemaker_remote logd nginx; do
    if has_unit "$unit.service"; then
      systemctl disable --now "$unit.service"
    fi
  done
fi

systemctl enable --now pcsd.service

# Machines of one box would otherwise have one initiator's name, and a target takes them for one host. Logging in to the
# shared disks is left to the exercise.
name=/etc/iscsi/initiatorname.iscsi
if [ -d /etc/iscsi ]; then
  if ! grep -qxF "InitiatorName=$initiator" "$name" 2> /dev/null; then
    printf 'InitiatorName=%s\n' "$initiator" > "$name"
    chmod 0600 "$name"
    if systemctl -q is-active iscsid.service; then
      systemctl restart iscsid.service
    fi
  fi
  # What is not set for a target by itself is taken from here when the target is discovered.
  if [ -n "$user" ]; then
    settings=/etc/iscsi/iscsid.conf
    {
      sed '/^node\.session\.auth\.\(authmethod\|username\|password\) /d' "$settings"
      printf 'node.session.auth.authmethod = CHAP\n'
      printf 'node.session.auth.username = %s\nnode.session.auth.password = %s\n' "$user" "$secret"
    } > "$settings.new"
    cat "$settings.new" > "$settings"
    rm "$settings.new"
    chmod 0600 "$settings"
  fi
  systemctl enable --now iscsid.service
fi
