import { rmSync } from 'node:fs';
import { LabError } from '../../model/errors.js';
import { type LabInstance, type LabNode, labelOf, nodeOf } from '../../model/lab.js';
import type { PauseAbility } from '../../ports/backend.js';
import { lockWithin } from '../../ports/lock.js';
import { exportedTo } from './disks.js';
import {
  type EmbeddedDeps,
  execOrThrow,
  GONE_MS,
  ipBatch,
  isSystemdHost,
  privateScript,
  startLasting,
  waitFor,
} from './host.js';
import { lowerOf, nodeImage } from './image-store.js';
import { diskMiB, limitsOf, MOST_FILES, shareOf, unitProperties } from './limits.js';
import { ID_BASE, labDirs, machineOf, namespacePath, nodeDirs, switchOf } from './names.js';
import { cablesOf, plugIn, unplug } from './network.js';
import { prepareNode } from './prepare-node.js';
import { findSupervisors, isMachineAlive, type Supervisor } from './supervisors.js';

/** What root in a node may do inside the lab's own user namespace, and why. On the host it is an unprivileged user. */
const GRANTED: Readonly<Record<string, string>> = {
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
const DROPPED: readonly string[] = [
  'CAP_AUDIT_CONTROL',
  'CAP_LEASE',
  'CAP_LINUX_IMMUTABLE',
  'CAP_MKNOD',
  'CAP_SYS_TTY_CONFIG',
];

/** systemd-nspawn takes this from the machine's PID 1 by default, and inside a user namespace it may not. */
const PROCESS_LIMIT = 32_768;

/** Powers a node on that is off; its disk is as it was left. Returns as soon as it is starting. Idempotent. */
export function powerOn(deps: EmbeddedDeps, instance: LabInstance, node: LabNode): Promise<void> {
  return switching(deps, instance.name, node.name, async () => {
    if (await stableSupervisor(deps, instance.name, node.name)) return;
    prepareNode(deps, instance, node);
    await unplug(deps, instance.name, node.name);
    await plugIn(deps, instance, node);
    rmSync(nodeDirs(deps.dirs, instance.name, node.name).socket, { force: true });
    await launch(deps, instance, node);
  });
}

/**
 * The cluster (through a controller), a person, and the recovery of a fault may switch a node at the same moment. A lock makes
 * them take turns, because two boots of one disk would ruin it.
 */
async function switching(deps: EmbeddedDeps, instance: string, node: string, work: () => Promise<void>): Promise<void> {
  const { powerLock } = nodeDirs(deps.dirs, instance, node);
  const release = await lockWithin(deps, {
    file: powerLock,
    what: `the power switch of ${node}`,
    doing: 'switching a node on or off',
    withinMs: GONE_MS,
  });
  try {
    await work();
  } finally {
    release();
  }
}

/** The node's supervisor. While one is starting or ending, it waits for the outcome. */
async function stableSupervisor(deps: EmbeddedDeps, instance: string, node: string): Promise<Supervisor | undefined> {
  const machine = machineOf(instance, node);
  const found = await waitFor(deps, () => {
    const supervisor = supervisorOf(instance, node);
    return supervisor !== undefined || !isMachineAlive(machine) ? { supervisor } : undefined;
  });
  if (found === undefined) throw tooLong(`${node} to come or go`);
  return found.supervisor;
}

function tooLong(what: string): LabError {
  return new LabError('backend-failed', `waited ${GONE_MS} ms for ${what} without success`);
}

async function launch(deps: EmbeddedDeps, instance: LabInstance, node: LabNode): Promise<void> {
  const machine = machineOf(instance.name, node.name);
  const dirs = nodeDirs(deps.dirs, instance.name, node.name);
  const limits = limitsOf(node);
  const disks = exportedTo(instance.lab, node);
  const argv = privateScript(
    'boot-node.sh',
    machine,
    labDirs(deps.dirs, instance.name).userNamespace,
    namespacePath(machine),
    String(ID_BASE),
    lowerOf(nodeImage(deps.dirs.cache, instance.lab, node)),
    dirs.state,
    dirs.run,
    isSystemdHost() ? '' : `${labelOf(instance.name)}/${node.name}`,
    disks.length > 0 ? dirs.exports : '',
    disks.join(' '),
    String(limits.cpus ?? ''),
    String(limits.memoryMiB ?? ''),
    String(shareOf(node)),
    String(limits.processes ?? ''),
    String(diskMiB(node)),
    String(MOST_FILES),
    ...[
      '--quiet',
      '--boot',
      `--directory=${dirs.root}`,
      `--machine=${machine}`,
      `--hostname=${node.name}`,
      '--register=no',
      '--keep-unit',
      `--network-namespace-path=${namespacePath(machine)}`,
      `--capability=${Object.keys(GRANTED).join(',')}`,
      `--drop-capability=${DROPPED.join(',')}`,
      `--rlimit=NPROC=${PROCESS_LIMIT}`,
      `--rlimit=SIGPENDING=${PROCESS_LIMIT}`,
      '--resolv-conf=off',
      '--timezone=off',
      '--link-journal=no',
      `--bind=${dirs.run}:/run/halab`,
      ...(disks.length > 0 ? [`--bind=${dirs.exports}`] : []),
    ],
  );
  await startLasting(deps, argv, {
    properties: unitProperties(limits),
    unit: machine,
    description: `${node.name} of the halab lab ${instance.name}`,
    logFile: dirs.console,
  });
}

export function supervisorOf(instance: string, node: string): Supervisor | undefined {
  return findSupervisors(instance).find((each) => each.node === node);
}

/** Pulls the plug: the node and all its processes are gone at once, frozen or not. Idempotent. */
export function powerOff(deps: EmbeddedDeps, instance: string, node: string): Promise<void> {
  return switching(deps, instance, node, async () => {
    const supervisor = await stableSupervisor(deps, instance, node);
    if (supervisor) await killCgroup(deps, supervisor.cgroup, node);
    await unplug(deps, instance, node);
  });
}

/** Kills everything in a cgroup and waits until all of it is gone. Idempotent. Throws LabError `backend-failed` where something of it does not die. */
export async function killCgroup(deps: EmbeddedDeps, cgroup: string, whose: string): Promise<void> {
  await execOrThrow(deps, privateScript('cgroup.sh', 'kill', cgroup), { what: `killing all of ${whose}` });
}

async function setFrozen(deps: EmbeddedDeps, cgroup: string, value: '0' | '1'): Promise<void> {
  const argv = privateScript('cgroup.sh', 'write', cgroup, 'cgroup.freeze', value);
  await execOrThrow(deps, argv, { what: `writing cgroup.freeze of ${cgroup}` });
}

/**
 * Freezes a node by its cgroup. Its kernel is the machine's own and would go on answering ARP and ICMP for it,
 * so its ports leave their bridges as well: a stopped machine's cable is in, and nothing answers. They are out only while
 * the cgroup is frozen, so that a command killed halfway leaves a node that is seen to be frozen, and is thawed.
 */
export function createPause(deps: EmbeddedDeps): PauseAbility {
  return {
    freeze: async (instance, node) => {
      await setFrozen(deps, cgroupOf(instance, node), '1');
      await setPorts(deps, instance, node, 'out');
    },
    thaw: async (instance, node) => {
      const running = supervisorOf(instance.name, node);
      if (!running) return;
      await setPorts(deps, instance, node, 'in');
      await setFrozen(deps, running.cgroup, '0');
    },
    isFrozen: async (instance, node) => {
      const running = supervisorOf(instance.name, node);
      return running !== undefined && (await isFrozen(deps, running.cgroup));
    },
  };
}

export async function isFrozen(deps: EmbeddedDeps, cgroup: string): Promise<boolean> {
  const events = await execOrThrow(deps, privateScript('cgroup.sh', 'read', cgroup, 'cgroup.events'), {
    what: `reading cgroup.events of ${cgroup}`,
  });
  return /^frozen 1$/m.test(events);
}

function cgroupOf(instance: LabInstance, node: string): string {
  const supervisor = supervisorOf(instance.name, node);
  if (supervisor) return supervisor.cgroup;
  throw new LabError('node-unreachable', `${node} is off and cannot be frozen`, { data: { node } });
}

async function setPorts(deps: EmbeddedDeps, instance: LabInstance, node: string, where: 'in' | 'out'): Promise<void> {
  const lines = cablesOf(instance.lab, nodeOf(instance, node)).map(({ port, bridge }) =>
    where === 'in' ? `link set ${port} master ${bridge}` : `link set ${port} nomaster`,
  );
  await ipBatch(deps, switchOf(instance.name), lines, `taking the ports of ${node} ${where}`);
}
