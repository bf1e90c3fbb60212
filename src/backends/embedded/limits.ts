import { existsSync, readFileSync } from 'node:fs';
import { release } from 'node:os';
import type { LabNode } from '../../model/lab.js';
import type { Prerequisite } from '../../ports/backend.js';
import { advice } from '../prerequisites.js';

/** A controller of control groups that holds a node to what its lab gives it. */
type Controller = 'cpu' | 'memory' | 'pids';

const CONTROLLERS: readonly Controller[] = ['cpu', 'memory', 'pids'];

/** An HA node has about 150 processes and threads. */
const MOST_PROCESSES = 2_000;

/** What a node may write beside the disks that it serves, and how many files. A formed HA node has about 5 MiB. */
const DISK_MIB = 2_048;
export const MOST_FILES = 200_000;

export function diskMiB({ disks }: Pick<LabNode, 'disks'>): number {
  return disks.reduce((sum, { sizeMiB }) => sum + sizeMiB, DISK_MIB);
}

/** What of this machine decides which controllers there are. */
export interface ControllerFacts {
  /** `/proc/self/cgroup`: a line for each hierarchy of cgroup v1, and one for cgroup2. */
  readonly hierarchies: string;
  /** `cgroup.controllers` at the root of cgroup2. */
  readonly unified: string;
  /** The kernel's configuration, as far as it is known. */
  readonly kernel: string;
}

/** The limits that `node-limits.sh` or systemd can set here. Pure. */
export function controllersIn({ hierarchies, unified, kernel }: ControllerFacts): readonly Controller[] {
  const v1 = hierarchies.split('\n').flatMap((line) => line.split(':')[1]?.split(',') ?? []);
  const v2 = unified.trim().split(/\s+/);
  // With this option no process in a group of cgroup2 can be real-time once processors are limited, and corosync has to be.
  const isRealtimeRefused = /^CONFIG_RT_GROUP_SCHED=y$/m.test(kernel);
  const isHere = (controller: Controller) =>
    v1.includes(controller) || (v2.includes(controller) && !(controller === 'cpu' && isRealtimeRefused));
  return CONTROLLERS.filter(isHere);
}

export function controllersHere(): readonly Controller[] {
  return controllersIn({
    hierarchies: textOf('/proc/self/cgroup'),
    unified: ['/sys/fs/cgroup/cgroup.controllers', '/sys/fs/cgroup/unified/cgroup.controllers'].map(textOf).join(' '),
    kernel: textOf(`/boot/config-${release()}`),
  });
}

/** The same as PERIOD_US in `node-limits.sh`, which gives the reasons. */
const PERIOD = '20ms';

/** The limits of a node; `undefined` where this machine cannot enforce one. */
interface Limits {
  readonly cpus: number | undefined;
  readonly memoryMiB: number | undefined;
  readonly processes: number | undefined;
}

export function limitsOf(
  { cpus, memoryMiB }: Pick<LabNode, 'cpus' | 'memoryMiB'>,
  here: readonly Controller[] = controllersHere(),
): Limits {
  return {
    cpus: here.includes('cpu') ? cpus : undefined,
    memoryMiB: here.includes('memory') ? memoryMiB : undefined,
    processes: here.includes('pids') ? MOST_PROCESSES : undefined,
  };
}

/**
 * A node's share of processors that are short, against the other nodes of its lab. Members of the cluster come first: their
 * daemons time one another, and a storage host that boots or serves a client can wait.
 */
export function shareOf({ role }: Pick<LabNode, 'role'>): number {
  return role === 'ha' ? 4 : 1;
}

/** The same as properties of a unit (systemd.resource-control(5)), on hosts whose control groups are managed by systemd. */
export function unitProperties({ cpus, memoryMiB, processes }: Limits): readonly string[] {
  return [
    ...(cpus === undefined ? [] : [`CPUQuota=${cpus * 100}%`, `CPUQuotaPeriodSec=${PERIOD}`]),
    ...(memoryMiB === undefined ? [] : [`MemoryMax=${memoryMiB}M`, 'MemorySwapMax=0']),
    ...(processes === undefined ? [] : [`TasksMax=${processes}`]),
  ];
}

export function findLimits(here: readonly Controller[] = controllersHere()): Prerequisite {
  const missing = CONTROLLERS.filter((each) => !here.includes(each));
  const words = { cpu: 'cpus', memory: 'memory', pids: 'number of processes' } as const;
  const names = missing.map((each) => words[each]).join(' and ');
  const ok = missing.length === 0;
  return advice(
    'limits',
    ok,
    ok
      ? `nodes are held to the cpus and memory that the lab gives them, ${MOST_PROCESSES} processes and ${DISK_MIB} MiB of disk`
      : `nodes are not held to the ${names} that the lab gives them: this kernel has no control groups for it`,
    'labs run without; for memory boot the kernel with cgroup_enable=memory where it knows that',
  );
}

function textOf(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}
