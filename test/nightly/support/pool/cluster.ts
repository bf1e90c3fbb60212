import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { TOP } from '../../../support/real-lab/halab.js';
import { type Machine, type Machines, startMachines } from './machines.js';

export const HALAB = [process.execPath, join(TOP, 'bin/halab.js')] as const;
const NAMES = ['m1', 'm2', 'm3'] as const;
const INIT_MS = 240_000;

/** Three machines of a pool and one that leads it, set up by `halab pool init`. */
export interface Cluster {
  readonly head: Machine;
  readonly m1: Machine;
  readonly m2: Machine;
  readonly m3: Machine;
  /** Any exit code. */
  halab(argv: readonly string[], options?: Parameters<Machine['run']>[1]): ReturnType<Machine['run']>;
  /** Writes a file of the head. */
  write(path: string, text: string): void;
  stop(): Promise<void>;
}

export const POOL_FILE = '/root/pool.yaml';

/** `folder` is the caller's to remove. `more`: what the pool file says of each machine. */
export async function startCluster(folder: string, more = 'cores: 2, memory: 2GiB'): Promise<Cluster> {
  const machines = await startMachines(folder, ['head', ...NAMES]);
  try {
    const cluster = clusterOf(machines);
    cluster.write(POOL_FILE, poolText(cluster, more));
    const { exitCode, stdout, stderr } = await cluster.halab(['pool', 'init', POOL_FILE], { timeoutMs: INIT_MS });
    expect(exitCode, `${stdout}\n${stderr}`).to.equal(0);
    return cluster;
  } catch (error) {
    await machines.stop();
    throw error;
  }
}

export function poolText({ head, ...others }: Pick<Cluster, 'head' | 'm1' | 'm2' | 'm3'>, more: string): string {
  const lines = NAMES.map((name) => `  ${name}: { ssh: root@${others[name].address}, ${more} }`);
  return `head: ${head.address}\nhalab: [${HALAB.join(', ')}]\nmachines:\n${lines.join('\n')}\n`;
}

export function clusterOf({ of, stop }: Machines): Cluster {
  const named = (name: string) => of[name] ?? expect.fail(`there is no machine ${name}`);
  const head = named('head');
  return {
    head,
    m1: named('m1'),
    m2: named('m2'),
    m3: named('m3'),
    halab: (argv, options) => head.run([...HALAB, ...argv], options),
    write(path, text) {
      mkdirSync(dirname(head.file(path)), { recursive: true });
      writeFileSync(head.file(path), text);
    },
    stop,
  };
}

/** As its systemd would after a boot. */
export async function startDaemons(machine: Machine): Promise<void> {
  await machine.must(['service', 'munge', 'start']);
  await machine.must(['service', 'slurmd', 'start']);
}
