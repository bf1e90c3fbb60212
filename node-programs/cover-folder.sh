#!/bin/sh
# Covers a folder with a small file system that holds a copy of its content, and fills that up: the node's own disk is not
# touched. The folder itself stays reachable as `old`, which is mounted private, or the cover would hide it there too
# (mount_namespaces(7)). The list of what was copied is complete once it has its final name; only then is anything copied
# back. Arguments: the folder, a folder to work in, the size of the content in KiB.
set -eu
path=$1 place=$2 kib=$3
mkdir -p "$place/old" "$place/new"
mount --bind "$path" "$place/old"
mount --make-private "$place/old"
mount -t tmpfs -o "size=$((kib + 1024))k,mode=755" halab-full "$place/new"
cp -a "$place/old/." "$place/new/"
chmod --reference="$place/old" "$place/new"
(cd "$place/new" && find . -mindepth 1) > "$place/copied.part"
mv "$place/copied.part" "$place/copied"
if said=$(dd if=/dev/zero of="$place/new/.halab-full" bs=4k 2>&1); then
  echo "it could not be filled up: $said" >&2
  exit 1
fi
mount --bind "$place/new" "$path"
