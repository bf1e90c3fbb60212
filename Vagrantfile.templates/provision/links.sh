#!/bin/sh
# links.sh MAC NAME ADDRESS/PREFIX[,IPV6/PREFIX] ...: names and addresses the links of the lab, now and at every boot.
# Installed as lab-links it is called without arguments and does what the file below says.
set -eu

LINKS=/etc/lab-links
PROGRAM=/usr/local/sbin/lab-links
UNIT=/etc/systemd/system/lab-links.service
WAIT_S=30

main() {
  if [ $# -gt 0 ]; then
    install_links "$@"
  fi
  await_links
  put_aside
  make_room
  set_up
}

# The interface with this MAC address. Of a VLAN and what it stands on, the latter is older and comes first.
interface_of() {
  ip -o link | awk -v mac="link/ether $1 " '
    index(tolower($0), mac) { name = $2; sub(/[:@].*/, "", name); print name; exit }'
}

exists() {
  [ -n "$1" ] && ip link show dev "$1" > /dev/null 2>&1
}

install_links() {
  wanted=$(lines_of "$@")
  macs=$(printf '%s\n' "$wanted" | cut -d ' ' -f 1)
  leave_alone "$macs"
  cat "$0" > "$PROGRAM"
  chmod 0755 "$PROGRAM"
  # What the links were given before, be it by us or by the network manager of the box, is of no use any more.
  if [ "$wanted" != "$(cat "$LINKS" 2> /dev/null)" ]; then
    for mac in $macs; do
      now=$(interface_of "$mac")
      if [ -n "$now" ]; then ip addr flush dev "$now" scope global; fi
    done
  fi
  printf '%s\n' "$wanted" > "$LINKS"
  write_unit
  systemctl daemon-reload
  systemctl enable lab-links.service
}

lines_of() {
  while [ $# -ge 3 ]; do
    # VirtualBox is told 080027a1b2c3, the kernel says 08:00:27:a1:b2:c3.
    mac=$(printf '%s\n' "$1" | tr 'A-F' 'a-f' | tr -d ':' | sed 's/../&:/g; s/:$//')
    printf '%s %s %s\n' "$mac" "$2" "$3"
    shift 3
  done
}

# Whoever configures interfaces here must not touch these: a link that is set down is to stay down.
leave_alone() {
  if [ -d /etc/NetworkManager ]; then
    mkdir -p /etc/NetworkManager/conf.d
    {
      printf '[keyfile]\nunmanaged-devices='
      printf '%s\n' "$1" | sed 's/^/mac:/' | paste -s -d ';'
    } > /etc/NetworkManager/conf.d/99-lab-links.conf
    if systemctl -q is-active NetworkManager; then
      systemctl reload NetworkManager
      for mac in $1; do await_release "$(interface_of "$mac")"; done
    fi
  fi
  if [ -d /etc/systemd/network ]; then
    {
      printf '[Match]\nMACAddress='
      printf '%s\n' "$1" | paste -s -d ' '
      printf '[Link]\nUnmanaged=yes\n'
    } > /etc/systemd/network/00-lab-links.network
    if systemctl -q is-active systemd-networkd; then
      networkctl reload
    fi
  fi
}

# The network manager lets go of an interface in its own time, and takes away its addresses when it does.
await_release() {
  waited=0
  # Its states are numbered, and 10 is: unmanaged.
  while nmcli --terse --fields GENERAL.STATE device show "$1" 2> /dev/null | grep ':' | grep -qv ':10 '; do
    if [ "$waited" -ge "$WAIT_S" ]; then
      echo "NetworkManager still manages $1 after $WAIT_S s" >&2
      exit 1
    fi
    sleep 1
    waited=$((waited + 1))
  done
}

# Before anybody else configures a network, and without the usual dependencies: in boxes with cloud-init the network
# belongs to what sysinit.target waits for.
write_unit() {
  cat > "$UNIT" << 'UNIT'
[Unit]
Description=Names and addresses of the links of the lab
DefaultDependencies=no
After=local-fs.target systemd-udev-trigger.service
Wants=network-pre.target
Before=network-pre.target corosync.service pacemaker.service pcsd.service shutdown.target
Conflicts=shutdown.target

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/local/sbin/lab-links

[Install]
WantedBy=multi-user.target
UNIT
}

await_links() {
  # udev may be about to give an interface its own name for it.
  if command -v udevadm > /dev/null; then
    udevadm settle --timeout="$WAIT_S" || true
  fi
  while read -r mac name _; do
    waited=0
    while [ -z "$(interface_of "$mac")" ]; do
      if [ "$waited" -ge "$WAIT_S" ]; then
        echo "no interface with the address $mac, which is to be $name; there are:" >&2
        ip -o link >&2
        exit 1
      fi
      sleep 1
      waited=$((waited + 1))
    done
  done < "$LINKS"
}

# Two that have each other's name cannot be renamed one by one, so all that have a wrong one get another for a while.
put_aside() {
  freed=
  count=0
  while read -r mac name _; do
    now=$(interface_of "$mac")
    if [ "$now" != "$name" ]; then
      rename "$now" "lab-aside$count"
      freed="$freed $now"
      count=$((count + 1))
    fi
  done < "$LINKS"
}

# The kernel counts the way in among the others: where it sits on a name of ours it gets one that has become free.
make_room() {
  names=$(cut -d ' ' -f 2 "$LINKS")
  while read -r mac name _; do
    if [ "$(interface_of "$mac")" != "$name" ] && exists "$name"; then
      for free in $freed; do
        if ! exists "$free" && ! printf '%s\n' "$names" | grep -qxF "$free"; then
          rename "$name" "$free"
          ip link set dev "$free" up
          break
        fi
      done
    fi
  done < "$LINKS"
}

set_up() {
  while read -r mac name address; do
    now=$(interface_of "$mac")
    if [ "$now" != "$name" ]; then
      rename "$now" "$name"
    fi
    for each in $(printf '%s\n' "$address" | tr ',' ' '); do
      case $each in
        *:*) ip addr replace "$each" dev "$name" nodad ;;
        *) ip addr replace "$each" broadcast + dev "$name" ;;
      esac
    done
    ip link set dev "$name" up
  done < "$LINKS"
}

# Older kernels rename only what is down.
rename() {
  ip link set dev "$1" down
  ip link set dev "$1" name "$2"
}

main "$@"
