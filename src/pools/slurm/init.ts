import { LabError, messageOf } from '../../model/errors.js';
import type { PoolFile, PoolMachine } from '../../model/pool.js';
import type { Clock } from '../../ports/clock.js';
import type { ProcessRunner } from '../../ports/process.js';
import {
  CGROUP_CONF,
  CGROUP_TEXT,
  type ConfMachine,
  EPILOG,
  hookScript,
  PROLOG,
  SLURM_CONF,
  slurmConf,
} from './conf.js';
import { memoryForLabs, unfitness, unfitnessOfHead } from './fitness.js';
import { SSH_ARGV } from './home.js';
import { filesText, type WantedFile } from './install.js';
import { factsIn, type HeardLine, type MachineFacts } from './machine-facts.js';
import { isUsable, type ListedMachine } from './queue.js';
import { word } from './script.js';
import { machinesOf } from './slurm.js';

export interface InitDeps {
  readonly processes: ProcessRunner;
  readonly clock: Clock;
  /** The command that runs halab on this machine. */
  readonly halab: readonly string[];
  /** The text of a file of host-programs/pool. */
  script(name: string): string;
  /** The key of munge here; made if there is none. */
  mungeKey(): Buffer;
  onProgress(text: string): void;
}

/** A machine, what it says of itself, and why it cannot be one of the pool. */
interface CheckedMachine extends PoolMachine {
  readonly facts?: MachineFacts;
  readonly problems: readonly string[];
}

export interface CheckedPool {
  readonly head: { readonly facts: MachineFacts; readonly problems: readonly string[] };
  readonly machines: readonly CheckedMachine[];
}

const ASK_MS = 120_000;
const INSTALL_MS = 120_000;

/** Asks this machine and all others at once; changes nothing. */
export async function checkPool(deps: InitDeps, pool: PoolFile): Promise<CheckedPool> {
  const facts = await factsOf(deps, undefined, deps.halab);
  if (facts === undefined) throw new LabError('bug', 'this machine did not say what it is');
  const machines = await Promise.all(pool.machines.map((machine) => checkMachine(deps, machine, pool, facts)));
  return { head: { facts, problems: unfitnessOfHead(facts) }, machines };
}

async function checkMachine(
  deps: InitDeps,
  machine: PoolMachine,
  { halab, shared }: PoolFile,
  head: MachineFacts,
): Promise<CheckedMachine> {
  try {
    const facts = await factsOf(deps, machine, halab);
    if (facts === undefined) return { ...machine, problems: [`ssh ${machine.ssh} runs no shell that answers`] };
    const known = shared.length > 0 && facts.rsync === '' ? { ...facts, rsync: 'not needed' } : facts;
    return { ...machine, facts, problems: unfitness(known, head) };
  } catch (error) {
    return { ...machine, problems: [messageOf(error)] };
  }
}

async function factsOf(
  deps: InitDeps,
  machine: PoolMachine | undefined,
  halab: readonly string[],
): Promise<MachineFacts | undefined> {
  const lines: HeardLine[] = [];
  const { exitCode, stderr } = await deps.processes.run(scriptArgv(deps.script('facts.sh'), machine, halab), {
    timeoutMs: ASK_MS,
    onLine: (text) => lines.push({ text, atMs: Date.parse(deps.clock.now()) }),
  });
  // ssh itself ends with 255.
  if (exitCode === 255) throw new LabError('pool-failed', stderr.trim() || lines.map(({ text }) => text).join(' '));
  return factsIn(lines);
}

/** A script with its arguments, on that machine or here. */
function scriptArgv(script: string, machine: PoolMachine | undefined, args: readonly string[]): readonly string[] {
  const argv = ['sh', '-c', script, 'halab-pool', ...args];
  return machine === undefined ? argv : [...SSH_ARGV, machine.ssh, argv.map(word).join(' ')];
}

/** Writes the configuration and the key to every machine of a checked pool, and starts what is needed. Resolves to the machines as they are then. */
export async function setUpPool(
  deps: InitDeps,
  pool: PoolFile,
  checked: CheckedPool,
): Promise<readonly ListedMachine[]> {
  const head = { hostname: checked.head.facts.hostname, address: pool.head ?? '' };
  const conf = slurmConf(deps.script('slurm.conf'), head, checked.machines.map(confMachine));
  const key: WantedFile = {
    path: '/etc/munge/munge.key',
    contents: deps.mungeKey(),
    mode: '400',
    owner: 'munge:munge',
  };
  const both = [key, root(SLURM_CONF, conf), root(CGROUP_CONF, CGROUP_TEXT)];
  const words = pool.halab.map(word).join(' ');
  const hooks = [root(PROLOG, hookScript(words, 'prolog'), '755'), root(EPILOG, hookScript(words, 'epilog'), '755')];
  deps.onProgress('this machine: slurmctld');
  await install(deps, undefined, both);
  const results = await Promise.allSettled(
    checked.machines.map(async (machine) => {
      deps.onProgress(`${machine.name}: slurmd`);
      await install(deps, machine, [...both, ...hooks]);
    }),
  );
  const failed = results.flatMap((result) => (result.status === 'rejected' ? [messageOf(result.reason)] : []));
  if (failed.length > 0)
    throw new LabError('pool-failed', failed.join('\n'), { hint: 'halab pool init can be run again' });
  return untilUp(deps, pool);
}

function root(path: string, contents: string, mode = '644'): WantedFile {
  return { path, contents, mode, owner: 'root:root' };
}

function confMachine({ name, address, cores, memoryMiB, facts }: CheckedMachine): ConfMachine {
  if (facts === undefined) throw new LabError('bug', `${name} has no facts`);
  return {
    name,
    address,
    hostname: facts.hostname,
    cpus: cores ?? facts.cpus,
    memoryMiB: memoryMiB ?? memoryForLabs(facts.memoryMiB),
  };
}

async function install(deps: InitDeps, machine: PoolMachine | undefined, files: readonly WantedFile[]): Promise<void> {
  const argv = scriptArgv(deps.script('install.sh'), machine, [machine === undefined ? 'slurmctld' : 'slurmd']);
  const { exitCode, stdout, stderr } = await deps.processes.run(argv, {
    timeoutMs: INSTALL_MS,
    stdin: filesText(files),
  });
  if (exitCode === 0) return;
  const name = machine?.name ?? 'this machine';
  throw new LabError('pool-failed', `${name} could not be set up: ${stderr.trim() || stdout.trim()}`, {
    hint: '/var/log/slurm on the machine says more; halab pool init can be run again',
  });
}

const UP_MS = 90_000;
const LOOK_MS = 1_000;

/** A machine that was drained before stays so. */
async function untilUp({ processes, clock }: InitDeps, { partition }: PoolFile): Promise<readonly ListedMachine[]> {
  const deadline = clock.monotonicMs() + UP_MS;
  let seen = 'the controller does not answer';
  for (;;) {
    try {
      const machines = await machinesOf({ processes, partition });
      seen = machines
        .map(({ name, state, reason }) => [`${name} is ${state}`, reason].filter(Boolean).join(': '))
        .join('; ');
      if (machines.every(({ state }) => isUsable({ state: state.replace(/\+?drain(ed|ing)?/, '') }))) return machines;
    } catch (error) {
      seen = messageOf(error);
    }
    if (clock.monotonicMs() > deadline)
      throw new LabError('pool-failed', `the machines did not come up within ${UP_MS / 1_000} s: ${seen}`, {
        hint: '/var/log/slurm on this machine and on those says why; halab pool init can be run again',
      });
    await clock.sleep(LOOK_MS);
  }
}
