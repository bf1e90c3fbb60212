import { LabError } from '../../model/errors.js';
import { sharedDisksOf } from '../../model/iscsi.js';
import { haNodesOf, type Lab, type LabInstance } from '../../model/lab.js';
import { KERNEL_ABILITIES } from '../../model/scenario.js';
import type { Backend, Prerequisite, UpOptions } from '../../ports/backend.js';
import { nodeProgram } from '../../ports/node-program.js';
import type { Transport } from '../../ports/transport.js';
import { boxOf } from './boxes.js';
import { connectNode, type LogIn, loggedIn } from './connect.js';
import { up } from './converge.js';
import { closeGate, openGate } from './fencing/prepare.js';
import { createFencing } from './fencing/stonith.js';
import { providerOf, slowed, type VagrantDeps } from './hypervisor.js';
import { writeLabFiles } from './lab-files.js';
import { createLinks } from './links.js';
import { ownBoxOf } from './options.js';
import { createPause, createPower } from './power.js';
import { gatherFacts } from './preflight/gather.js';
import { judge } from './preflight/judge.js';
import { PROVIDER_TRAITS } from './providers/index.js';
import { removeEverything } from './remove.js';
import { createSnapshots } from './snapshots.js';
import { listLabs, statusOf } from './status.js';

const LOGIN_MS = 60_000;

/** The lab as virtual machines that Vagrant makes; what a person would get from the same Vagrantfile. */
export function createVagrantBackend(host: Omit<VagrantDeps, 'providers'>): Backend {
  const deps: VagrantDeps = { ...host, providers: PROVIDER_TRAITS };
  return {
    name: 'vagrant',
    preflight: (instance) => preflight(deps, instance),
    up: async (instance, options) => {
      await up(deps, instance, options, writeLabFiles(deps, instance));
      await authoriseFenceAgents(deps, instance, options);
    },
    down: async (name) => {
      await removeEverything(deps, name);
      if (deps.fencing) closeGate({ ...deps, ...deps.fencing }, name);
    },
    list: () => listLabs(deps),
    status: (instance) => statusOf(deps, instance),
    connect: (instance, node, options) => connectNode(deps, instance, node, options),
    power: createPower(deps),
    links: createLinks(deps),
    pause: createPause(deps),
    snapshots: createSnapshots(deps),
    ...(deps.fencing === undefined ? {} : { fencing: createFencing(deps) }),
    measureSlowness: (instance) => measureSlowness(instance, logInTo(deps, instance)),
    // Each node has a kernel of its own, of an ordinary distribution.
    kernel: KERNEL_ABILITIES,
    storage: { whyNot: whyNoSharedDisks },
  };
}

async function preflight(deps: VagrantDeps, instance: LabInstance): Promise<readonly Prerequisite[]> {
  const { lab } = instance;
  const provider = providerOf(deps, instance);
  const ownBox = ownBoxOf(instance);
  const box = boxOf(lab.image, provider, ownBox).name;
  return judge(await gatherFacts(deps, provider), { lab, provider, box, isOwnBox: ownBox !== undefined });
}

function whyNoSharedDisks(lab: Lab): string | undefined {
  return sharedDisksOf(lab).length === 0 ? `no node of lab ${lab.name} serves a disk` : undefined;
}

async function authoriseFenceAgents(
  deps: VagrantDeps,
  instance: LabInstance,
  { onProgress, signal }: UpOptions,
): Promise<void> {
  const { fencing } = deps;
  if (instance.lab.machines.fencing !== 'host' || fencing === undefined) return;
  onProgress({
    stage: 'fencing',
    text: 'authorising the lab’s fence agents to log in on this machine (halab fencing)',
  });
  const { nodes } = await statusOf(deps, instance);
  const running = nodes.filter(({ state }) => state === 'running').map(({ node }) => node);
  const logIn = logInTo(deps, instance, signal);
  await openGate({ ...deps, ...fencing }, instance, providerOf(deps, instance), running, logIn);
}

function logInTo(deps: VagrantDeps, instance: LabInstance, signal?: AbortSignal): LogIn {
  const wait = { timeoutMs: slowed(deps, LOGIN_MS), signal };
  return (node, work) => loggedIn(deps, instance, node, wait, work);
}

/** Whichever Python a node has; its argument is the program. */
const PYTHON =
  'for python in python3 python2 python; do command -v $python >/dev/null 2>&1 && break; done; exec $python -c "$1"';
/** Python 3.11 on a server of 2024 needs 20 ms for it; an old laptop still counts as hardware. */
const ON_HARDWARE_MS = 50;
const MEASURE_MS = 120_000;

/** How many times slower than hardware the slowest HA node is; all work at the same time, as they will in the cluster. */
export async function measureSlowness({ lab }: LabInstance, logIn: LogIn): Promise<number> {
  const outcomes = await Promise.allSettled(haNodesOf(lab).map(({ name }) => logIn(name, timeOf)));
  const measured = outcomes.map((outcome) => {
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value / ON_HARDWARE_MS;
  });
  return Math.max(1, ...measured);
}

async function timeOf(node: Transport): Promise<number> {
  const { exitCode, stdout, stderr } = await node.exec(['sh', '-c', PYTHON, 'measure', nodeProgram('time-loop.py')], {
    timeoutMs: MEASURE_MS,
  });
  const ms = Number.parseInt(stdout, 10);
  if (exitCode === 0 && Number.isFinite(ms)) return ms;
  throw new LabError(
    'command-failed',
    `the speed of ${node.node} could not be measured: ${stderr.trim() || stdout.trim() || `exit code ${exitCode}`}`,
    { data: { node: node.node, exitCode } },
  );
}
