/** What is mounted for a fault is told by this name for its device. */
export const FULL_DEVICE = 'halab-full';

/** As much as may be copied. */
export const MOST_KIB = 65_536;

/**
 * Covers a folder with a small file system that holds what was there, and fills that up: the machine's own disk is not
 * touched. `old` is kept out of what is mounted over it (mount_namespaces(7), private). The list of what was copied is
 * complete where it is there, and only then is anything copied back.
 * Arguments: the folder, a place to work in, KiB for what is there.
 */
export const COVER = `
path=$1 place=$2 kib=$3
mkdir -p "$place/old" "$place/new"
mount --bind "$path" "$place/old"
mount --make-private "$place/old"
mount -t tmpfs -o "size=$((kib + 1024))k,mode=755" ${FULL_DEVICE} "$place/new"
cp -a "$place/old/." "$place/new/"
chmod --reference="$place/old" "$place/new"
(cd "$place/new" && find . -mindepth 1) > "$place/copied.part"
mv "$place/copied.part" "$place/copied"
if said=$(dd if=/dev/zero of="$place/new/.halab-full" bs=4k 2>&1); then
  echo "it could not be filled up: $said" >&2
  exit 1
fi
mount --bind "$place/new" "$path"
`;

/**
 * Carries over what was changed meanwhile, newer files for older ones, and what was deleted; takes the cover off, and
 * carries over what was changed even then. Whoever has files open on the cover keeps it busy, so it is only taken out of
 * sight. May run twice. Arguments: the folder, the place it was worked in.
 */
export const UNCOVER = `
path=$1 place=$2
mounted() {
  awk -v at="$1" -v of="\${2-}" '
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
if mounted "$path" ${FULL_DEVICE}; then
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
`;
