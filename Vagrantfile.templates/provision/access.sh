#!/bin/sh
# access.sh [USER PASSWORD]...: makes the users and sets their passwords; root can log in as vagrant can.
set -eu

home_of() {
  entry=$(getent passwd "$1")
  printf '%s\n' "$entry" | cut -d : -f 6
}

while [ $# -ge 2 ]; do
  if ! id -u "$1" > /dev/null 2>&1; then
    useradd --create-home --shell /bin/bash "$1"
  fi
  printf '%s:%s\n' "$1" "$2" | chpasswd
  shift 2
done

# Vagrant puts a key of its own in the place of the well-known one before it provisions: root takes what vagrant has by
# then, keeps what else it has, and forgets the well-known one.
vagrant_keys=$(home_of vagrant)/.ssh/authorized_keys
root_keys=$(home_of root)/.ssh/authorized_keys
mkdir -p "${root_keys%/*}"
chmod 0700 "${root_keys%/*}"
touch "$root_keys"
{
  cat "$vagrant_keys"
  grep -vxF -f "$vagrant_keys" "$root_keys" | grep -v ' vagrant insecure public key' || true
} > "$root_keys.new"
chmod 0600 "$root_keys.new"
mv "$root_keys.new" "$root_keys"
if command -v restorecon > /dev/null; then
  restorecon -R "${root_keys%/*}"
fi

# The first value counts in sshd_config, so ours come before those of the box. UseDNS: no name server knows the lab.
settings='PermitRootLogin yes
PasswordAuthentication yes
UseDNS no'
if grep -qi '^[[:space:]]*include[[:space:]]*/etc/ssh/sshd_config\.d/' /etc/ssh/sshd_config; then
  mkdir -p /etc/ssh/sshd_config.d
  printf '%s\n' "$settings" > /etc/ssh/sshd_config.d/00-lab.conf
elif ! grep -qxF '# For the lab:' /etc/ssh/sshd_config; then
  # OpenSSH 7 has no Include.
  printf '# For the lab:\n%s\n\n' "$settings" | cat - /etc/ssh/sshd_config > /etc/ssh/sshd_config.new
  cat /etc/ssh/sshd_config.new > /etc/ssh/sshd_config
  rm /etc/ssh/sshd_config.new
fi

# Debian says ssh, the others sshd.
for unit in ssh sshd; do
  if systemctl -q is-active "$unit.service"; then
    systemctl reload "$unit.service"
    break
  fi
done
