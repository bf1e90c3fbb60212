#!/bin/sh
# Prints the whole version of these packages as the package manager has it, and of the kernel.

if command -v dpkg-query >/dev/null 2>&1; then
  # shellcheck disable=SC2016 # dpkg-query fills them in
  dpkg-query -W -f '${Package} ${Version}\n' "$@" 2>/dev/null
else
  rpm -q --qf '%{NAME} %{VERSION}-%{RELEASE}\n' "$@" 2>/dev/null
fi
echo "linux $(uname -r)"
