import type { Footprint } from '../ports/backend.js';
import type { PoolNeeds, RunningJob } from '../ports/pool.js';

/** What was measured on the machine just now. */
export interface Measured {
  readonly cores: number;
  /** The load average of the last minute (proc_loadavg(5)). */
  readonly load: number;
  /** Absent where only the labs themselves show it. */
  readonly spare?: Footprint;
}

export interface Limits {
  /** How many labs at once. */
  readonly labs: number;
  /** How many while one of them measures an outage. */
  readonly labsMeasuring: number;
  /** The load average beyond which no lab is added; absent where the number of labs was asked for. */
  readonly load?: number;
}

/** Other programs of the machine need some, too. */
const RESERVE_MIB = 512;
/** So long a lab boots and forms its cluster; until then it has not taken what it will take. */
const YOUNG_MS = 40_000;
/** Labs that boot at the same time, for each processor; a booting lab keeps one busy. */
const BOOTING_PER_CORE = 1;
/** Beyond it, corosync's token would be at risk, and probes would measure the machine instead of the cluster. */
const MOST_LOAD_PER_CORE = 4;

/** Pure. Why the machine cannot take this job now beside those that run; the first job is always taken. */
export function whyNotYet(
  job: PoolNeeds,
  running: readonly RunningJob[],
  { cores, load, spare }: Measured,
  limits: Limits,
): string | undefined {
  if (running.length === 0) return undefined;
  const isMeasuring = job.measures || running.some(({ measures }) => measures);
  const most = isMeasuring ? limits.labsMeasuring : limits.labs;
  if (running.length >= most)
    return running.length === 1 ? 'another lab runs' : `${running.length} labs run side by side`;
  const young = running.filter(({ runsForMs }) => runsForMs < YOUNG_MS);
  if (young.length >= cores * BOOTING_PER_CORE)
    return young.length === 1 ? 'another lab boots' : `${young.length} labs boot`;
  if (limits.load !== undefined && load > limits.load) return `the load is ${load.toFixed(1)} on ${cores} processors`;
  if (spare === undefined) return 'what the machine has left is not known';
  const promised = (of: (each: PoolNeeds) => number) => young.reduce((sum, each) => sum + of(each), 0);
  const memory = job.memoryMiB + promised(({ memoryMiB }) => memoryMiB) + RESERVE_MIB;
  if (memory > spare.memoryMiB) return `${spare.memoryMiB} MiB of memory are left, and ${memory} MiB are needed`;
  const inotify = job.inotifyInstances + promised((each) => each.inotifyInstances);
  if (inotify > spare.inotifyInstances)
    return `${spare.inotifyInstances} inotify instances are left, and ${inotify} are needed`;
  return undefined;
}

/**
 * Labs that work wait most of the time: for timeouts of the cluster, and for what it does then. With four failing over at once on
 * two processors, no token was lost; with three, probes were exact to 0.1 s (docs/nightly.md).
 */
const LABS_PER_CORE = 2;
const LABS_MEASURING_PER_CORE = 1.5;

export function usualLimits(cores: number, labs?: number): Limits {
  if (labs !== undefined) return { labs, labsMeasuring: labs };
  return {
    labs: Math.max(1, cores * LABS_PER_CORE),
    labsMeasuring: Math.max(1, Math.floor(cores * LABS_MEASURING_PER_CORE)),
    load: cores * MOST_LOAD_PER_CORE,
  };
}
