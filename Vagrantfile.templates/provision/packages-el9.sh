#!/bin/sh
# packages-el9.sh PACKAGE...: installs what is missing.
set -eu

missing=
for package in "$@"; do
  rpm -q "$package" > /dev/null 2>&1 || missing="$missing $package"
done
if [ -z "$missing" ]; then
  exit 0
fi

# The cluster packages are in a repository that is there but not switched on. It stays on: exercises install from it too.
if ! dnf -q repolist --enabled | grep -q '^highavailability'; then
  dnf -y install dnf-plugins-core
  dnf config-manager --set-enabled highavailability
fi

# Package names hold no blanks, and each is a word of its own.
# shellcheck disable=SC2086
dnf -y install --setopt=install_weak_deps=False $missing
