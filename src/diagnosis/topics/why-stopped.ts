import { INFINITY } from '../../model/pacemaker-values.js';
import { baseId, type ResourceInstance } from '../../model/resource-tree.js';
import { type Facts, failuresOf, isFenceDevice, isIgnoringQuorum } from '../facts.js';
import { about, type DiagnosisItem, item } from '../item.js';

/** An instance that does not run, and the name shown for it. */
interface Stopped {
  readonly instance: ResourceInstance;
  readonly name: string;
}

type Reason = (stopped: Stopped, facts: Facts) => DiagnosisItem | undefined;

/** The most certain first: each one also accounts for those below it. */
const REASONS: readonly Reason[] = [
  disabled,
  stopAll,
  locked,
  unmanaged,
  noDc,
  noQuorum,
  noDevice,
  noNode,
  afterFailure,
  afterProbe,
  atThreshold,
  banned,
  waitsForFencing,
  ticket,
];

/** Pure. Why a resource does not run, or that this output does not show why. */
export function whyStopped(stopped: Stopped, facts: Facts): DiagnosisItem {
  for (const reason of REASONS) {
    const found = reason(stopped, facts);
    if (found !== undefined) return found;
  }
  const device = isFenceDevice(stopped.instance);
  return item('stopped-unexplained', 'problem', about('resource', stopped.name), { device });
}

function disabled({ instance, name }: Stopped): DiagnosisItem | undefined {
  return instance.disabled ? item('stopped-disabled', 'note', about('resource', name)) : undefined;
}

function stopAll({ name }: Stopped, { state }: Facts): DiagnosisItem | undefined {
  if (state.options.stopAllResources !== true) return undefined;
  return item('stopped-by-stop-all', 'problem', about('resource', name));
}

function locked({ instance, name }: Stopped): DiagnosisItem | undefined {
  if (instance.lockedTo === undefined) return undefined;
  return item('stopped-locked', 'warning', about('resource', name), { node: instance.lockedTo });
}

function unmanaged({ instance, name }: Stopped, { state }: Facts): DiagnosisItem | undefined {
  const by = state.options.maintenanceMode === true ? 'maintenance-mode' : 'unmanaged';
  if (by === 'unmanaged' && instance.managed && instance.maintenance !== true) return undefined;
  return item('stopped-unmanaged', 'warning', about('resource', name), { by });
}

function noDc({ name }: Stopped, { state }: Facts): DiagnosisItem | undefined {
  return state.dcIsNone === true ? item('stopped-no-dc', 'problem', about('resource', name)) : undefined;
}

function noQuorum({ name }: Stopped, { state }: Facts): DiagnosisItem | undefined {
  if (state.quorate !== false || isIgnoringQuorum(state)) return undefined;
  return item('stopped-no-quorum', 'problem', about('resource', name));
}

function noDevice({ instance, name }: Stopped, { lacksDevice }: Facts): DiagnosisItem | undefined {
  if (!lacksDevice || isFenceDevice(instance)) return undefined;
  return item('stopped-no-device', 'problem', about('resource', name));
}

function noNode({ name }: Stopped, { state, available }: Facts): DiagnosisItem | undefined {
  if (state.nodes.length === 0 || available.length > 0) return undefined;
  return item('stopped-no-node', 'problem', about('resource', name));
}

/** `not configured` (6) is fatal: the resource is not tried on any node (Pacemaker Explained, "OCF return codes"). */
function afterFailure({ instance, name }: Stopped, facts: Facts): DiagnosisItem | undefined {
  const failures = failuresOf(facts, instance.id);
  const failure = failures.find(({ operation }) => operation === 'start') ?? failures[0];
  if (failure === undefined) return undefined;
  const { node, operation } = failure;
  return item('stopped-after-failure', 'problem', about('resource', name), {
    ...(node === undefined ? {} : { node }),
    ...(operation === undefined ? {} : { operation }),
    everywhere: failures.some(({ exitCode, exitStatus = '' }) => exitCode === 6 || /^not configured/i.test(exitStatus)),
  });
}

/** Printed with the resource itself (`pcmk__native_output_string`), whether or not failed actions are. */
function afterProbe({ instance: { probe }, name }: Stopped): DiagnosisItem | undefined {
  if (probe === undefined) return undefined;
  return item('stopped-after-failure', 'problem', about('resource', name), {
    operation: 'probe',
    reported: probe,
    everywhere: /^not configured$/i.test(probe),
  });
}

function atThreshold({ instance, name }: Stopped, { state }: Facts): DiagnosisItem | undefined {
  const base = baseId(instance.id);
  const reached = state.failCounts.find(
    ({ resource, failCount = 0, migrationThreshold = INFINITY }) =>
      baseId(resource) === base && failCount >= migrationThreshold,
  );
  if (reached === undefined) return undefined;
  return item('stopped-after-failure', 'problem', about('resource', name), { node: reached.node, everywhere: false });
}

function banned({ instance, name }: Stopped, { state, available }: Facts): DiagnosisItem | undefined {
  const ids = [baseId(instance.id), ...instance.within];
  const nodes = state.bans
    .filter(({ resource, promotedOnly }) => !promotedOnly && ids.includes(resource))
    .map(({ node }) => node);
  const isBannedEverywhere = available.length > 0 && available.every((node) => nodes.includes(node));
  return isBannedEverywhere ? item('stopped-banned', 'problem', about('resource', name), { nodes }) : undefined;
}

/** By default all but fence devices have `requires=fencing`: they are not started while a node is unclean. */
function waitsForFencing({ instance, name }: Stopped, { unclean }: Facts): DiagnosisItem | undefined {
  if (unclean.length === 0 || isFenceDevice(instance)) return undefined;
  return item('stopped-waits-for-fencing', 'problem', about('resource', name), { nodes: unclean });
}

function ticket({ name }: Stopped, { state }: Facts): DiagnosisItem | undefined {
  const tickets = state.tickets.filter(({ granted, standby }) => !granted || standby).map(({ id }) => id);
  return tickets.length > 0 ? item('stopped-ticket', 'problem', about('resource', name), { tickets }) : undefined;
}
