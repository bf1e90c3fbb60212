#!/bin/sh
# What a node keeps of the hypervisor host: its host key, so that no fence agent stops at a question. Argument: the host.
mkdir -p /root/.ssh && chmod 700 /root/.ssh
keys=$(ssh-keyscan -T 10 "$1" 2>/dev/null) && [ -n "$keys" ] || { echo "no sshd answers at $1" >&2; exit 1; }
[ -f /root/.ssh/known_hosts ] && ssh-keygen -q -R "$1" >/dev/null 2>&1
printf '%s\n' "$keys" >> /root/.ssh/known_hosts
