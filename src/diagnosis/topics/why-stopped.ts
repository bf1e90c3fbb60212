import { defined } from '../../model/defined.js';
import { INFINITY } from '../../model/pacemaker-values.js';
import { baseId, type ResourceInstance } from '../../model/resource-tree.js';
import { isCleanlyStopped } from '../../model/resource-view.js';
import { type Facts, failuresOf, isFenceDevice, isIgnoringQuorum } from '../facts.js';
import { about, type DiagnosisCode, type DiagnosisItem, item, type Payloads, type Severity } from '../item.js';

/** An instance that does not run, and the name shown for it. */
interface Stopped {
  readonly instance: ResourceInstance;
  readonly name: string;
}

/** Pure. Why a resource does not run, or that this output does not show why. */
export function whyStopped(stopped: Stopped, facts: Facts): DiagnosisItem {
  for (const reason of REASONS) {
    const found = reason(stopped, facts);
    if (found !== undefined) return found;
  }
  const device = isFenceDevice(stopped.instance);
  return item('stopped-unexplained', 'problem', about('resource', stopped.name), { device });
}

type Reason = (stopped: Stopped, facts: Facts) => DiagnosisItem | undefined;

/** A reason applies where `payloadOf` returns a payload. */
function reason<C extends DiagnosisCode>(
  code: C,
  severity: Severity,
  payloadOf: (instance: ResourceInstance, facts: Facts) => Payloads[C] | false | undefined,
): Reason {
  return ({ instance, name }, facts) => {
    const payload = payloadOf(instance, facts);
    return payload ? ({ code, severity, subject: about('resource', name), payload } as DiagnosisItem) : undefined;
  };
}

/** The most certain first: each one also accounts for those below it. */
const REASONS: readonly Reason[] = [
  reason('stopped-disabled', 'note', ({ disabled }) => disabled && {}),
  reason('stopped-by-stop-all', 'problem', (_, { state }) => state.options.stopAllResources === true && {}),
  reason('stopped-locked', 'warning', ({ lockedTo }) => lockedTo !== undefined && { node: lockedTo }),
  reason('stopped-unmanaged', 'warning', ({ managed, maintenance }, { state }) => {
    if (state.options.maintenanceMode === true) return { by: 'maintenance-mode' };
    if (maintenance === true) return { by: 'maintenance' };
    return !managed && { by: 'unmanaged' };
  }),
  reason('stopped-no-dc', 'problem', (_, { state }) => state.dcIsNone === true && {}),
  reason('stopped-no-quorum', 'problem', (_, { state }) => state.quorate === false && !isIgnoringQuorum(state) && {}),
  reason('stopped-no-device', 'problem', (instance, { lacksDevice }) => lacksDevice && !isFenceDevice(instance) && {}),
  reason(
    'stopped-no-node',
    'problem',
    (_, { state, available }) => state.nodes.length > 0 && available.length === 0 && {},
  ),
  reason('stopped-after-failure', 'problem', failure),
  // Printed with the resource itself (`pcmk__native_output_string`), whether or not failed actions are.
  reason('stopped-after-failure', 'problem', ({ probe }) => {
    return (
      probe !== undefined && {
        nodes: [],
        operation: 'probe',
        reported: probe,
        everywhere: /^not configured$/i.test(probe),
      }
    );
  }),
  reason('stopped-after-failure', 'problem', threshold),
  reason('stopped-banned', 'problem', bans),
  // By default all but fence devices have `requires=fencing`: they are not started while a node is unclean.
  reason('stopped-waits-for-fencing', 'problem', (instance, { unclean }) => {
    return unclean.length > 0 && !isFenceDevice(instance) && { nodes: unclean };
  }),
  reason('stopped-ticket', 'problem', (_, { state }) => {
    const tickets = state.tickets.filter(({ granted, standby }) => !granted || standby).map(({ id }) => id);
    return tickets.length > 0 && { tickets };
  }),
  reason('stopped-no-device-listed', 'problem', (_, facts) => seemsToLackDevice(facts) && {}),
];

/** crm_mon prints no warning of its own; but a list of all resources without a fence device, and without one that runs, tells. */
function seemsToLackDevice({ state, listsNoDevice, instances }: Facts): boolean {
  const { options, failedActions, failCounts } = state;
  const isUndisturbed = failedActions.length === 0 && failCounts.length === 0;
  const isAllStopped = instances.every((each) => isCleanlyStopped(each) && each.probe === undefined);
  return listsNoDevice && options.stonithEnabled === undefined && isUndisturbed && isAllStopped;
}

type AfterFailure = Payloads['stopped-after-failure'] | undefined;

/** `not configured` (6) is fatal: the resource is not tried on any node (Pacemaker Explained, "OCF return codes"). */
function failure({ id }: ResourceInstance, facts: Facts): AfterFailure {
  const failures = failuresOf(facts, id);
  const telling = failures.find(({ operation }) => operation === 'start') ?? failures[0];
  if (telling === undefined) return undefined;
  const { operation } = telling;
  const alike = failures.filter((each) => each.operation === operation);
  const nodes = [...new Set(alike.flatMap(({ node }) => node ?? []))];
  return {
    nodes,
    ...defined({ operation, others: nodes.length === 0 ? undefined : othersThan(nodes, facts) }),
    everywhere: failures.some(({ exitCode, exitStatus = '' }) => exitCode === 6 || /^not configured/i.test(exitStatus)),
  };
}

function othersThan(names: readonly string[], { state, available }: Facts): readonly string[] | undefined {
  return state.nodes.length === 0 ? undefined : available.filter((name) => !names.includes(name));
}

function threshold({ id }: ResourceInstance, facts: Facts): AfterFailure {
  const reached = facts.state.failCounts.find(
    ({ resource, failCount = 0, migrationThreshold = INFINITY }) =>
      baseId(resource) === baseId(id) && failCount >= migrationThreshold,
  );
  return (
    reached && { nodes: [reached.node], everywhere: false, ...defined({ others: othersThan([reached.node], facts) }) }
  );
}

function bans({ id, within }: ResourceInstance, { state, available }: Facts): Payloads['stopped-banned'] | false {
  const ids = [baseId(id), ...within];
  const nodes = state.bans
    .filter(({ resource, promotedOnly }) => !promotedOnly && ids.includes(resource))
    .map(({ node }) => node);
  return available.length > 0 && available.every((node) => nodes.includes(node)) && { nodes };
}
