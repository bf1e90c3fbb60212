import { CHAP_USER, ISCSI_PORT, initiatorOf, LUN, sharedDisksOf } from '../../../model/iscsi.js';
import type { Lab } from '../../../model/lab.js';
import type { NodeFile } from '../node-writer.js';
import { lentDirs } from './lent.js';

/** What makes an HA node an initiator: the programs, the unit, and a file for each disk of the lab. */
export function initiatorFiles(lab: Lab, node: string, lent: string, secret: string): readonly NodeFile[] {
  const at = lentDirs(lent);
  return [
    { path: 'usr/local/sbin/lab-disk', content: askProgram(at), mode: 0o755 },
    { path: 'usr/sbin/mount.ext4', content: mountProgram(at), mode: 0o755 },
    { path: 'usr/local/sbin/lab-initiator', content: initiatorProgram(at), mode: 0o755 },
    { path: 'etc/systemd/system/lab-initiator@.service', content: UNIT, mode: 0o644 },
    { path: 'etc/lab-disks/secret', content: secret, mode: 0o600 },
    ...sharedDisksOf(lab).map(({ disk, portal, target, device }) => ({
      path: `etc/lab-disks/${disk.name}`,
      content: [
        `PORTAL=${portal.address}:${ISCSI_PORT}`,
        `TARGET=${target}`,
        `LUN=${LUN}`,
        `INITIATOR=${initiatorOf(lab, node)}`,
        `CHAP_USER=${CHAP_USER}`,
        `DEVICE=${device}`,
        '',
      ].join('\n'),
      mode: 0o644,
    })),
  ];
}

/** Before pacemaker and so, on the way down, after it: whatever is mounted from the disk is unmounted by then. */
const UNIT = `[Unit]
Description=Logged in to the shared disk %i
After=network.target
Before=pacemaker.service
StartLimitIntervalSec=0

[Service]
Type=forking
PIDFile=/run/lab-disks/%i.pid
EnvironmentFile=/etc/lab-disks/%i
RuntimeDirectory=lab-disks
RuntimeDirectoryPreserve=yes
ExecStart=/usr/local/sbin/lab-initiator start %i
ExecStopPost=-/usr/local/sbin/lab-initiator stopped %i
Restart=on-failure
RestartSec=2

[Install]
WantedBy=multi-user.target
`;

type Lent = ReturnType<typeof lentDirs>;

/** One request at a time; an answer that nobody waited for is passed over. */
function askProgram(at: Lent): string {
  return `#!/bin/bash
# lab-disk attach|detach|mount|release DISK [OPTIONS]: asks the machine for what a node may not do itself.
set -u
exec 9> /run/lab-disk.lock
flock --wait 60 9 || { echo "lab-disk: another request is still waiting" >&2; exit 1; }
id=$$-$RANDOM
exec 3<> ${at.answer}
echo "$id $*" > ${at.ask}
while read -r -t 60 -u 3 whose said; do
  [ "$whose" = "$id" ] || continue
  [ "$said" = done ] && exit 0
  echo "lab-disk: $said" >&2
  exit 1
done
echo "lab-disk: no answer to $*" >&2
exit 1
`;
}

/** mount(8) calls it for ext4; what is no disk of the lab goes the ordinary way. */
function mountProgram(at: Lent): string {
  return `#!/bin/sh
# mount.ext4 DEVICE FOLDER [-sfnv] [-o OPTIONS]: the kernel mounts ext4 for the machine's root only, who is asked here.
set -u
device=$(readlink -f "$1")
folder=$2
options=rw
case $device in ${at.devices}/*) ;; *) ours=no ;; esac
spec=$1
shift 2
case " $* " in *remount*) ours=no ;; esac
if [ "\${ours:-yes}" = no ]; then
  exec mount -i -t ext4 "$@" "$spec" "$folder"
fi
while getopts sfnvo:t:N: flag; do
  if [ "$flag" = o ]; then options=$OPTARG; fi
done
wanted=
for option in $(echo "$options" | tr , ' '); do
  case $option in
    defaults | nodev | nosuid | errors=remount-ro | _netdev | auto | noauto | nofail) ;;
    *) wanted=$wanted,$option ;;
  esac
done
disk=\${device#${at.devices}/}
lab-disk mount "$disk" "\${wanted#,}" || exit 32
mount --bind "${at.mounts}/$disk" "$folder"
code=$?
lab-disk release "$disk" || exit 32
exit $code
`;
}

/**
 * libfuse takes an open connection by the name /dev/fd/N (fuse_session_mount, since 3.3), and qemu-storage-daemon wants
 * a regular file of the name it is given: it gets a /dev in which both is true.
 */
function initiatorProgram(at: Lent): string {
  return `#!/usr/bin/python3
# lab-initiator start|stopped DISK: logs in to the target and shows its logical unit as a block device.
import os, socket, subprocess, sys

verb, disk = sys.argv[1:]
of = os.environ
WAY = f"/run/halab/lab-disk-{disk}.sock"
DEV = "/run/lab-disks/dev"
INTO_DEV = """set -eu
mount -t tmpfs tmpfs {dev}
mkdir {dev}/fd
: > {dev}/fd/$1
for name in null urandom; do : > {dev}/$name; mount --bind /dev/$name {dev}/$name; done
mount --rbind {dev} /dev
shift
exec "$@" """.format(dev=DEV)


def ask(*words):
    subprocess.run(["lab-disk", *words], check=True)


def connection():
    if os.path.exists(WAY):
        os.unlink(WAY)
    with socket.socket(socket.AF_UNIX) as way:
        way.bind(WAY)
        way.listen(1)
        way.settimeout(30)
        asking = subprocess.Popen(["lab-disk", "show", disk])
        with way.accept()[0] as peer:
            _, (fd,), _, _ = socket.recv_fds(peer, 16, 1)
        if asking.wait() != 0:
            sys.exit(1)
    return fd


def start():
    os.makedirs(DEV, exist_ok=True)
    fd = connection()
    lun = "driver=iscsi,node-name=lun,transport=tcp,portal={PORTAL},target={TARGET},lun={LUN}".format(**of)
    who = "initiator-name={INITIATOR},user={CHAP_USER},password-secret=chap".format(**of)
    control = f"/run/lab-disks/{disk}.qmp"
    if os.path.exists(control):
        os.unlink(control)
    words = [
        *["qemu-storage-daemon", "--daemonize", "--pidfile", f"/run/lab-disks/{disk}.pid"],
        *["--object", "secret,id=chap,file=/etc/lab-disks/secret", "--object", "throttle-group,id=pace"],
        *["--blockdev", f"{lun},{who}", "--blockdev", "driver=throttle,node-name=disk,throttle-group=pace,file=lun"],
        *["--chardev", f"socket,id=control,path={control},server=on,wait=off", "--monitor", "chardev=control"],
        *["--export", f"type=fuse,id=disk,node-name=disk,mountpoint=/dev/fd/{fd},writable=on,allow-other=off"],
    ]
    subprocess.run(["unshare", "--mount", "sh", "-c", INTO_DEV, "dev", str(fd), *words], pass_fds=[fd], check=True)
    os.close(fd)
    ask("attach", disk)
    os.makedirs("/dev/disk/by-path", exist_ok=True)
    stopped_link()
    os.symlink(f"${at.devices}/{disk}", of["DEVICE"])


def stopped_link():
    if os.path.lexists(of["DEVICE"]):
        os.unlink(of["DEVICE"])


def stopped():
    stopped_link()
    ask("detach", disk)


{"start": start, "stopped": stopped}[verb]()
`;
}
