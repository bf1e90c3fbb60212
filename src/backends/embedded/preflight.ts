import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { freemem, totalmem } from 'node:os';
import { delimiter, join } from 'node:path';
import { groupBy } from '../../model/group-by.js';
import { haNodesOf, type Lab, labelOf } from '../../model/lab.js';
import type { Footprint, LabsRoom, Prerequisite } from '../../ports/backend.js';
import { advice, aptInstall, required, spaceIn } from '../prerequisites.js';
import { whyNoDisks } from './disks.js';
import type { EmbeddedDeps } from './host.js';
import { imagesOf } from './image-store.js';
import { findInotify, INSTANCES_PER_NODE, inotifyRoom, LIFT_LIMIT, labsThatFit } from './inotify.js';
import { findLimits } from './limits.js';

/** Programs the backend runs, and the Debian package each is in. */
const PROGRAMS: Readonly<Record<string, string>> = {
  mmdebstrap: 'mmdebstrap',
  'systemd-nspawn': 'systemd-container',
  ip: 'iproute2',
  nsenter: 'util-linux',
  unshare: 'util-linux',
  mountpoint: 'util-linux',
  tar: 'tar',
  perl: 'perl-base',
};

/** Measured: about 270 MiB of PSS for each HA node, 16 MiB for the storage node. */
const MIB_PER_NODE = 300;
const STATE_MIB = 600;

/** What this machine has and lacks for the lab; `missing` counts its nodes that do not run yet. Reads only, changes nothing. */
export async function preflight(deps: EmbeddedDeps, lab: Lab, missing: () => number): Promise<readonly Prerequisite[]> {
  if (process.platform !== 'linux') return [findPlatform()];
  return [
    findPlatform(),
    findRoot(),
    ...findPrograms(deps.path),
    findOverlay(),
    await findNamespaces(deps),
    findDisk(deps, lab),
    findMemory(lab),
    findLimits(),
    findInotify(missing()),
    findRoom(roomFor(deps, lab)),
    ...findImages(deps, lab),
    ...findModules(lab),
    ...findDisks(lab),
  ];
}

function findPlatform(): Prerequisite {
  return required(
    'platform',
    process.platform === 'linux' && process.arch === 'x64',
    `${process.platform} on ${process.arch}`,
    'the embedded backend runs on Linux on x64; --backend vagrant runs elsewhere too',
  );
}

function findRoot(): Prerequisite {
  const ok = process.getuid?.() === 0;
  const fix = 'run the same command as root (sudo): it makes namespaces and mounts';
  return required('root', ok, ok ? 'runs as root' : 'does not run as root', fix);
}

function findPrograms(searchPath: string): readonly Prerequisite[] {
  return Object.entries(PROGRAMS).map(([program, debianPackage]) => {
    const path = pathOf(program, searchPath);
    const text = path ?? `${program} is not installed`;
    return required(`program:${program}`, path !== undefined, text, aptInstall(debianPackage));
  });
}

function pathOf(program: string, searchPath: string): string | undefined {
  const folders = [...searchPath.split(delimiter), '/usr/sbin', '/sbin'];
  return folders.map((folder) => join(folder, program)).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function findOverlay(): Prerequisite {
  const ok = /\toverlay$/m.test(readFileSync('/proc/filesystems', 'utf8')) || existsSync('/sys/module/overlay');
  const fix = { text: 'modprobe overlay', argv: ['modprobe', 'overlay'] };
  return required('overlayfs', ok, ok ? 'the kernel has overlayfs' : 'the kernel has no overlayfs loaded', fix);
}

/** Tries it, since a kernel may have namespaces and a policy forbid them. */
async function findNamespaces(deps: EmbeddedDeps): Promise<Prerequisite> {
  const argv = ['unshare', '--user', '--map-root-user', '--net', '--mount', '--pid', '--fork', 'true'];
  const canTry = pathOf('unshare', deps.path) !== undefined;
  const result = canTry ? await deps.processes.run(argv, { timeoutMs: 10_000 }) : undefined;
  const ok = result?.exitCode === 0;
  const why = result ? result.stderr.trim() : 'unshare is not installed';
  return required(
    'namespaces',
    ok,
    ok ? 'user, network, mount and process namespaces can be made' : `namespaces cannot be made: ${why}`,
    'look at /proc/sys/user/max_user_namespaces, or run on a machine that is not itself a sealed container',
  );
}

/** OVERLAYFS_SUPER_MAGIC (statfs(2)). */
const OVERLAY = 0x794c7630;

function findDisk(deps: EmbeddedDeps, lab: Lab): Prerequisite {
  const { folder, freeMiB, type } = spaceIn(deps.dirs.state);
  const text = type === OVERLAY ? `${folder} lies on an overlay filesystem itself` : `${freeMiB} MiB free in ${folder}`;
  return required(
    'disk',
    freeMiB >= STATE_MIB && type !== OVERLAY,
    `${text} (${labelOf(lab.name)} takes about ${STATE_MIB} MiB)`,
    'free some space, or point HALAB_STATE_DIR at a larger, ordinary disk',
  );
}

function findMemory(lab: Lab): Prerequisite {
  const haveMiB = Math.floor(totalmem() / 1024 ** 2);
  const needMiB = lab.nodes.length * MIB_PER_NODE;
  const text = `${haveMiB} MiB of memory, the lab's ${lab.nodes.length} nodes take about ${needMiB} MiB`;
  return advice('memory', haveMiB >= needMiB, text, 'use a lab with fewer nodes');
}

/** How many more labs of these nodes each thing that a machine has leaves room for. */
interface Room {
  readonly nodes: number;
  readonly inotify: number;
  readonly memory: number;
  readonly disk: number;
}

export function labsRoom(deps: EmbeddedDeps, lab: Lab): LabsRoom {
  return roomIn(roomFor(deps, lab));
}

export function footprintOf({ nodes }: Lab): Footprint {
  const count = nodes.length;
  return { memoryMiB: count * MIB_PER_NODE, inotifyInstances: count * INSTANCES_PER_NODE, diskMiB: STATE_MIB };
}

export function spareOn(deps: EmbeddedDeps): Footprint {
  const { limit, used } = inotifyRoom(0);
  const freeMiB = Math.floor(freemem() / 1024 ** 2);
  return { memoryMiB: freeMiB, inotifyInstances: Math.max(0, limit - used), diskMiB: spaceIn(deps.dirs.state).freeMiB };
}

function roomFor(deps: EmbeddedDeps, { nodes: { length: nodes } }: Lab): Room {
  const freeMiB = Math.floor(freemem() / 1024 ** 2);
  return {
    nodes,
    inotify: labsThatFit(nodes),
    memory: Math.floor(freeMiB / (nodes * MIB_PER_NODE)),
    disk: Math.floor(spaceIn(deps.dirs.state).freeMiB / STATE_MIB),
  };
}

/** A class wants several labs; what ends first is named, with the command that lifts it where there is one. */
const ENOUGH_LABS = 8;
const HOW_TO_LIFT = {
  inotify: LIFT_LIMIT,
  memory: 'take down a lab that is not needed, or use one with fewer nodes',
  disk: 'free some space, or point HALAB_STATE_DIR at a larger, ordinary disk',
} as const;

/** Pure. What ends first decides. */
function roomIn(room: Room): LabsRoom {
  const [first = 'inotify'] = (['inotify', 'memory', 'disk'] as const).toSorted(
    (one, other) => room[one] - room[other],
  );
  const ends = { inotify: 'inotify instances end', memory: 'free memory ends', disk: 'disk space ends' }[first];
  return { labs: room[first], ends, fix: HOW_TO_LIFT[first] };
}

/** Pure. */
export function findRoom(room: Room): Prerequisite {
  const { labs, ends, fix } = roomIn(room);
  const count = labs === 1 ? '1 more lab' : `${labs} more labs`;
  const text = `${count} of ${room.nodes} nodes can run beside those here, then ${ends} first`;
  return advice('room', labs >= ENOUGH_LABS, text, fix);
}

function findImages(deps: EmbeddedDeps, lab: Lab): readonly Prerequisite[] {
  return imagesOf(deps.dirs.cache, lab).map(({ image: { id, built, root } }) => {
    const text = built
      ? `${id} is built: ${root}`
      : `${id} is not built yet: the first halab up builds it, in one to five minutes (halab image build does so now)`;
    return advice('image', true, text);
  });
}

function findDisks(lab: Lab): readonly Prerequisite[] {
  const why = whyNoDisks(lab);
  const node = haNodesOf(lab).find(({ disks }) => disks.length > 0);
  if (node === undefined || why === undefined) return [];
  return [required('lab:disks', false, `${node.name} has disks of its own, and ${why}`, 'take debian-12')];
}

/** The kernel is the machine's, and is not the lab's to change. */
function findModules({ nodes }: Lab): readonly Prerequisite[] {
  const modules = groupBy(
    nodes.flatMap(({ extras }) => extras?.modules ?? []),
    ({ at }) => at,
  );
  return [...modules.values()].map(([{ name, at }]) =>
    required(
      'lab:modules',
      false,
      `${at}: the kernel module ${name} is wanted, and a container cannot load one`,
      '--backend vagrant, where each node has a kernel of its own',
    ),
  );
}
