import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect } from 'chai';
import { takeLock } from '../../../src/store/lock.js';
import { halab, halabJson } from './halab.js';
import { hostNetwork, leaksOf } from './leaks.js';
import { needsMachine, takeDown, temporaryFolder } from './machine.js';
import { onNode, type Said, saidOn } from './on-node.js';
import { until } from './until.js';

const laneLabs = new Set<string>();

/** The name of the lab that the files of a lane share, by the lane's folder. It is taken down when they have all run. */
export function laneLab(folder: string): string {
  const name = `e2e-${basename(folder)}`;
  laneLabs.add(name);
  return name;
}

after('the shared labs are taken down', async function () {
  this.timeout(120_000);
  if (process.getuid?.() !== 0) return;
  for (const name of laneLabs) if (leaksOf(name).length > 0) await takeDown(name);
});

const formed = new Set<string>();

/**
 * Makes the lab a cluster with the address vip that runs: for the first file that asks from a saved state, and by what is
 * missing for those after it.
 */
export async function formCluster(name: string, env: Readonly<Record<string, string>>): Promise<void> {
  if (!formed.has(name)) await beginFormed(name);
  else {
    await halabJson(['heal', '--name', name]);
    await halabJson(['run', 'virtual-ip', '--keep', 'always', '--name', name], { env, timeoutMs: 300_000 });
  }
  formed.add(name);
}

/** The first lane that asks forms the cluster and saves that state; the others wait for it, and begin from it. */
async function beginFormed(name: string): Promise<void> {
  await takeDown(name);
  let release: (() => void) | undefined;
  const isOurTurn = () => {
    release = takeLock(join(tmpdir(), 'halab-e2e-forming.lock'), `form ${name}`);
    return true;
  };
  await until('the saved state of another lane', isOurTurn, { withinMs: 300_000 });
  try {
    await halabJson(['up', '--set-up', 'virtual-ip', '--name', name], { timeoutMs: 300_000 });
  } finally {
    release?.();
  }
}

/** What a suite on a formed cluster works with. */
interface FormedSuite {
  /** The suite's own folder, gone when it ends. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  /** Writes a scenario into the folder, and returns its path. */
  written(name: string, yaml: string): string;
}

/** In a `describe`: the cluster is formed before the tests, and every fault is healed when they, or each of them, have run. */
export function onFormedCluster(name: string, heals: 'after each' | 'at the end' = 'after each'): FormedSuite {
  const folder = temporaryFolder();
  const env = { HALAB_REPORTS_DIR: join(folder, 'runs') };
  before(async function () {
    this.timeout(360_000);
    needsMachine(this);
    await formCluster(name, env);
  });
  (heals === 'after each' ? afterEach : after)(async () => {
    await halab(['heal', '--name', name]);
  });
  return {
    folder,
    env,
    written: (id, yaml) => {
      const file = join(folder, `${id}.yaml`);
      writeFileSync(file, yaml);
      return file;
    },
  };
}

/** In a `describe` whose tests bring a lab up from nothing: none is left by another run before, nor after each test. */
export function onFreshLab(name: string): { readonly folder: string; network(): ReturnType<typeof hostNetwork> } {
  const folder = temporaryFolder();
  let network: ReturnType<typeof hostNetwork>;
  before(async function () {
    needsMachine(this);
    await takeDown(name);
    network = hostNetwork();
  });
  afterEach(() => takeDown(name));
  return { folder, network: () => network };
}

export interface NodeShown {
  readonly node: string;
  readonly state: string;
  readonly owner?: { readonly kind: string; readonly pid: number; readonly unit?: string };
}

export interface LabShown {
  readonly instance: string;
  readonly state: string;
  readonly nodes: readonly NodeShown[];
  readonly faults: readonly { readonly fault: { readonly kind: string; readonly node: string } }[];
  // biome-ignore lint/suspicious/noExplicitAny: a reading as the model has it
  readonly cluster: readonly any[];
}

/** Of one lab, as `halab status --json` reports. */
export async function statusOf(name: string): Promise<LabShown> {
  const { labs } = await halabJson(['status', '--name', name]);
  expect(labs).to.have.length(1);
  return labs[0];
}

export async function nodeOf(name: string, node: string): Promise<NodeShown | undefined> {
  return (await statusOf(name)).nodes.find((each) => each.node === node);
}

/** Node to process id of what keeps it alive. */
export function ownersOf({ nodes }: Pick<LabShown, 'nodes'>): Readonly<Record<string, number | undefined>> {
  return Object.fromEntries(nodes.map(({ node, owner }) => [node, owner?.pid]));
}

/** Flags and state of a link as the node's own `ip link` shows them, e.g. `BROADCAST,MULTICAST,UP,LOWER_UP`. */
export async function linkFlags(name: string, node: string, link: string): Promise<readonly string[]> {
  const shown = await saidOn(name, node, ['ip', '-o', 'link', 'show', link]);
  return /<([^>]*)>/.exec(shown)?.[1]?.split(',') ?? [];
}

/** Whether a node answers another one; asked until the answer is the one that is wanted. */
export async function untilPing(name: string, from: string, address: string, wanted: boolean): Promise<void> {
  let last: Said | undefined;
  await until(
    `${address} ${wanted ? 'answering' : 'falling silent'}`,
    async () => {
      last = await onNode(name, from, ['ping', '-n', '-c', '1', '-W', '1', address]);
      return (last.exitCode === 0) === wanted;
    },
    { withinMs: 30_000, seen: () => `${last?.stdout}${last?.stderr}` },
  );
}

/** The code of the error that a command with `--json` ended with, and the text on stderr. */
export async function refusalOf(
  args: readonly string[],
  options: Parameters<typeof halab>[1] = {},
): Promise<{ readonly exitCode: number | null; readonly code: string; readonly words: string }> {
  const { exitCode, stdout, stderr } = await halab([...args, '--json'], options);
  expect(stdout, stderr).to.match(/"halab.error\/1"/);
  return { exitCode, code: JSON.parse(stdout).error.code, words: stderr };
}
