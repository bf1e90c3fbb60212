/** What root in a node may do inside the lab's own user namespace, and why. On the host it is nobody. */
export const GRANTED: Readonly<Record<string, string>> = {
  CAP_AUDIT_WRITE: 'sshd and PAM write login records',
  CAP_CHOWN: 'systemd-tmpfiles and package scripts set owners',
  CAP_DAC_OVERRIDE: 'root manages files of hacluster, haclient and root/vagrant users',
  CAP_DAC_READ_SEARCH: 'journald and evidence read every log',
  CAP_FOWNER: 'modes and times of files owned by others (pacemaker state, pcsd files)',
  CAP_FSETID: 'set-group-id folders of pacemaker survive a chmod',
  CAP_IPC_OWNER: 'libqb shared memory between root and hacluster',
  CAP_KILL: 'the cluster stops and kills daemons and services of other users',
  CAP_NET_ADMIN: 'IPaddr2 adds and removes the floating address; a student takes an interface down',
  CAP_NET_BIND_SERVICE: 'sshd on 22, web servers on 80',
  CAP_NET_BROADCAST: 'gratuitous ARP after a floating address has moved',
  CAP_NET_RAW: 'ping, arping and send_arp',
  CAP_SETFCAP: 'packages installed manually set file capabilities',
  CAP_SETGID: 'daemons drop to hacluster:haclient',
  CAP_SETPCAP: 'systemd bounds the capabilities of services',
  CAP_SETUID: 'daemons drop to hacluster:haclient',
  CAP_SYS_ADMIN: 'systemd mounts and manages its own cgroups; Filesystem resources mount',
  CAP_SYS_BOOT: 'reboot and power off from inside the node',
  CAP_SYS_CHROOT: 'privilege separation of sshd',
  CAP_SYS_NICE: 'corosync asks for a higher priority',
  CAP_SYS_PTRACE: 'fuser and ps look at the processes of other users',
  CAP_SYS_RESOURCE: 'systemd sets limits and OOM scores of services',
};

/** What systemd-nspawn grants by default (systemd-nspawn(1), --capability=), and the stack has no use for. */
export const DROPPED: readonly string[] = [
  'CAP_AUDIT_CONTROL',
  'CAP_LEASE',
  'CAP_LINUX_IMMUTABLE',
  'CAP_MKNOD',
  'CAP_SYS_TTY_CONFIG',
];
