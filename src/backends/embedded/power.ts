import { rmSync } from 'node:fs';
import { LabError } from '../../model/errors.js';
import type { LabInstance, LabNode } from '../../model/lab.js';
import { DROPPED, GRANTED } from './capabilities.js';
import { lentTo } from './disks/prepare.js';
import { locateImage } from './image/image-store.js';
import { type EmbeddedDeps, isSystemdHost, must, privateScript } from './machine.js';
import { ID_BASE, labDirs, labelOf, machineOf, namespacePath, nodeDirs } from './names.js';
import { plugIn, unplug } from './plug.js';
import { prepareNode } from './prepare-node.js';
import { BOOT_NODE, WRITE_CGROUP } from './scripts.js';
import { findSupervisors, type Supervisor } from './supervisors.js';

const GONE_MS = 15_000;
const POLL_MS = 20;
/** systemd-nspawn reads this off the machine's PID 1 unless told, and inside a user namespace it may not. */
const PROCESS_LIMIT = 32_768;

/** Powers a node on; its disk is as it was left. Returns as soon as it is starting. */
export async function powerOn(deps: EmbeddedDeps, instance: LabInstance, node: LabNode): Promise<void> {
  prepareNode(deps, instance, node);
  await unplug(deps, instance.name, node.name);
  await plugIn(deps, instance, node);
  rmSync(nodeDirs(deps.dirs, instance.name, node.name).socket, { force: true });
  await launch(deps, instance, node);
}

async function launch(deps: EmbeddedDeps, instance: LabInstance, node: LabNode): Promise<void> {
  const machine = machineOf(instance.name, node.name);
  const { console: logFile } = nodeDirs(deps.dirs, instance.name, node.name);
  if (!isSystemdHost()) {
    await deps.processes.start(bootArgv(deps, instance, node, `${labelOf(instance.name)}/${node.name}`), { logFile });
    return;
  }
  // On a host that systemd runs, its cgroup tree is systemd's: the node gets a delegated part of it as a unit.
  const unit = [
    `--unit=${machine}`,
    `--description=${node.name} of the halab lab ${instance.name}`,
    '--collect',
    '--property=Delegate=yes',
    `--property=StandardOutput=append:${logFile}`,
  ];
  const argv = [
    'systemd-run',
    '--quiet',
    ...unit,
    '--property=StandardError=inherit',
    ...bootArgv(deps, instance, node, '').map(unexpanded),
  ];
  await must(deps, argv, { what: `starting ${node.name}` });
}

/** systemd expands `$NAME` in command lines and takes `$$` for a dollar sign (systemd.service(5), COMMAND LINES). */
function unexpanded(word: string): string {
  return word.split('$').join('$$');
}

function bootArgv(deps: EmbeddedDeps, instance: LabInstance, node: LabNode, cgroup: string): readonly string[] {
  const machine = machineOf(instance.name, node.name);
  const dirs = nodeDirs(deps.dirs, instance.name, node.name);
  const net = namespacePath(machine);
  const image = locateImage(deps.dirs.cache, instance.lab.image).root;
  const user = labDirs(deps.dirs, instance.name).userNamespace;
  const disks = lentTo(instance.lab, node);
  return privateScript(
    BOOT_NODE,
    'boot-node',
    machine,
    user,
    net,
    String(ID_BASE),
    image,
    dirs.state,
    dirs.run,
    cgroup,
    disks.length > 0 ? dirs.lent : '',
    disks.join(' '),
    ...[
      '--quiet',
      '--boot',
      `--directory=${dirs.root}`,
      `--machine=${machine}`,
      `--hostname=${node.name}`,
      '--register=no',
      '--keep-unit',
      `--network-namespace-path=${net}`,
      `--capability=${Object.keys(GRANTED).join(',')}`,
      `--drop-capability=${DROPPED.join(',')}`,
      `--rlimit=NPROC=${PROCESS_LIMIT}`,
      `--rlimit=SIGPENDING=${PROCESS_LIMIT}`,
      '--resolv-conf=off',
      '--timezone=off',
      '--link-journal=no',
      `--bind=${dirs.run}:/run/halab`,
      ...(disks.length > 0 ? [`--bind=${dirs.lent}`] : []),
    ],
  );
}

export function supervisorOf(instance: string, node: string): Supervisor | undefined {
  return findSupervisors(instance).find((each) => each.node === node);
}

/** Pulls the plug: the node and all its processes are gone at once, frozen or not. May run twice. */
export async function powerOff(deps: EmbeddedDeps, instance: string, node: string): Promise<void> {
  const supervisor = supervisorOf(instance, node);
  if (supervisor) await killNode(deps, supervisor);
  await unplug(deps, instance, node);
}

/** Kills everything in the node's cgroup and waits until its supervisor is gone. */
export async function killNode(deps: EmbeddedDeps, supervisor: Supervisor): Promise<void> {
  await writeCgroup(deps, supervisor.cgroup, 'cgroup.kill', '1');
  // A cgroup stays frozen when nobody is left in it, and would freeze whoever boots the node again.
  await writeCgroup(deps, supervisor.cgroup, 'cgroup.freeze', '0');
  const deadline = deps.clock.monotonicMs() + GONE_MS;
  while (isAlive(supervisor.pid)) {
    if (deps.clock.monotonicMs() > deadline) {
      throw new LabError(
        'backend-failed',
        `${supervisor.node} did not go within ${GONE_MS} ms; process ${supervisor.pid} is still there`,
        {
          data: { node: supervisor.node, pid: supervisor.pid },
        },
      );
    }
    await deps.clock.sleep(POLL_MS);
  }
}

export async function writeCgroup(deps: EmbeddedDeps, cgroup: string, file: string, value: string): Promise<void> {
  await must(deps, privateScript(WRITE_CGROUP, 'write-cgroup', cgroup, file, value), {
    what: `writing ${file} of ${cgroup}`,
  });
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}
