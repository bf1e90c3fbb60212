import type { FailedAction } from '../model/cluster-state.js';
import { baseId, type ResourceInstance } from '../model/resource-tree.js';
import { isActiveAndHealthy, isCleanlyStopped } from '../model/resource-view.js';
import { isOutside } from './beside.js';
import { type Facts, failuresOf, instancesNamed, printed } from './facts.js';
import { type Outcome, outcomeOf } from './outcome.js';

/** One failed action, on one node or alike on several, with what the rest of the state shows about it. */
export interface FailureFacts {
  readonly resource: string;
  readonly operation: string;
  /** Where it failed; empty if that is not printed. */
  readonly nodes: readonly string[];
  readonly outcome: Outcome;
  /** As printed. */
  readonly exitCode?: number;
  readonly exitStatus?: string;
  /** What the agent gave as its reason. */
  readonly reason?: string;
  /** As printed; several times are joined. */
  readonly at?: string;
  readonly execMs?: number;
  /** '' if it is not printed. */
  readonly agent: string;
  readonly agentKind: AgentKind;
  readonly now: CurrentState;
  /** Where it runs now. */
  readonly runsOn: readonly string[];
  /** Of this resource on that node; 1000000 is INFINITY. */
  readonly failCount?: number;
  readonly threshold?: number;
  /** The address that it is to have, and the networks of those nodes, none of which holds it. */
  readonly outside?: { readonly address: string; readonly networks: readonly string[] };
  /** The node has an address in the network of that address. */
  readonly inside?: true;
  /** Whether the cluster can respond to a failed stop by fencing, as far as it is printed. */
  readonly fencing: 'on' | 'off' | 'no-device' | 'unknown';
}

/** The state of the resource since the failure. */
export type CurrentState = 'runs' | 'runs-elsewhere' | 'stopped' | 'failed' | 'blocked' | 'unknown';

/** Undefined if not even resource and operation could be read. */
export function failureFacts(action: FailedAction, facts: Facts): FailureFacts | undefined {
  const { resource, operation, node, exitCode, exitStatus, reason, at, execMs } = action;
  if (resource === undefined || operation === undefined) return undefined;
  const instances = instancesNamed(facts, resource);
  const agent = instances.find((each) => each.agent !== '')?.agent ?? '';
  const count = facts.state.failCounts.find((each) => each.node === node && baseId(each.resource) === baseId(resource));
  return {
    resource,
    operation,
    nodes: node === undefined ? [] : [node],
    outcome: outcomeOf(action),
    agent,
    agentKind: kindOf(agent, action, facts),
    now: currentState(action, facts),
    runsOn: instances.filter(isActiveAndHealthy).flatMap(({ nodes }) => nodes),
    fencing: fencingIn(facts),
    ...printed({ exitCode, exitStatus, at, execMs }),
    ...printed(placeOfAddress(resource, node, facts)),
    ...printed({ failCount: count?.failCount, threshold: count?.migrationThreshold, reason: givenReason(reason) }),
  };
}

/** Only where the node itself was asked. */
function placeOfAddress(
  resource: string,
  node: string | undefined,
  { beside }: Facts,
): Pick<FailureFacts, 'outside' | 'inside'> {
  const address = beside.addresses.get(baseId(resource));
  const networks = beside.networks.get(node ?? '') ?? [];
  const isOut = address === undefined ? undefined : isOutside(address, networks);
  if (address === undefined || isOut === undefined) return {};
  return isOut ? { outside: { address, networks } } : { inside: true };
}

/** The connection to a remote or guest node is not in the list of resources; its failures carry the node's name. */
function kindOf(agent: string, { resource, reason = '' }: FailedAction, { state }: Facts): AgentKind {
  const isConnection = state.nodes.some(({ name, type }) => name === resource && type !== 'member');
  if (agent === '' && (isConnection || /remote executor/i.test(reason))) return 'remote';
  return agentKindOf(agent);
}

function currentState({ resource = '', node }: FailedAction, facts: Facts): CurrentState {
  const instances = instancesNamed(facts, resource);
  if (instances.length === 0) return 'unknown';
  const there = instances.filter(({ nodes }) => node !== undefined && nodes.includes(node));
  // Of another instance of the clone, on another node, a failure says nothing.
  const own = there.length > 0 ? there : instances.length === 1 ? instances : instances.filter(isNowhere);
  if (own.some(({ blocked }) => blocked)) return 'blocked';
  if (own.some(({ failed }) => failed)) return 'failed';
  if (there.some(isActiveAndHealthy)) return 'runs';
  if (instances.some(isActiveAndHealthy)) return 'runs-elsewhere';
  return instances.every(isCleanlyStopped) ? 'stopped' : 'unknown';
}

function isNowhere({ nodes }: ResourceInstance): boolean {
  return nodes.length === 0;
}

/**
 * The nodes on which a failed instance is known to have been active. A failed probe only means that it is unknown, and a
 * stop that was not configured fails before it looks.
 */
export function knownActiveOn(instance: ResourceInstance, facts: Facts): readonly string[] {
  if (!instance.failed) return instance.nodes;
  const failures = failuresOf(facts, instance.id);
  return instance.nodes.filter((node) => failures.some((action) => action.node === node && showsActive(action)));
}

const RUNNING: readonly Outcome[] = ['promoted', 'failed-promoted', 'degraded'];

function showsActive(action: FailedAction): boolean {
  const outcome = outcomeOf(action);
  if (isProbe(action)) return RUNNING.includes(outcome);
  return !(action.operation === 'stop' && outcome === 'not-configured');
}

/** A monitor that does not recur checks whether the resource already runs there. */
export function isProbe({ operation, intervalMs }: FailedAction): boolean {
  return operation === 'probe' || (operation === 'monitor' && intervalMs === 0);
}

function fencingIn(facts: Facts): FailureFacts['fencing'] {
  if (facts.lacksDevice) return 'no-device';
  const { stonithEnabled } = facts.state.options;
  if (stonithEnabled === false) return 'off';
  return stonithEnabled === true ? 'on' : 'unknown';
}

/** Pacemaker prints `none` or nothing if an agent gave no reason. */
function givenReason(reason: string | undefined): string | undefined {
  return reason === undefined || reason === '' || reason === 'none' ? undefined : reason;
}

/** The kinds of agents that halab can give advice about. */
export const AGENT_KINDS = [
  'stonith',
  'systemd',
  'lsb',
  'remote',
  'address',
  'filesystem',
  'web',
  'database',
  'machine',
  'storage',
  'other',
] as const;
export type AgentKind = (typeof AGENT_KINDS)[number];

const BY_TYPE: readonly (readonly [RegExp, AgentKind])[] = [
  [/^stonith:/, 'stonith'],
  [/^(?:systemd|upstart|service):/, 'systemd'],
  [/^lsb:/, 'lsb'],
  [/:pacemaker:remote$/, 'remote'],
  [/:IPaddr2?$|:IPsrcaddr$|:(?:aws|azure|gcp)-.*(?:vip|lb)/, 'address'],
  [/:(?:Filesystem|exportfs|nfsserver|nfsnotify)$/, 'filesystem'],
  [/:(?:apache|nginx|tomcat|haproxy)$/, 'web'],
  [/:(?:mysql|mariadb|galera|pgsql|pgsqlms|redis|db2|oracle|SAPHana\w*|SAPInstance|SAPDatabase)$/, 'database'],
  [/:(?:VirtualDomain|docker|podman|podman-etcd|lxc|Xen)$/, 'machine'],
  [/:(?:drbd|LVM|LVM-activate|lvmlockd|clvm|iSCSI\w*|ZFS|mdraid)$/, 'storage'],
];

/** By `class:provider:type`, as printed since 2.1. */
function agentKindOf(agent: string): AgentKind {
  return BY_TYPE.find(([pattern]) => pattern.test(agent))?.[1] ?? 'other';
}

/** `nfs` of `systemd:nfs` or `lsb:nfs`. */
export function agentTypeOf(agent: string): string {
  return agent.slice(agent.lastIndexOf(':') + 1);
}
