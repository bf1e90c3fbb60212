#!/bin/sh
# Writes files of a pool on a machine, and starts its daemons again. Argument: the daemon, slurmctld or slurmd. Standard input: for
# each file a line with its path, mode and owner, then its contents in base64, then a line END. What is secret stands in no command line.
set -eu
export PATH="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
daemon=$1
changed=

again() {
  if [ -d /run/systemd/system ]; then
    systemctl enable --quiet "$1"
    systemctl restart "$1"
  else
    service "$1" stop > /dev/null 2>&1 || :
    service "$1" start > /dev/null
  fi
}
runs() {
  if [ -d /run/systemd/system ]; then systemctl --quiet is-active "$1"; else service "$1" status > /dev/null 2>&1; fi
}

umask 077
while read -r path mode owner; do
  mkdir -p "$(dirname "$path")"
  while read -r line && [ "$line" != END ]; do echo "$line"; done | base64 -d > "$path.new"
  chown "$owner" "$path.new"
  chmod "$mode" "$path.new"
  # A key that is in use stays as it is.
  if cmp -s "$path.new" "$path"; then rm "$path.new"; else
    mv "$path.new" "$path"
    changed="$changed $path"
  fi
done
chmod 755 /etc/slurm
mkdir -p /var/lib/slurm/slurmctld /var/lib/slurm/slurmd /var/log/slurm
# munge reads its key when it starts, and only then.
case $changed in
  *munge.key*) again munge ;;
  *) runs munge || again munge ;;
esac
again "$daemon"
