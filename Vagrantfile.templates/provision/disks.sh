#!/bin/sh
# disks.sh --link CIDR ADDRESS ... --chap USER SECRET --initiator NAME ... --disk TARGET SERIAL MIB ...: serves disks over
# iSCSI, each as a target of its own, on the networks of the lab to the initiators that have the secret.
set -eu

FILES=/var/lib/lab-disks
TGT_CONF=/etc/tgt/conf.d/lab.conf

cidrs=
addresses=
initiators=
user=
secret=
taken=

main() {
  if command -v udevadm > /dev/null; then
    udevadm settle --timeout=30 || true
  fi
  while [ $# -gt 0 ] && [ "$1" = --link ]; do
    cidrs="$cidrs $2"
    addresses="$addresses $3"
    shift 3
  done
  if [ "${1:-}" = --chap ]; then
    user=$2
    secret=$3
    shift 3
  fi
  while [ $# -gt 0 ] && [ "$1" = --initiator ]; do
    initiators="$initiators $2"
    shift 2
  done
  if command -v targetcli > /dev/null; then
    serve=serve_with_lio
  else
    serve=serve_with_tgt
    : > "$TGT_CONF.new"
  fi
  while [ $# -gt 0 ]; do
    find_disk "$3" "$4"
    "$serve" "$2" "$3" "$disk"
    shift 4
  done
  "start_$serve"
}

# Sets $disk to the disk with that serial number. VirtualBox cannot give a disk one: there it is the next whole disk of
# exactly that size that is not in use. A box that has neither gets a file, so that exercises work all the same.
find_disk() {
  name=$(disk_with_serial "$1")
  if [ -z "$name" ]; then
    name=$(free_disk_of "$(($2 * 1024 * 1024))")
  fi
  if [ -n "$name" ]; then
    taken="$taken $name"
    disk=$(lasting_name_of "$name")
    echo "$1 is $disk"
    return
  fi
  disk=$FILES/$1.img
  mkdir -p "$FILES"
  if [ ! -e "$disk" ]; then
    truncate --size "$2M" "$disk"
  fi
  echo "no disk has the serial number $1, and none of $2 MiB is free: $disk is served in its place"
}

# In the order of their places on the controller; of those without one, in the order of their names.
all_disks() {
  lsblk --nodeps --noheadings --raw --output NAME,TYPE,HCTL | awk '$2 == "disk" { print $3, $1 }' | sort -V | awk '{ print $NF }'
}

disk_with_serial() {
  for name in $(all_disks); do
    # Since the serial number is in sysfs for virtio, and with udev for others.
    serial=$(cat "/sys/block/$name/serial" 2> /dev/null || lsblk --nodeps --noheadings --output SERIAL "/dev/$name")
    if [ "$serial" = "$1" ]; then
      echo "$name"
      return
    fi
  done
}

free_disk_of() {
  for name in $(all_disks); do
    case " $taken " in *" $name "*) continue ;; esac
    size=$(lsblk --nodeps --noheadings --bytes --output SIZE "/dev/$name" | tr -d ' ')
    used=$(lsblk --noheadings --raw --output MOUNTPOINT "/dev/$name" | tr -d '\n ')
    if [ "$size" = "$1" ] && [ -z "$used" ]; then
      echo "$name"
      return
    fi
  done
}

# sdb may be sdc after the next boot.
lasting_name_of() {
  for path in /dev/disk/by-id/* /dev/disk/by-path/*; do
    if [ "$(readlink -f "$path")" = "/dev/$1" ]; then
      echo "$path"
      return
    fi
  done
  echo "/dev/$1"
}

serve_with_tgt() {
  {
    echo "<target $1>"
    echo "    backing-store $3"
    for cidr in $cidrs; do
      echo "    initiator-address $cidr"
    done
    for initiator in $initiators; do
      echo "    initiator-name $initiator"
    done
    echo "    incominguser $user $secret"
    echo '</target>'
  } >> "$TGT_CONF.new"
}

start_serve_with_tgt() {
  systemctl enable --now tgt.service
  if cmp -s "$TGT_CONF.new" "$TGT_CONF"; then
    rm "$TGT_CONF.new"
  else
    mv "$TGT_CONF.new" "$TGT_CONF"
    chmod 0600 "$TGT_CONF"
  fi
  # Targets that somebody is logged in to are left as they are.
  tgt-admin --update ALL
}

# A portal is opened on the links of the lab only. Logical unit 1, as tgt has it: the device has one name with either.
serve_with_lio() {
  target=/sys/kernel/config/target/iscsi/$1/tpgt_1
  if [ -d "$target/lun/lun_1" ]; then
    return
  fi
  case $3 in
    /dev/*) store=block source=dev ;;
    *) store=fileio source=file_or_dev ;;
  esac
  if ! targetcli "/backstores/$store/$2" status > /dev/null 2>&1; then
    targetcli "/backstores/$store" create name="$2" "$source=$3"
  fi
  if [ ! -d "$target" ]; then
    targetcli /iscsi create "$1"
  fi
  targetcli "/iscsi/$1/tpg1/luns" create "/backstores/$store/$2" lun=1
  targetcli "/iscsi/$1/tpg1" set attribute authentication=1 generate_node_acls=0
  for initiator in $initiators; do
    if [ ! -d "$target/acls/$initiator" ]; then
      targetcli "/iscsi/$1/tpg1/acls" create "$initiator"
    fi
    targetcli "/iscsi/$1/tpg1/acls/$initiator" set auth userid="$user" password="$secret"
  done
  if [ -d "$target/np/0.0.0.0:3260" ]; then
    targetcli "/iscsi/$1/tpg1/portals" delete 0.0.0.0 3260
  fi
  for address in $addresses; do
    if [ ! -d "$target/np/$address:3260" ]; then
      targetcli "/iscsi/$1/tpg1/portals" create "$address" 3260
    fi
  done
}

start_serve_with_lio() {
  targetcli saveconfig
  systemctl enable --now target.service
}

main "$@"
