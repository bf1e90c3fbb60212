import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { LabError, messageOf } from '../../model/errors.js';
import { type LabInstance, labelOf } from '../../model/lab.js';
import type { UpOptions } from '../../ports/backend.js';
import type { KeyPair } from '../../ports/backend-module.js';
import { nodeProgram } from '../../ports/node-program.js';
import type { Transport } from '../../ports/transport.js';
import { ensureLabKey } from '../secrets.js';
import { loggedIn } from './connect.js';
import {
  ACCELERATED,
  type Hypervisor,
  hypervisorOf,
  machinesOf,
  providerOf,
  requireMachine,
  residuesOf,
  slowed,
  type VagrantDeps,
} from './hypervisor.js';
import { memoryOf, vagrantIdOf } from './memory.js';
import { labDirs, machineOf, machineOfVolume } from './names.js';
import type { Provider } from './options.js';
import { type Plan, planUp, refuseClashes } from './plan.js';
import { type VagrantCall, vagrant } from './vagrant.js';

const BOOT_MS = 10 * 60_000;
/** Added once, since a box may have to be fetched. */
const FETCH_MS = 30 * 60_000;
const STOP_BOOT_MS = 3 * 60_000;
const PROVISION_MS = 30 * 60_000;
const STOP_PROVISION_MS = 60_000;
const LOGIN_MS = 5 * 60_000;
const COMMAND_MS = 30_000;

/** What all stages of one `up` share. */
interface Up {
  readonly deps: VagrantDeps;
  readonly instance: LabInstance;
  readonly provider: Provider;
  readonly hypervisor: Hypervisor;
  readonly signal: AbortSignal | undefined;
  readonly say: (stage: string, text: string) => void;
  /** Environment of every vagrant. */
  readonly env: Readonly<Record<string, string>>;
  /** Hash of the Vagrantfile and its scripts, as they are in the lab's folder by now. */
  readonly files: string;
}

/** Brings the lab up from whatever state it is in. Each stage finds its own work, so `up` can be interrupted and run again. */
export async function up(
  deps: VagrantDeps,
  instance: LabInstance,
  { onProgress, signal }: UpOptions,
  files: string,
): Promise<void> {
  const provider = providerOf(deps, instance);
  const hypervisor = hypervisorOf(deps, instance);
  const say = (stage: string, text: string) => onProgress({ stage, text });
  const plan = await planFor(deps, instance, hypervisor, provider);
  for (const node of plan.paused) say('boot', `${node} is paused and stays paused`);
  if (plan.start.length > 0) refuseClashes(instance, await hypervisor.ranges());
  const isQuiet = plan.start.length === 0 && areAllPrepared(deps, instance, provider, files);
  const { env, slowness } = isQuiet ? ACCELERATED : await deps.providers[provider].acceleration(deps, say);
  const stretched = { ...deps, slowness: slowness * (deps.slowness ?? 1) };
  const all: Up = { deps: stretched, instance, provider, hypervisor, signal, say, env, files };
  await clearLeftovers(all, plan);
  await startNodes(all, plan.start);
  await prepareNodes(
    all,
    instance.lab.nodes.map(({ name }) => name).filter((name) => !plan.paused.includes(name)),
  );
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
  const [machines, residues] = await Promise.all([
    machinesOf(hypervisor, instance.name),
    residuesOf(hypervisor, instance.name),
  ]);
  const ids = instance.lab.nodes.map(({ name }) => [name, vagrantIdOf(deps, instance.name, name, provider)] as const);
  return planUp(instance, { machines, residues: residues.map(({ name }) => name), vagrantIds: new Map(ids) });
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
    const failures = await failuresOf(wave.map((group) => vagrantUp(all, group, extraMs)));
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

function vagrantUp(all: Up, nodes: readonly string[], extraMs: number): Promise<void> {
  const { deps, provider } = all;
  all.say('boot', `starting ${nodes.join(', ')} (${provider})`);
  return callVagrant(all, 'boot', {
    what: `vagrant up of ${nodes.join(', ')}`,
    args: ['up', ...nodes, '--provider', provider, '--no-provision'],
    // Nodes that start together wait for one another's processors.
    timeoutMs: slowed(deps, BOOT_MS * nodes.length + extraMs),
    graceMs: slowed(deps, STOP_BOOT_MS),
  });
}

/** Vagrant's own messages are the progress of this stage. */
async function callVagrant(
  { deps, instance, provider, signal, say, env }: Up,
  stage: string,
  { args, ...rest }: Pick<VagrantCall, 'what' | 'args' | 'timeoutMs' | 'graceMs'>,
): Promise<void> {
  const onSaying = (text: string) => say(stage, text.split('\n')[0] ?? '');
  await vagrant(deps, instance.name, {
    ...rest,
    args: [...args, '--machine-readable'],
    provider,
    signal,
    env,
    onSaying,
  });
}

/** What was thrown by those that failed, after all have ended. */
async function failuresOf(works: readonly Promise<void>[]): Promise<readonly unknown[]> {
  const outcomes = await Promise.allSettled(works);
  return outcomes.filter((outcome) => outcome.status === 'rejected').map(({ reason }) => reason as unknown);
}

function isInterrupt(error: unknown): boolean {
  return error instanceof LabError && error.code === 'interrupted';
}

/** The first failure in full, the others in short, and what the next `up` will find. */
async function withWhatRuns(all: Up, failures: readonly unknown[]): Promise<unknown> {
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
  const running = machines.filter(({ state }) => state === 'running').map(({ name }) => name);
  return nodes.filter((node) => !running.includes(machineOf(instance.name, node)));
}

/** Provisions the nodes that were not yet provisioned with these files, and waits until each accepts logins. All at once; throws the first failure. */
async function prepareNodes(all: Up, nodes: readonly string[]): Promise<void> {
  const failures = await failuresOf(nodes.map((node) => prepareNode(all, node)));
  if (failures.length > 0) throw failures.find(isInterrupt) ?? failures[0];
}

async function prepareNode(all: Up, node: string): Promise<void> {
  const { deps, instance, hypervisor, signal, say, files } = all;
  const { id } = await requireMachine(hypervisor, instance, node);
  const memory = memoryOf(deps, instance.name, node);
  const isPrepared = memory.prepared(id)?.files === files;
  if (!isPrepared) await provision(all, node);
  await loggedIn(deps, instance, node, { timeoutMs: slowed(deps, LOGIN_MS), signal }, async (transport) => {
    if (!isPrepared)
      await installLabKey(transport, ensureLabKey(deps, labDirs(deps.dirs, instance.name).ssh, instance.name));
  });
  memory.rememberPrepared({ id, files });
  say('ready', `${node} accepts logins`);
}

function provision(all: Up, node: string): Promise<void> {
  all.say('provision', `setting up ${node}`);
  return callVagrant(all, 'provision', {
    what: `vagrant provision of ${node}`,
    args: ['provision', node],
    timeoutMs: slowed(all.deps, PROVISION_MS),
    graceMs: slowed(all.deps, STOP_PROVISION_MS),
  });
}

const FOLDER = '/root/.ssh';

/** Gives the node the lab's key and lets its owners in; idempotent. */
async function installLabKey(node: Transport, { privateKey, publicKey }: KeyPair): Promise<void> {
  await execOrThrow(node, ['mkdir', '-p', '-m', '700', FOLDER]);
  await node.upload(privateKey, `${FOLDER}/id_ed25519`, 0o600);
  await node.upload(`${publicKey}\n`, `${FOLDER}/id_ed25519.pub`, 0o644);
  await execOrThrow(node, ['sh', '-c', nodeProgram('add-line.sh'), 'add-line', `${FOLDER}/authorized_keys`, publicKey]);
}

async function execOrThrow(node: Transport, argv: readonly string[]): Promise<void> {
  const { exitCode, stdout, stderr } = await node.exec(argv, { timeoutMs: COMMAND_MS });
  if (exitCode === 0) return;
  const output = (stderr || stdout).trim() || 'it printed nothing';
  throw new LabError('command-failed', `giving ${node.node} the lab’s key failed (exit code ${exitCode}): ${output}`, {
    data: { node: node.node, exitCode },
  });
}
