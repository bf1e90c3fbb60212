/** The first line of what halab has written, by which it knows that it may write it again. */
export const MARK = '# Written by halab pool init: changes are lost when it is run again.';

/** A machine as slurm.conf names it. */
export interface ConfMachine {
  readonly name: string;
  /** What it calls itself: `hostname -s`. */
  readonly hostname: string;
  readonly address: string;
  readonly cpus: number;
  readonly memoryMiB: number;
}

interface ConfHead {
  readonly hostname: string;
  readonly address: string;
}

export const SLURM_CONF = '/etc/slurm/slurm.conf';
export const CGROUP_CONF = '/etc/slurm/cgroup.conf';
export const PROLOG = '/etc/slurm/halab-prolog';
export const EPILOG = '/etc/slurm/halab-epilog';

/** `template`: the text of host-programs/pool/slurm.conf. */
export function slurmConf(template: string, head: ConfHead, machines: readonly ConfMachine[]): string {
  const nodes = machines.map(
    ({ name, hostname, address, cpus, memoryMiB }) =>
      `NodeName=${name} NodeHostname=${hostname} NodeAddr=${address} CPUs=${cpus} RealMemory=${memoryMiB}`,
  );
  return template
    .replace('@HEAD@', `${head.hostname}(${head.address})`)
    .replace('@NODES@', nodes.join('\n'))
    .replaceAll('@NAMES@', machines.map(({ name }) => name).join(','));
}

/** cgroup.conf(5): the plugin is loaded although nothing uses it, and an empty file ends slurmd 22.05. */
export const CGROUP_TEXT = `${MARK}\nCgroupPlugin=cgroup/v1\n`;

/** slurmd gives its programs no search path. `halab`: words that are quoted for a shell. */
export function hookScript(halab: string, what: 'prolog' | 'epilog'): string {
  const env = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8';
  return ['#!/bin/sh', MARK, `export ${env}`, `exec ${halab} pool ${what}`, ''].join('\n');
}
