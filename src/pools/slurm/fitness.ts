import { MARK } from './conf.js';
import type { MachineFacts } from './machine-facts.js';

/** Slurm's messages carry the time, and munge refuses old ones; reports of several machines stand on one time axis. */
const MOST_SKEW_MS = 1_000;

/** Pure. Why a machine cannot be one of the pool that this machine leads; empty where it can. */
export function unfitness(facts: MachineFacts, head: MachineFacts): readonly string[] {
  const { slurm, munge, rsync, halab, conf, aheadMs, missing, isRoot } = facts;
  const without = [
    ...(slurm === '' ? ['slurmd'] : []),
    ...(munge === '' ? ['munge'] : []),
    ...(rsync === '' ? ['rsync'] : []),
  ];
  return [
    ...(isRoot ? [] : ['ssh does not log in as root']),
    ...(Math.abs(aheadMs) < MOST_SKEW_MS
      ? []
      : [`its clock is ${skewText(aheadMs)} this one: let both follow an NTP server`]),
    ...(without.length === 0 ? [] : [`not installed: apt-get install ${without.join(' ')}`]),
    ...(slurm === '' || slurm === head.slurm
      ? []
      : [`it has Slurm ${slurm}, this machine has ${head.slurm || 'none'}`]),
    ...(halab === '' ? ['the command halab of the pool file does not run there'] : []),
    ...(halab === '' || halab === head.halab ? [] : [`it has halab ${halab}, this machine has ${head.halab}`]),
    ...foreign(conf),
    ...(halab !== '' && missing === undefined ? ['halab doctor gives no answer there'] : []),
    ...(missing ?? []),
  ];
}

/** Pure. Why this machine cannot lead a pool. */
export function unfitnessOfHead({ isRoot, conf, munge, controller }: MachineFacts): readonly string[] {
  return [
    ...(isRoot ? [] : ['halab pool init needs root']),
    ...(controller === '' ? ['not installed: apt-get install slurmctld slurm-client'] : []),
    ...(munge === '' ? ['not installed: apt-get install munge'] : []),
    ...foreign(conf),
  ];
}

/** What somebody else has set up is not overwritten. */
function foreign(conf: string): readonly string[] {
  if (conf === '' || conf === MARK) return [];
  return ['its /etc/slurm/slurm.conf is not from halab pool init: it belongs to another Slurm cluster'];
}

function skewText(aheadMs: number): string {
  const seconds = (Math.abs(aheadMs) / 1_000).toFixed(1);
  return aheadMs > 0 ? `${seconds} s ahead of` : `${seconds} s behind`;
}

/** For Slurm itself, the system and what else runs there. */
const KEPT_MIB = 512;
const KEPT_SHARE = 0.1;

/** Pure. Memory that labs may have on a machine. */
export function memoryForLabs(memoryMiB: number): number {
  return Math.floor(memoryMiB - Math.max(KEPT_MIB, memoryMiB * KEPT_SHARE));
}
