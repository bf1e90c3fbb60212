import { lastLinesOf } from '../../model/command-output.js';
import { type FenceDevice, levelsOf } from '../../model/fencing.js';
import { remoteNodesOf } from '../../model/lab.js';
import type { FormationStage } from '../../model/scenario.js';
import type { Slowness } from '../../model/slowness.js';
import type { FormationContext, FormationOutcome } from '../../ports/cluster.js';
import { nodeScript } from '../../ports/node-program.js';
import type { ExecResult } from '../../ports/transport.js';
import { askNode, execOptions, formationFailed, leaderOf, wasDoneBefore } from './on-nodes.js';

const TIMEOUT_MS = 120_000;

const CREATE = nodeScript('create-fence-device.sh');
const LEVEL = nodeScript('add-fencing-level.sh');

/**
 * Creates one stonith resource for each node, kept off the node that it fences so that no node has to fence itself. It sets
 * no delay; a delay set by `pcs stonith update … pcmk_delay_base=` stays. Of a node with two power supplies there are two, in one level:
 * without it the cluster would take the success of one for that of both.
 */
export async function createFenceDevices(context: FormationContext): Promise<FormationOutcome> {
  const devices = devicesOf('fencing', context).filter(({ level }) => level === 1);
  const created = await create('fencing', context, devices);
  const together = levelsOf(devices).filter(({ ids }) => ids.length > 1);
  return outcomeOf([...created, ...(await addLevels('fencing', context, together))]);
}

/** Creates the other devices of each node, and the levels that set the order in which they are tried. */
export async function createFencingLevels(context: FormationContext): Promise<FormationOutcome> {
  const devices = devicesOf('fencing-levels', context);
  const created = await create('fencing-levels', context, devices);
  return outcomeOf([...created, ...(await addLevels('fencing-levels', context, levelsOf(devices)))]);
}

async function addLevels(
  stage: FormationStage,
  context: FormationContext,
  levels: ReturnType<typeof levelsOf>,
): Promise<readonly CreatedItem[]> {
  const made: CreatedItem[] = [];
  for (const { node, level, ids } of levels) {
    const argv = ['sh', '-c', LEVEL, 'sh', String(level), node, ids.join(',')];
    const result = await onLeader(stage, context, { id: ids.join(', '), secrets: {} }, argv);
    made.push({ name: `level ${level} of ${node}`, isNew: !wasDoneBefore(result) });
  }
  return made;
}

interface CreatedItem {
  readonly name: string;
  readonly isNew: boolean;
}

function outcomeOf(made: readonly CreatedItem[]): FormationOutcome {
  const named = (isNew: boolean) => made.filter((each) => each.isNew === isNew).map(({ name }) => name);
  const [now, before] = [named(true), named(false)];
  const parts = [
    ...(now.length > 0 ? [`made ${now.join(', ')}`] : []),
    ...(before.length > 0 ? [`there before: ${before.join(', ')}`] : []),
  ];
  return { changed: now.length > 0, seen: parts.join('; ') };
}

/** Creates them one after the other, because each changes the CIB. */
async function create(
  stage: FormationStage,
  context: FormationContext,
  devices: readonly FenceDevice[],
): Promise<readonly CreatedItem[]> {
  const made: CreatedItem[] = [];
  for (const device of devices) {
    const { id, node, agent } = device;
    const { options, secrets, operations } = deviceArguments(device, context.slowness);
    const argv = [
      'sh',
      '-c',
      CREATE,
      'sh',
      id,
      isRemote(context, node) ? '' : node,
      operations.join(' '),
      agent,
      ...options,
    ];
    const stdin = secrets.map((secret) => `${secret}\n`).join('');
    const result = await onLeader(stage, context, device, argv, stdin);
    made.push({ name: `${id} (${agent})`, isNew: !wasDoneBefore(result) });
  }
  return made;
}

/** Fence devices never run on remote nodes (Pacemaker Remote, "Limitations"), and before they have joined pcs does not know them. */
function isRemote({ lab }: FormationContext, name: string): boolean {
  return remoteNodesOf(lab).some((node) => node.name === name);
}

/** Default timeouts of an operation on a resource (pacemaker) and of an action of a fence agent (fenced). */
const OPERATION_S = 20;
const ACTION_S = 60;
const ACTIONS = ['reboot', 'off', 'on', 'status', 'monitor', 'list'];
/** Default timeouts of every agent for its device (fencing.py of fence-agents): an answer, a login, a switch. */
const AGENT_S = { shell_timeout: 3, login_timeout: 5, power_timeout: 20 };

/** The arguments of `pcs stonith create ID AGENT`, in this order. */
interface DeviceArguments {
  readonly options: readonly string[];
  readonly secrets: readonly string[];
  /** `op` and everything after it. */
  readonly operations: readonly string[];
}

/**
 * Pure. On slow nodes all timeouts of an agent are longer: a fence agent in Python takes seconds to start there.
 */
export function deviceArguments(
  { options, secrets }: Pick<FenceDevice, 'options' | 'secrets'>,
  slowness: Slowness,
): DeviceArguments {
  const times = (seconds: number) => Math.ceil(seconds * slowness.factor);
  const isSlow = slowness.factor > 1;
  const timeouts = {
    ...Object.fromEntries(Object.entries(AGENT_S).map(([name, seconds]) => [name, String(times(seconds))])),
    ...Object.fromEntries(ACTIONS.map((action) => [`pcmk_${action}_timeout`, `${times(ACTION_S)}s`])),
  };
  const timeout = `timeout=${times(OPERATION_S)}s`;
  return {
    options: argumentsOf({ ...options, ...(isSlow ? timeouts : {}) }),
    secrets: argumentsOf(secrets),
    operations: isSlow
      ? ['op', 'start', timeout, 'monitor', 'interval=60s', timeout]
      : ['op', 'monitor', 'interval=60s'],
  };
}

async function onLeader(
  stage: FormationStage,
  context: FormationContext,
  { id, secrets }: Pick<FenceDevice, 'id' | 'secrets'>,
  argv: readonly string[],
  stdin?: string,
): Promise<ExecResult> {
  const leader = leaderOf(context);
  const result = await askNode(stage, context, leader, (transport) =>
    transport.exec(argv, execOptions(context, TIMEOUT_MS, stdin)),
  );
  if (result.exitCode === 0) return result;
  const output = Object.values(secrets).reduce(
    (text, secret) => text.replaceAll(secret, '***'),
    lastLinesOf(result, context.haclusterPassword) || `exit code ${result.exitCode} and no output`,
  );
  throw formationFailed({
    stage,
    node: leader,
    output,
    hint: `pcs refused ${id}. Check that its agent is installed on the nodes (pcs stonith list) and that the cluster runs.`,
    data: { exitCode: result.exitCode, device: id },
  });
}

function devicesOf(stage: FormationStage, context: FormationContext): readonly FenceDevice[] {
  const { fenceDevices = [] } = context;
  if (fenceDevices.length > 0) return fenceDevices;
  throw formationFailed({
    stage,
    node: leaderOf(context),
    output: 'This lab has no device that can fence its nodes.',
    hint: 'docs/fencing.md lists what each backend requires.',
  });
}

function argumentsOf(options: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(options).map(([name, value]) => `${name}=${value}`);
}
