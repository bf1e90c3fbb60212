import { lastLinesOf } from '../../model/command-output.js';
import type { FenceDevice } from '../../model/fencing.js';
import type { FormationStage } from '../../model/scenario.js';
import type { Slowness } from '../../model/slowness.js';
import type { FormationContext, FormationOutcome } from '../../ports/cluster.js';
import { nodeScript } from '../../ports/node-program.js';
import type { ExecResult } from '../../ports/transport.js';
import { askNode, DONE_BEFORE, execOptions, formationFailed, leaderOf, wasDoneBefore } from './on-nodes.js';

const TIMEOUT_MS = 120_000;

const CREATE = nodeScript('create-fence-device.sh');

const LEVEL = `
level=$1 node=$2 id=$3
if cibadmin --query --xpath "//fencing-level[@target='$node' and @index='$level' and @devices='$id']" >/dev/null 2>&1; then
  echo '${DONE_BEFORE}'
else
  exec pcs stonith level add "$level" "$node" "$id"
fi
`;

/**
 * One stonith resource for each node, kept off the node it fences: it is not to be asked to fence itself. No delay is set;
 * `pcs stonith update … pcmk_delay_base=` sets one where it is wanted, and is left as it is.
 */
export async function createFenceDevices(context: FormationContext): Promise<FormationOutcome> {
  const devices = devicesOf('fencing', context).filter(({ level }) => level === 1);
  return outcomeOf(await create('fencing', context, devices));
}

/** The other ways to fence a node, and in which order they are tried. */
export async function createFencingLevels(context: FormationContext): Promise<FormationOutcome> {
  const devices = devicesOf('fencing-levels', context);
  const created = await create('fencing-levels', context, devices);
  const levels: Made[] = [];
  for (const device of devices) {
    const argv = ['sh', '-c', LEVEL, 'sh', String(device.level), device.node, device.id];
    const result = await onLeader('fencing-levels', context, device, argv);
    levels.push({ what: `level ${device.level} of ${device.node}`, isNew: !wasDoneBefore(result) });
  }
  return outcomeOf([...created, ...levels]);
}

interface Made {
  readonly what: string;
  readonly isNew: boolean;
}

function outcomeOf(made: readonly Made[]): FormationOutcome {
  const named = (isNew: boolean) => made.filter((each) => each.isNew === isNew).map(({ what }) => what);
  const [now, before] = [named(true), named(false)];
  const parts = [
    ...(now.length > 0 ? [`made ${now.join(', ')}`] : []),
    ...(before.length > 0 ? [`there before: ${before.join(', ')}`] : []),
  ];
  return { changed: now.length > 0, seen: parts.join('; ') };
}

/** One after the other: each changes the CIB. */
async function create(
  stage: FormationStage,
  context: FormationContext,
  devices: readonly FenceDevice[],
): Promise<readonly Made[]> {
  const made: Made[] = [];
  for (const device of devices) {
    const { id, node, agent } = device;
    const { options, secrets, operations } = deviceWords(device, context.slowness);
    const argv = ['sh', '-c', CREATE, 'sh', id, node, operations.join(' '), agent, ...options];
    const stdin = secrets.map((word) => `${word}\n`).join('');
    const result = await onLeader(stage, context, device, argv, stdin);
    made.push({ what: `${id} (${agent})`, isNew: !wasDoneBefore(result) });
  }
  return made;
}

/** What an operation on a resource has (pacemaker's default), and what fenced gives an agent for an action. */
const OPERATION_S = 20;
const ACTION_S = 60;
const ACTIONS = ['reboot', 'off', 'on', 'status', 'monitor', 'list'];
/** What every agent gives its device (fencing.py of fence-agents): an answer, a login, a switch. */
const AGENT_S = { shell_timeout: 3, login_timeout: 5, power_timeout: 20 };

/** What `pcs stonith create ID AGENT` gets, in this order. */
interface DeviceWords {
  readonly options: readonly string[];
  readonly secrets: readonly string[];
  /** From `op` on. */
  readonly operations: readonly string[];
}

/**
 * Pure. On slow nodes everything that stands for an agent's work has more time; a fence agent in Python takes seconds to
 * start there.
 */
export function deviceWords(
  { options, secrets }: Pick<FenceDevice, 'options' | 'secrets'>,
  slowness: Slowness,
): DeviceWords {
  const times = (seconds: number) => Math.ceil(seconds * slowness.factor);
  const isSlow = slowness.factor > 1;
  const patience = {
    ...Object.fromEntries(Object.entries(AGENT_S).map(([name, seconds]) => [name, String(times(seconds))])),
    ...Object.fromEntries(ACTIONS.map((action) => [`pcmk_${action}_timeout`, `${times(ACTION_S)}s`])),
  };
  const timeout = `timeout=${times(OPERATION_S)}s`;
  return {
    options: wordsOf({ ...options, ...(isSlow ? patience : {}) }),
    secrets: wordsOf(secrets),
    operations: isSlow
      ? ['op', 'start', timeout, 'monitor', 'interval=60s', timeout]
      : ['op', 'monitor', 'interval=60s'],
  };
}

async function onLeader(
  stage: FormationStage,
  context: FormationContext,
  { id, secrets }: FenceDevice,
  argv: readonly string[],
  stdin?: string,
): Promise<ExecResult> {
  const leader = leaderOf(context);
  const result = await askNode(stage, context, leader, (transport) =>
    transport.exec(argv, execOptions(context, TIMEOUT_MS, stdin)),
  );
  if (result.exitCode === 0) return result;
  const said = Object.values(secrets).reduce(
    (text, secret) => text.replaceAll(secret, '***'),
    lastLinesOf(result, context.haclusterPassword) || `exit code ${result.exitCode} and no output`,
  );
  throw formationFailed({
    stage,
    node: leader,
    said,
    hint: `pcs did not take ${id}: is its agent installed on the nodes (pcs stonith list), and does the cluster run?`,
    data: { exitCode: result.exitCode, device: id },
  });
}

function devicesOf(stage: FormationStage, context: FormationContext): readonly FenceDevice[] {
  const { fenceDevices = [] } = context;
  if (fenceDevices.length > 0) return fenceDevices;
  throw formationFailed({
    stage,
    node: leaderOf(context),
    said: 'This lab has nothing that could fence its nodes.',
    hint: 'docs/fencing.md says what it takes on each backend.',
  });
}

function wordsOf(options: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(options).map(([name, value]) => `${name}=${value}`);
}
