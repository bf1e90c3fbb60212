import type { FailedAction } from '../model/cluster-state.js';
import { baseId } from '../model/resource-tree.js';
import { isActiveAndHealthy, isCleanlyStopped } from '../model/resource-view.js';
import { type AgentKind, agentKindOf } from './agents.js';
import { type Outcome, outcomeOf } from './outcome.js';
import { instancesNamed, type Situation } from './situation.js';

/** One failed action, with what the rest of the state tells about it. */
export interface FailureFacts {
  readonly resource: string;
  readonly operation: string;
  readonly node?: string;
  readonly outcome: Outcome;
  /** As printed. */
  readonly exitCode?: number;
  readonly exitStatus?: string;
  /** What the agent gave as its reason. */
  readonly reason?: string;
  readonly at?: string;
  readonly execMs?: number;
  /** '' where it is not printed. */
  readonly agent: string;
  readonly agentKind: AgentKind;
  readonly now: Standing;
  /** Where it runs now. */
  readonly runsOn: readonly string[];
  /** Of this resource on that node; 1000000 is INFINITY. */
  readonly failCount?: number;
  readonly threshold?: number;
  /** As far as it is told: whether a failed stop can be answered by fencing. */
  readonly fencing: 'on' | 'off' | 'no-device' | 'not-told';
}

/** What has become of the resource since. */
export type Standing = 'runs' | 'runs-elsewhere' | 'stopped' | 'failed' | 'blocked' | 'not-told';

/** Undefined where not even resource and operation could be read. */
export function failureFacts(action: FailedAction, situation: Situation): FailureFacts | undefined {
  const { resource, operation, node, exitCode, exitStatus, reason, at, execMs } = action;
  if (resource === undefined || operation === undefined) return undefined;
  const instances = instancesNamed(situation, resource);
  const agent = instances.find((each) => each.agent !== '')?.agent ?? '';
  const count = situation.state.failCounts.find(
    (each) => each.node === node && baseId(each.resource) === baseId(resource),
  );
  return {
    resource,
    operation,
    outcome: outcomeOf(action),
    agent,
    agentKind: kindOf(agent, action, situation),
    now: standingOf(action, situation),
    runsOn: instances.filter(isActiveAndHealthy).flatMap(({ nodes }) => nodes),
    fencing: fencingIn(situation),
    ...defined({ node, exitCode, exitStatus, at, execMs, failCount: count?.failCount }),
    ...defined({ threshold: count?.migrationThreshold, reason: spoken(reason) }),
  };
}

/** The connection to a remote or guest node is no line of its own in the list of resources, and fails by its node's name. */
function kindOf(agent: string, { resource, reason = '' }: FailedAction, { state }: Situation): AgentKind {
  const isConnection = state.nodes.some(({ name, type }) => name === resource && type !== 'member');
  if (agent === '' && (isConnection || /remote executor/i.test(reason))) return 'remote';
  return agentKindOf(agent);
}

function standingOf({ resource = '', node }: FailedAction, situation: Situation): Standing {
  const instances = instancesNamed(situation, resource);
  if (instances.length === 0) return 'not-told';
  if (instances.some(({ blocked }) => blocked)) return 'blocked';
  const there = instances.filter(({ nodes }) => node !== undefined && nodes.includes(node));
  if (there.some(({ failed }) => failed)) return 'failed';
  if (there.some(isActiveAndHealthy)) return 'runs';
  if (instances.some(({ failed }) => failed)) return 'failed';
  if (instances.some(isActiveAndHealthy)) return 'runs-elsewhere';
  return instances.every(isCleanlyStopped) ? 'stopped' : 'not-told';
}

function fencingIn(situation: Situation): FailureFacts['fencing'] {
  if (situation.lacksDevice) return 'no-device';
  const { stonithEnabled } = situation.state.options;
  if (stonithEnabled === false) return 'off';
  return stonithEnabled === true ? 'on' : 'not-told';
}

/** Pacemaker prints `none` or nothing where an agent gave no reason. */
function spoken(reason: string | undefined): string | undefined {
  return reason === undefined || reason === '' || reason === 'none' ? undefined : reason;
}

function defined<T extends Readonly<Record<string, unknown>>>(
  members: T,
): { readonly [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    readonly [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
