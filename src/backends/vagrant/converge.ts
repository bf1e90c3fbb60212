import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { LabError, messageOf } from '../../model/errors.js';
import type { LabInstance } from '../../model/lab.js';
import type { UpOptions } from '../../ports/backend.js';
import {
  ACCELERATED,
  type Hypervisor,
  hypervisorOf,
  machinesOf,
  providerOf,
  slowed,
  type VagrantDeps,
} from './hypervisor.js';
import { memoryOf, vagrantIdOf } from './memory.js';
import { isOf, labDirs, labelOf, machineOf, machineOfVolume } from './names.js';
import type { Provider } from './options.js';
import { type Plan, planUp, refuseClashes } from './plan.js';
import { prepareNodes, type Up } from './prepare.js';
import { vagrant } from './vagrant.js';

const BOOT_MS = 10 * 60_000;
/** Added once, since a box may have to be fetched. */
const FETCH_MS = 30 * 60_000;
const STOP_MS = 3 * 60_000;

/** Writes the Vagrantfile and its scripts, and returns the hash of them all. */
type WriteLabFiles = (deps: VagrantDeps, instance: LabInstance, provider: Provider) => string;

/** Brings the lab up from whatever state it is in. Each stage finds its own work, so `up` can be interrupted and run again. */
export async function up(
  deps: VagrantDeps,
  instance: LabInstance,
  options: UpOptions,
  writeLabFiles: WriteLabFiles,
): Promise<void> {
  const provider = providerOf(deps, instance);
  const hypervisor = hypervisorOf(deps, instance);
  const say = (stage: string, text: string) => options.onProgress({ stage, text });
  const files = writeLabFiles(deps, instance, provider);
  const plan = await planFor(deps, instance, hypervisor, provider);
  for (const node of plan.paused) say('boot', `${node} is paused and stays paused`);
  if (plan.start.length > 0) refuseClashes(instance, await hypervisor.ranges());
  const isQuiet = plan.start.length === 0 && areAllPrepared(deps, instance, provider, files);
  const { env, slowness } = isQuiet ? ACCELERATED : await deps.providers[provider].acceleration(deps, say);
  const stretched = { ...deps, slowness: slowness * (deps.slowness ?? 1) };
  const all: Up = { deps: stretched, instance, provider, hypervisor, signal: options.signal, say, env };
  await clearLeftovers(all, plan);
  await startNodes(all, plan.start);
  const running = instance.lab.nodes.map(({ name }) => name).filter((name) => !plan.paused.includes(name));
  await prepareNodes(all, running, files);
}

/** Where they are not, an earlier `up` was cut off, and what is left to do is as slow as it would have been then. */
function areAllPrepared(deps: VagrantDeps, { name, lab }: LabInstance, provider: Provider, files: string): boolean {
  return lab.nodes.every(({ name: node }) => {
    const id = vagrantIdOf(deps, name, node, provider);
    return id !== undefined && memoryOf(deps, name, node).prepared(id)?.files === files;
  });
}

async function planFor(
  deps: VagrantDeps,
  instance: LabInstance,
  hypervisor: Hypervisor,
  provider: Provider,
): Promise<Plan> {
  const [machines, residues] = await Promise.all([machinesOf(hypervisor, instance.name), hypervisor.residues()]);
  const ids = instance.lab.nodes.flatMap(({ name }) => {
    const id = vagrantIdOf(deps, instance.name, name, provider);
    return id === undefined ? [] : [[name, id] as const];
  });
  const names = residues.map(({ name }) => name).filter((name) => isOf(instance.name, name));
  return planUp(instance, { machines, residues: names, vagrantIds: new Map(ids) });
}

/** What an interrupted `up` left, which would make the next one fail ("Volume for domain is already created"). */
async function clearLeftovers({ deps, instance, hypervisor, say }: Up, plan: Plan): Promise<void> {
  refuseForeign(deps, instance, plan);
  for (const stray of plan.strays) {
    say('leftovers', `removing ${stray.name}, which Vagrant does not know`);
    await hypervisor.remove(stray);
  }
  // Looked for again: with its machine gone, a volume is an orphan, or gone as well.
  const orphans = plan.orphans.length > 0 ? await hypervisor.residues() : [];
  for (const orphan of orphans.filter(({ name }) => plan.orphans.includes(name))) {
    say('leftovers', `removing the ${orphan.kind} ${orphan.name}, whose machine is not there`);
    await orphan.remove();
  }
  if (plan.start.length > 0) await removeStaleDisks(deps, instance, hypervisor);
}

/** Vagrant records a machine before it starts it, so a running machine without a record here was made from another state folder. */
function refuseForeign({ dirs }: VagrantDeps, { name }: LabInstance, { strays }: Plan): void {
  const alive = strays.filter(({ state }) => state !== 'off').map((stray) => stray.name);
  if (alive.length === 0) return;
  throw new LabError(
    'lab-already-up',
    `${alive.join(', ')} ${alive.length > 1 ? 'run' : 'runs'}, but was not made from ${dirs.state}`,
    {
      hint: `if nothing needs it, halab down --name ${name} removes it; otherwise give this lab another --name`,
      data: { machines: alive },
    },
  );
}

/** Files of data disks whose machine is not there, and which the hypervisor does not list: the Vagrantfile would assume that they are attached. */
async function removeStaleDisks(deps: VagrantDeps, instance: LabInstance, hypervisor: Hypervisor): Promise<void> {
  const folder = join(labDirs(deps.dirs, instance.name).vagrant, 'disks');
  if (!existsSync(folder)) return;
  const names = instance.lab.nodes.map(({ name }) => machineOf(instance.name, name));
  const there = (await machinesOf(hypervisor, instance.name)).map(({ name }) => name);
  for (const file of readdirSync(folder)) {
    const owner = machineOfVolume(`${labelOf(instance.name)}.${file}`, names);
    if (owner !== undefined && !there.includes(owner)) rmSync(join(folder, file));
  }
}

async function startNodes(all: Up, nodes: readonly string[]): Promise<void> {
  const { deps, provider, say } = all;
  if (nodes.length === 0) return say('boot', 'all nodes run already');
  let extraMs = FETCH_MS;
  for (const wave of deps.providers[provider].waves(nodes)) {
    const outcomes = await Promise.allSettled(wave.map((group) => vagrantUp(all, group, extraMs)));
    const failures = outcomes.filter((outcome) => outcome.status === 'rejected').map(({ reason }) => reason as unknown);
    if (failures.length > 0) throw await withWhatRuns(all, failures);
    extraMs = 0;
  }
  const missing = await notRunning(all, nodes);
  if (missing.length > 0) {
    throw new LabError('backend-failed', `vagrant up succeeded, but these nodes do not run: ${missing.join(', ')}`, {
      hint: 'run halab up again; halab status shows what runs',
    });
  }
}

async function vagrantUp(
  { deps, instance, provider, signal, say, env }: Up,
  nodes: readonly string[],
  extraMs: number,
) {
  say('boot', `starting ${nodes.join(', ')} (${provider})`);
  await vagrant(deps, instance.name, {
    what: `vagrant up of ${nodes.join(', ')}`,
    args: ['up', ...nodes, '--provider', provider, '--no-provision', '--machine-readable'],
    provider,
    // Nodes that start together wait for one another's processors.
    timeoutMs: slowed(deps, BOOT_MS * nodes.length + extraMs),
    graceMs: slowed(deps, STOP_MS),
    signal,
    env,
    onSaying: (text) => say('boot', text.split('\n')[0] ?? ''),
  });
}

/** The first failure in full, the others in short, and what the next `up` will find. */
async function withWhatRuns(all: Up, failures: readonly unknown[]): Promise<unknown> {
  const isInterrupt = (error: unknown) => error instanceof LabError && error.code === 'interrupted';
  const [first, ...others] = [...failures].sort((a, b) => Number(isInterrupt(b)) - Number(isInterrupt(a)));
  if (!(first instanceof LabError) || first.code === 'interrupted' || first.code === 'bug') return first;
  const nodes = all.instance.lab.nodes.map(({ name }) => name);
  const missing = await notRunning(all, nodes).catch((error: unknown) => {
    others.push(error);
    return nodes;
  });
  const running = nodes.filter((node) => !missing.includes(node));
  const rest = others.map((error) => `\nand: ${messageOf(error)}`).join('');
  const state = `\nrunning: ${running.join(', ') || 'none'}; not running: ${missing.join(', ') || 'none'}`;
  return new LabError(first.code, `${first.message}${rest}${state}`, {
    ...(first.hint === undefined ? {} : { hint: first.hint }),
    data: { ...first.data, running, missing },
    cause: first,
  });
}

async function notRunning({ hypervisor, instance }: Up, nodes: readonly string[]): Promise<readonly string[]> {
  const machines = await machinesOf(hypervisor, instance.name);
  const runs = (node: string) =>
    machines.some(({ name, state }) => name === machineOf(instance.name, node) && state === 'running');
  return nodes.filter((node) => !runs(node));
}
