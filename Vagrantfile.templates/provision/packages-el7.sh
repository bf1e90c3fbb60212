#!/bin/sh
# packages-el7.sh PACKAGE...: installs what is missing.
set -eu

missing=
for package in "$@"; do
  rpm -q "$package" > /dev/null 2>&1 || missing="$missing $package"
done
if [ -z "$missing" ]; then
  exit 0
fi

# CentOS 7 has ended: its mirrors are gone, and all of it stands in the vault. Only lines that name the mirrors change.
# shellcheck disable=SC2016 # $releasever is yum's.
sed -i \
  -e 's|^mirrorlist=http://mirrorlist\.centos\.org/|#&|' \
  -e 's|^#\{0,1\} *baseurl=http://mirror\.centos\.org/centos/$releasever/|baseurl=http://vault.centos.org/7.9.2009/|' \
  /etc/yum.repos.d/CentOS-*.repo

# Package names hold no blanks, and each is a word of its own.
# shellcheck disable=SC2086
yum -y install $missing
