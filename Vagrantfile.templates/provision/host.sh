#!/bin/sh
# host.sh NAME HOSTS: the node's name, and /etc/hosts as a whole.
set -eu

name=$1
hosts=$2

# Where the box has cloud-init, it would write both again at the next boot.
if [ -d /etc/cloud/cloud.cfg.d ]; then
  printf 'preserve_hostname: true\nmanage_etc_hosts: false\n' > /etc/cloud/cloud.cfg.d/99-lab.cfg
fi

# It waits 25 s for systemd-hostnamed to start, which is too little for a machine that is emulated and busy.
if ! hostnamectl set-hostname "$name"; then
  printf '%s\n' "$name" > /etc/hostname
  hostname "$name"
fi

# Written over and not replaced, so that it keeps its SELinux label.
printf '%s' "$hosts" > /etc/hosts
