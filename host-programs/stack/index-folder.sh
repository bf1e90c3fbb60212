#!/bin/sh
# Prints a paragraph for each package below a folder, or for the one file: its control fields, its path and its SHA-256.
# Argument: the folder or file.
set -eu
find -L "$1" -name '*.deb' -type f -print0 | LC_ALL=C sort -z | xargs -0 -r sh -euc '
  for deb; do
    dpkg-deb --field "$deb"
    printf "Filename: %s\nSHA256: %s\n\n" "$deb" "$(sha256sum "$deb" | cut -d " " -f 1)"
  done' index
