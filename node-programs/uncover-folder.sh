#!/bin/sh
# Takes the cover off a folder (cover-folder.sh). What was changed on the cover is copied back first, newer files over older
# ones, and what was deleted there is deleted; changes during that are copied after the cover is off. Programs with open
# files keep the cover busy, so it is detached only. Idempotent. Arguments: the folder, the folder it was worked in.
set -eu
path=$1 place=$2
mounted() {
  awk -v at="$1" -v of="${2-}" '
    $5 == at && (of == "" || index($0, " - tmpfs " of " ")) { found = 1 }
    END { exit !found }' /proc/self/mountinfo
}
carry() {
  if [ -e "$place/copied" ] && mounted "$place/new" && mounted "$place/old"; then
    rm -f "$place/new/.halab-full"
    cp -a -u "$place/new/." "$place/old/"
  fi
}
delete() {
  [ ! -e "$place/copied" ] || while IFS= read -r name; do
    [ -e "$place/new/$name" ] || [ -L "$place/new/$name" ] || rm -rf "$place/old/$name"
  done < "$place/copied"
}
carry
if mounted "$path" halab-full; then
  delete
  umount -l "$path"
fi
carry
for each in new old; do
  if mounted "$place/$each"; then umount -l "$place/$each"; fi
done
if [ -d "$place" ]; then
  rm -f "$place/copied" "$place/copied.part"
  rmdir "$place/new" "$place/old" 2>/dev/null || true
  rmdir -p --ignore-fail-on-non-empty "$place"
fi
