# An initrd of what a root disk needs: a general one is several times the size, and emulation unpacks it slowly. It runs
# before the packages are in, since the kernel's makes its initrd at once.
mkdir -p "$root/etc/initramfs-tools/conf.d" "$root/usr/share/initramfs-tools/modules.d"
printf 'MODULES=list\nCOMPRESS=gzip\n' > "$root/etc/initramfs-tools/conf.d/halab"
printf '%s\n' virtio_pci virtio_blk ext4 crc32c_generic > "$root/usr/share/initramfs-tools/modules.d/halab"
