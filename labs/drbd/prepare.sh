#!/bin/sh
# Writes DRBD's metadata on the new disk. The cluster starts the resource, so that its unit stays disabled.
set -eu
drbdadm create-md --force r0
systemctl disable --now drbd 2> /dev/null || true
