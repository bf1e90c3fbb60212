# What only a node in a container needs: a management connection without a network, no terminals nor networks of its own, and a
# message at login that halab writes beside that connection (login-message.ts). No archive of packages can be reached.
for unit in getty.target systemd-networkd.service; do
  ln -sf /dev/null "$root/etc/systemd/system/$unit"
done
cat > "$root/etc/systemd/system/halab-ssh.socket" <<'UNIT'
[Unit]
Description=The way in that needs no network
[Socket]
ListenStream=/run/halab/ssh.sock
Accept=yes
MaxConnections=256
UNIT
cat > "$root/etc/systemd/system/halab-ssh@.service" <<'UNIT'
[Unit]
Description=The way in that needs no network
CollectMode=inactive-or-failed
[Service]
ExecStart=-/usr/sbin/sshd -i -o MaxSessions=64 -o PrintMotd=no -o PrintLastLog=no
StandardInput=socket
RuntimeDirectory=sshd
RuntimeDirectoryPreserve=yes
KillMode=process
UNIT
mkdir -p "$root/etc/systemd/system/corosync.service.d"
cat > "$root/etc/systemd/system/corosync.service.d/halab.conf" <<'UNIT'
[Service]
ExecStartPost=-/usr/bin/timeout 2 /bin/sh -c 'echo corosync > /run/halab/realtime'
UNIT
mkdir -p "$root/etc/systemd/system/sockets.target.wants"
ln -sf ../halab-ssh.socket "$root/etc/systemd/system/sockets.target.wants/halab-ssh.socket"
rm -f "$root"/etc/update-motd.d/*
ln -sf /run/halab/motd "$root/etc/motd"
printf '# A lab has no way to an archive of packages.\n' > "$root/etc/apt/sources.list"
