import { existsSync } from 'node:fs';
import { LabError } from '../../model/errors.js';
import { type LabInstance, type LabNode, nodeOf } from '../../model/lab.js';
import { type Backend, type LabStatus, labStateOf, type NodeStatus, type UpOptions } from '../../ports/backend.js';
import { createBaselines } from './baselines.js';
import { connectNode, notOpen, notRunning } from './connect.js';
import { endContinuation, unfinished } from './continuation.js';
import { createControllers } from './controllers/failures.js';
import { createFencing, switchOutletsOn } from './controllers/files.js';
import { ensureControllers } from './controllers/tree.js';
import { whyNoDisks, whyNoSharedDisks } from './disks.js';
import type { StartNodes } from './disks-of-lab.js';
import { type EmbeddedDeps, isSystemdHost, runAheadOfNodes } from './host.js';
import { withoutLab } from './image-builder.js';
import { bootHashOf, ensureImages, labImage, packagesInImage } from './image-store.js';
import { requireInotifyRoom } from './inotify.js';
import { createLinks } from './links.js';
import { machineOf, nodeDirs } from './names.js';
import { ensureSwitch, ensureUserNamespace } from './network.js';
import { createPause, isFrozen, powerOff, powerOn, supervisorOf } from './power.js';
import { footprintOf, labsRoom, preflight, spareOn } from './preflight.js';
import { provisionNodes } from './provision.js';
import { findLeftovers, removeEverything } from './remove.js';
import { createSnapshots } from './snapshots.js';
import { findSupervisors, isMachineAlive, type Supervisor } from './supervisors.js';

const BOOT_MS = 90_000;
const POLL_MS = 25;
/** Looking for a node's supervisor reads the command line of every process, which takes CPU time of booting nodes. */
const ALIVE_EVERY_MS = 500;

/** The lab as systemd containers in network namespaces on this machine, sealed in a user namespace. */
export function createEmbeddedBackend(deps: EmbeddedDeps): Backend {
  const startNodes: StartNodes = (instance, nodes, options) => start(deps, instance, nodes, options);
  return {
    name: 'embedded',
    preflight: (instance) => preflight(deps, instance.lab, () => missingIn(instance).length),
    up: (instance, options) => up(deps, instance, options),
    room: ({ lab }) => labsRoom(deps, lab),
    footprint: footprintOf,
    spare: () => spareOn(deps),
    down: (name) => removeEverything(deps, name),
    list: async () => findLeftovers(deps.dirs),
    status: (instance) => status(deps, instance),
    connect: (instance, node, options) => connectNode(deps, instance, node, options),
    power: {
      off: async (instance, node) => powerOff(deps, instance.name, nodeOf(instance, node).name),
      on: async (instance, node, signal) => {
        switchOutletsOn(deps.dirs, instance, node);
        if (supervisorOf(instance.name, node)) return;
        await powerOn(deps, instance, nodeOf(instance, node));
        await waitUntilOpen(deps, instance, [nodeOf(instance, node)], signal);
      },
      isOn: async (instance, node) => supervisorOf(instance.name, node) !== undefined,
    },
    links: createLinks(deps),
    pause: createPause(deps),
    fencing: createFencing(deps),
    controllers: createControllers(deps),
    packages: {
      inImage: ({ lab }, { onProgress, signal }) => {
        const report = (text: string) => onProgress({ stage: 'image', text });
        return withoutLab(deps, (userNamespace) =>
          packagesInImage(deps, lab, { onProgress: report, userNamespace, signal }),
        );
      },
    },
    snapshots: createSnapshots(deps, startNodes),
    baselines: createBaselines(deps, startNodes),
    storage: { whyNot: whyNoSharedDisks, whyNoFaults: whyNoDisks },
  };
}

async function up(deps: EmbeddedDeps, instance: LabInstance, options: UpOptions): Promise<void> {
  await start(deps, instance, instance.lab.nodes, options);
}

/** Has these nodes running, and all that they need outside of them. */
async function start(
  deps: EmbeddedDeps,
  instance: LabInstance,
  nodes: readonly LabNode[],
  options: UpOptions,
): Promise<void> {
  const report = (stage: string) => (text: string) => options.onProgress({ stage, text });
  const userNamespace = () => ensureUserNamespace(deps, instance.name);
  const { signal } = options;
  requireInotifyRoom(missingIn(instance, nodes).length);
  await ensureImages(deps, instance.lab, { onProgress: report('image'), userNamespace, signal });
  runAheadOfNodes();
  await userNamespace();
  await ensureSwitch(deps, instance);
  const missing = missingIn(instance, nodes);
  for (const { name } of missing) switchOutletsOn(deps.dirs, instance, name);
  report('boot')(missing.length ? `booting ${missing.map(({ name }) => name).join(', ')}` : 'all nodes run already');
  const started = await Promise.allSettled([
    ...missing.map((node) => powerOn(deps, instance, node)),
    ensureControllers(deps, instance),
  ]);
  const failed = started.find((outcome) => outcome.status === 'rejected');
  if (failed) throw failed.reason;
  await waitUntilOpen(deps, instance, nodes, signal);
  await provisionNodes(deps, instance, nodes, { onProgress: report('provision'), signal });
  const halted = unfinished.load(deps.dirs, instance.name);
  if (halted === undefined) return;
  report('continue')('starting what ran when the lab was saved');
  await endContinuation(deps, instance, halted);
}

/** The nodes that do not run. */
function missingIn({ name, lab }: LabInstance, nodes = lab.nodes): readonly LabNode[] {
  const running = new Set(findSupervisors(name).map(({ node }) => node));
  return nodes.filter((node) => !running.has(node.name));
}

/** Until every node listens for management connections. Throws `boot-timeout` or `node-unreachable` with the console's last lines. */
async function waitUntilOpen(
  deps: EmbeddedDeps,
  instance: LabInstance,
  nodes: readonly LabNode[],
  signal: AbortSignal | undefined,
): Promise<void> {
  const deadline = deps.clock.monotonicMs() + BOOT_MS;
  const isShut = ({ name }: LabNode) => !existsSync(nodeDirs(deps.dirs, instance.name, name).socket);
  let missed: LabNode | undefined;
  let aliveMs = deps.clock.monotonicMs();
  for (;;) {
    const shut = nodes.filter(isShut);
    const [first] = shut;
    if (!first) return;
    if (signal?.aborted)
      throw new LabError('interrupted', `interrupted while ${shut.map(({ name }) => name).join(', ')} booted`);
    const nowMs = deps.clock.monotonicMs();
    if (nowMs > deadline) throw notOpen(deps, instance.name, first.name, BOOT_MS);
    if (nowMs >= aliveMs + ALIVE_EVERY_MS) {
      aliveMs = nowMs;
      const silent = shut.find(({ name }) => !isMachineAlive(machineOf(instance.name, name)));
      // A process has no command line for a moment while it becomes another program: only two checks in a row are proof.
      if (silent && silent === missed) throw notRunning(deps, instance.name, silent.name);
      missed = silent;
    }
    await deps.clock.sleep(POLL_MS, signal);
  }
}

async function status(deps: EmbeddedDeps, instance: LabInstance): Promise<LabStatus> {
  const supervisors = findSupervisors(instance.name);
  const nodes = await Promise.all(
    instance.lab.nodes.map(({ name }) => nodeStatus(deps, instance.name, name, supervisors)),
  );
  return {
    instance: instance.name,
    backend: 'embedded',
    lab: instance.lab.name,
    state: labStateOf(nodes, findLeftovers(deps.dirs).includes(instance.name)),
    image: instance.lab.image,
    imageHash: bootHashOf(labImage(deps.dirs.cache, instance.lab)),
    nodes,
  };
}

async function nodeStatus(
  deps: EmbeddedDeps,
  instance: string,
  node: string,
  supervisors: readonly Supervisor[],
): Promise<NodeStatus> {
  const supervisor = supervisors.find((each) => each.node === node);
  if (!supervisor) return { node, state: existsSync(nodeDirs(deps.dirs, instance, node).upper) ? 'stopped' : 'absent' };
  const state = (await isFrozen(deps, supervisor.cgroup)) ? 'frozen' : 'running';
  const unit = isSystemdHost() ? { unit: `${machineOf(instance, node)}.service` } : {};
  return { node, state, owner: { kind: 'systemd-nspawn', pid: supervisor.pid, ...unit } };
}
