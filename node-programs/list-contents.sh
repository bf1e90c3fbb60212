#!/bin/sh
# Prints what a node has that outlives a command, one thing a line, so that two moments can be compared: each file of its
# configuration and of its users (with kind, mode, owner, and a digest of what it holds), all other programs and data of the
# system by one digest, the installed packages by another, and which units run. Left out is what changes by itself while a
# cluster runs, what shells and editors note for themselves, the programs of halab's probes, and what it puts there for those
# who log in: the message of an exercise, and the profile that keeps what they type.

export LC_ALL=C
own=''
for each in /etc /root /home /opt /srv /usr/local /var/www /var/spool/cron /var/lib/pcsd; do
  [ ! -e "$each" ] || own="$own $each"
done
# shellcheck disable=SC2086 # a list of folders
found() {
  find $own -xdev \( -path '/root/.*' -o -path '/home/*/.*' -o -path '*/halab' \) -prune -o \
    ! -path /var/lib/pcsd/known-hosts ! -path /var/lib/pcsd/pcs_settings.conf \
    ! -path /etc/motd.d/exercise ! -path /etc/profile.d/halab-history.sh "$@"
}
digest() { sha256sum | cut -c1-16; }

found ! -type d -printf 'file %p %y %m %U:%G %l\n'
# pcsd takes its files from another host by itself where that has newer ones, so only the names of the hosts count.
echo "known $(tr -d ' \n' </var/lib/pcsd/known-hosts 2>/dev/null | grep -o '"[^"]*":{"dest_list"' | sort | tr '\n' ' ')"
found -type f -exec sha256sum {} + | sed 's/^\(.\{16\}\)[0-9a-f]*  /holds \1 /'
echo "system $(find /usr -xdev \( -path /usr/local -o -path '*/halab' -o -name __pycache__ \) -prune -o ! -type d -printf '%p %y %m %s %T@\n' | sort | digest)"
echo "packages $({ dpkg-query --show 2>/dev/null || rpm --query --all; } | sort | digest)"
# A service that does its work once at boot says nothing of the node by being over, nor does one that a socket starts when it is asked.
# shellcheck disable=SC2046 # a list of units
systemctl show --property=Id,Type,TriggeredBy,ActiveState $(
  systemctl list-unit-files --no-legend --plain --type=service,socket,timer,path --state=enabled,disabled |
    awk '$1 !~ /@\./ { print $1 }'
) | awk -F= '
  function say() { if (says) print "unit", id, state; says = 1 }
  NF == 0 { say() }
  $1 == "Id" { id = $2 }
  $1 == "Type" && $2 == "oneshot" || $1 == "TriggeredBy" && $2 != "" { says = 0 }
  $1 == "ActiveState" { state = ($2 == "active" || $2 == "activating" || $2 == "reloading") ? "up" : "down" }
  BEGIN { says = 1 }
  END { say() }'
