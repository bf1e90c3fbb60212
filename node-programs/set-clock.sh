#!/bin/sh
# Sets the time of day to so many seconds after 1970, plus the time that the node has been up. Argument: the seconds.
set -eu
date --set "@$(awk -v at="$1" '{ printf "%.3f", at + $1 }' /proc/uptime)"
