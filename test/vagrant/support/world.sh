#!/bin/sh
# First process of a private world: unshare gave it network, mount, process, IPC and host name spaces of its own.
# Says `ready` when libvirt answers; ends, and everything in the world with it, when its standard input ends.
set -eu
folder=$1
last="$folder/last-words"

# Nothing in here may write where the machine's own libvirt would.
cp -a /etc/libvirt "$folder/etc-libvirt"
for place in lib log cache; do
  mkdir -p "$folder/$place-libvirt" "/var/$place/libvirt"
  mount --bind "$folder/$place-libvirt" "/var/$place/libvirt"
done
mount --bind "$folder/etc-libvirt" /etc/libvirt
mount -t tmpfs tmpfs /run
mkdir -p /run/lock "$folder/pool" "$folder/home" "$folder/tmp"

# The devices of this network namespace, and no control groups: libvirt does without where there are none.
mount -t sysfs sysfs /sys
mount -t tmpfs tmpfs /sys/fs/cgroup
# Where /dev/kvm opens but no guest boots, libvirt takes a minute to find out, for each domain. Where it is there and
# cannot be used, libvirt asks QEMU again for each domain, so it must not even look writable.
if [ -e /dev/kvm ]; then
  : > "$folder/no-kvm"
  mount --bind -o ro "$folder/no-kvm" /dev/kvm
fi
ip link set lo up

rm -f /etc/libvirt/qemu/networks/autostart/*
cat >> /etc/libvirt/qemu.conf <<'CONF'
user = "root"
group = "root"
security_driver = "none"
namespaces = []
cgroup_controllers = []
remember_owner = 0
stdio_handler = "file"
CONF

libvirtd > "$folder/libvirtd.log" 2>&1 &
libvirtd=$!
deadline=$(($(date +%s) + 60))
until timeout 10 virsh --quiet --connect qemu:///system uri > "$last" 2>&1; do
  if ! kill -0 "$libvirtd" || [ "$(date +%s)" -ge "$deadline" ]; then
    cat "$last" "$folder/libvirtd.log" >&2
    exit 1
  fi
  sleep 0.1
done
virsh --quiet --connect qemu:///system pool-create-as default dir --target "$folder/pool" > "$last"
echo ready
cat > /dev/null
