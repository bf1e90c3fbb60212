#!/bin/sh
# Prints corosync's timeouts and pacemaker's dc-deadtime with the exit code of its query. The keys under runtime.config hold
# the effective values, computed ones too (corosync-cmapctl(8), corosync.conf(5)).

corosync-cmapctl runtime.config.totem. || exit 1
value=$(crm_attribute --type crm_config --name dc-deadtime --query --quiet 2>&1)
echo "dc-deadtime $? $value"
