import { LabError, tolerate } from '../../../model/errors.js';
import { controllersOf } from '../../../model/fencing.js';
import { type Lab, type LabInstance, labelOf } from '../../../model/lab.js';
import {
  type EmbeddedDeps,
  execOrThrow,
  GONE_MS,
  ipBatch,
  isSystemdHost,
  script,
  startLasting,
  waitFor,
} from '../host.js';
import { labImage } from '../image-store.js';
import { controllersOfLab, ID_BASE, labDirs, namespacePath, switchOf } from '../names.js';
import { macOf, removeNamespace } from '../network.js';
import { killCgroup } from '../power.js';
import { argvOf, cgroupOf, processIds } from '../supervisors.js';
import { controllerDirs, whyNoControllers, writeControllerFiles } from './files.js';

/** Their one cable: all controllers of a lab share it, with an address each. */
const PORT = 'controllers';
export const LINK = 'eth0';

/**
 * Each address stands for itself, without the rest of its network: of several in one network the first would take the others
 * with it when it goes (promote_secondaries in the kernel's ip-sysctl).
 */
export const ALONE = 32;

/**
 * Starts the power controllers of a lab where they do not run: one tree of processes, in a network namespace on the
 * management bridge, outside of every node and with power of its own. Idempotent.
 */
export async function ensureControllers(deps: EmbeddedDeps, instance: LabInstance): Promise<void> {
  if (whyNoControllers(deps.dirs, instance) !== undefined || processesOf(instance.name).length > 0) return;
  writeControllerFiles(deps.dirs, instance);
  await plugControllersIn(deps, instance);
  const label = controllersOfLab(instance.name);
  const lab = labelOf(instance.name);
  const { folder, log, instance: file } = controllerDirs(deps.dirs, instance.name);
  const argv = script(
    'controllers.sh',
    label,
    labDirs(deps.dirs, instance.name).userNamespace,
    namespacePath(label),
    String(ID_BASE),
    labImage(deps.dirs.cache, instance.lab).root,
    folder,
    isSystemdHost() ? '' : `${lab}/power.controllers`,
    lab,
    String(instance.lab.powerSupplies ?? 1),
    ...deps.powerSwitch,
    file,
  );
  await startLasting(deps, argv, { unit: label, description: `the power controllers of ${lab}`, logFile: log });
}

async function plugControllersIn(deps: EmbeddedDeps, { name, lab }: LabInstance): Promise<void> {
  const label = controllersOfLab(name);
  const what = 'plugging the power controllers in';
  await removeNamespace(deps, label);
  await deps.processes.run(['ip', '-n', switchOf(name), 'link', 'delete', PORT], { timeoutMs: GONE_MS });
  const user = labDirs(deps.dirs, name).userNamespace;
  await execOrThrow(deps, script('make-network-namespace.sh', user, label), { what });
  const mac = macOf(controllersOf(lab)[0]?.address ?? '');
  const cable = [
    `link add ${PORT} type veth peer name ${LINK} address ${mac} netns ${label}`,
    `link set ${PORT} master br0 up`,
  ];
  await ipBatch(deps, switchOf(name), cable, what);
  await ipBatch(deps, label, addressLines(lab), what);
}

function addressLines(lab: Lab): readonly string[] {
  const addresses = controllersOf(lab).map(({ address }) => `addr add ${address}/${ALONE} dev ${LINK}`);
  return ['link set lo up', ...addresses, `link set ${LINK} up`, `route add ${lab.management.cidr} dev ${LINK}`];
}

/** Ends them all, and whatever they are about to switch on. Idempotent. */
export async function endControllers(deps: EmbeddedDeps, instance: string): Promise<void> {
  const isOver = await waitFor(deps, async () => {
    const left = processesOf(instance);
    const cgroup = left.map(cgroupOf).find((each) => each?.includes(labelOf(instance)));
    // One that has just been started is still in the cgroup of the process that started it, which must not be killed.
    if (cgroup !== undefined) await killCgroup(deps, cgroup, 'the power controllers');
    return left.length === 0;
  });
  if (isOver) return;
  throw new LabError('backend-failed', `the power controllers of ${instance} did not end within ${GONE_MS} ms`, {
    data: { left: processesOf(instance) },
  });
}

/** The processes on the host's side, found by the lab's label. */
function processesOf(instance: string): readonly number[] {
  const label = controllersOfLab(instance);
  return processIds().filter((pid) => {
    const argv = argvOf(pid);
    return argv[0] === 'sh' && argv.includes(label);
  });
}

/** Ends one controller, which its watchdog starts again: as it does so, it reads its configuration again. */
export async function restartController(deps: EmbeddedDeps, instance: string, name: string): Promise<void> {
  const old = simulatorsOf(instance, name);
  for (const pid of old) tolerate(['ESRCH'], () => process.kill(pid, 'SIGKILL'));
  if (await waitFor(deps, () => simulatorsOf(instance, name).some((pid) => !old.includes(pid)))) return;
  throw new LabError('backend-failed', `the power controller ${name} did not start again within ${GONE_MS} ms`);
}

export function simulatorsOf(instance: string, name: string): readonly number[] {
  const label = labelOf(instance);
  return processIds().filter((pid) => {
    const argv = argvOf(pid);
    const isIts = argv[0]?.endsWith('ipmi_sim') && argv.includes(`/mnt/${name}/lan.conf`);
    return isIts === true && new RegExp(`(^|/)${label}[./]`).test(cgroupOf(pid) ?? '');
  });
}
