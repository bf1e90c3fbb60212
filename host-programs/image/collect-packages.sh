# Fetches what "$@" needs beyond the tree, and makes an index that apt reads.
rm -f "$root"/var/cache/apt/archives/*.deb
APT_CONFIG=$MMDEBSTRAP_APT_CONFIG apt-get install --yes --download-only --no-install-recommends "$@"
mkdir -p "$root/var/lib/lab-packages"
mv "$root"/var/cache/apt/archives/*.deb "$root/var/lib/lab-packages/"
chroot "$root" sh -eu > "$root/var/lib/lab-packages/Packages" <<'INDEX'
cd /var/lib/lab-packages
for deb in *.deb; do
  dpkg-deb --field "$deb"
  printf 'Filename: ./%s\nSize: %s\nSHA256: %s\n\n' "$deb" "$(stat -c %s "$deb")" "$(sha256sum "$deb" | cut -d ' ' -f 1)"
done
INDEX
