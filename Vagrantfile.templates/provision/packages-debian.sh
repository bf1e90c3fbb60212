#!/bin/sh
# packages-debian.sh PACKAGE...: installs what is missing, from the archive that was uploaded if there is one.
set -eu

export DEBIAN_FRONTEND=noninteractive

ARCHIVE=/var/tmp/lab-packages.tar
FOLDER=/var/lib/lab-packages
POLICY=/usr/sbin/policy-rc.d

main() {
  missing=$(missing_of "$@")
  if [ -n "$missing" ]; then
    install_missing
  fi
  rm -f "$ARCHIVE"
}

missing_of() {
  for package in "$@"; do
    # The format is dpkg's, not the shell's.
    # shellcheck disable=SC2016
    if [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2> /dev/null)" != installed ]; then
      echo "$package"
    fi
  done
}

install_missing() {
  # Debian starts what it installs; a cluster of one that nobody asked for is in the way of the real one.
  if [ ! -e "$POLICY" ]; then
    trap 'rm -f "$POLICY"' EXIT
    printf '#!/bin/sh\nexit 101\n' > "$POLICY"
    chmod 0755 "$POLICY"
  fi
  if [ -e "$ARCHIVE" ]; then
    unpack_archive
    apt_from_archive update
    # Package names hold no blanks, and each is a word of its own.
    # shellcheck disable=SC2086
    apt_from_archive install --yes --no-install-recommends $missing
  else
    apt-get update
    # shellcheck disable=SC2086
    apt-get install --yes --no-install-recommends $missing
  fi
}

unpack_archive() {
  rm -rf "$FOLDER"
  mkdir -p "$FOLDER/lists/partial"
  tar -xf "$ARCHIVE" -C "$FOLDER"
  chmod -R a+rX "$FOLDER"
  printf 'deb [trusted=yes] file:%s ./\n' "$FOLDER" > "$FOLDER/sources.list"
}

# Nothing but the archive is asked, and what apt knows of other sources stays as it is.
apt_from_archive() {
  apt-get -o Dir::Etc::sourcelist="$FOLDER/sources.list" -o Dir::Etc::sourceparts=/dev/null \
    -o Dir::State::lists="$FOLDER/lists" "$@"
}

main "$@"
