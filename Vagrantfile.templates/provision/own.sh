#!/bin/sh
# own.sh [--module NAME]... [--file UPLOADED PATH MODE]... [--run UPLOADED NAME]...: what the lab file adds to a node. The
# modules are loaded now and at each boot, and the scripts are run once on each new machine.
set -eu

DONE=/var/lib/halab/provisioned

main() {
  mkdir -p "${DONE%/*}"
  touch "$DONE"
  while [ $# -gt 0 ]; do
    case $1 in
      --module)
        load "$2"
        shift 2
        ;;
      --file)
        install -D --owner=root --group=root --mode="$4" "$2" "$3"
        rm -f "$2"
        shift 4
        ;;
      --run)
        run_once "$2" "$3"
        shift 3
        ;;
    esac
  done
}

load() {
  mkdir -p /etc/modules-load.d
  if ! grep -qxF "$1" /etc/modules-load.d/lab.conf 2> /dev/null; then
    echo "$1" >> /etc/modules-load.d/lab.conf
  fi
  modprobe "$1"
}

run_once() {
  if grep -qxF "$2" "$DONE"; then
    rm -f "$1"
    return
  fi
  chmod 0755 "$1"
  code=0
  "$1" || code=$?
  if [ "$code" -ne 0 ]; then
    echo "$2 failed on $(hostname) with exit code $code" >&2
    exit "$code"
  fi
  rm -f "$1"
  echo "$2" >> "$DONE"
}

main "$@"
