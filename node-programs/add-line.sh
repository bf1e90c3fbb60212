#!/bin/sh
# Adds a line to a file, unless it is there. Arguments: file, line.
set -eu
touch "$1"
chmod 600 "$1"
grep -qxF "$2" "$1" || printf '%s\n' "$2" >> "$1"
