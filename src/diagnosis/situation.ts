import type { BundleReplica, ClusterState, NodeState, StatusPart } from '../model/cluster-state.js';
import { baseId, instancesOf, type ResourceInstance } from '../model/resource-tree.js';
import { isActiveAndHealthy } from '../model/resource-view.js';
import { type CountedVotes, countVotes } from './votes.js';

/** A state with what several decisions ask of it, worked out once. */
export interface Situation {
  readonly state: ClusterState;
  readonly instances: readonly ResourceInstance[];
  readonly votes?: CountedVotes;
  /** Nodes that could run something now. */
  readonly able: readonly string[];
  readonly unclean: readonly string[];
  /** Fencing is on and there is no device: nothing is started. */
  readonly lacksDevice: boolean;
}

/** pcs words it since 0.9, crm_verify behind it since 2.1.6; "fencing" instead of STONITH since 3.0. */
export const NO_DEVICE =
  /no (?:stonith|fencing) (?:devices|resources) (?:and (?:stonith|fencing)-enabled is not false|have been defined)/i;

export function situationOf(state: ClusterState): Situation {
  const instances = instancesOf(state);
  const votes = countVotes(state);
  return {
    state,
    instances,
    ...(votes === undefined ? {} : { votes }),
    able: state.nodes.filter(isAble).map(({ name }) => name),
    unclean: state.nodes.filter(({ unclean }) => unclean).map(({ name }) => name),
    lacksDevice: state.warnings.some((warning) => NO_DEVICE.test(warning)) || showsNoDevice(state, instances),
  };
}

/** Without a warning: fencing is said to be on, all resources are printed, no device is among them and nothing runs. */
function showsNoDevice(state: ClusterState, instances: readonly ResourceInstance[]): boolean {
  if (state.options.stonithEnabled !== true || !areResourcesTold(state)) return false;
  return state.truncated.length === 0 && !instances.some((each) => isDevice(each) || isActiveAndHealthy(each));
}

export function wasPrinted({ printed }: Pick<ClusterState, 'printed'>, part: StatusPart): boolean {
  return printed.includes(part);
}

/** XML has no list of resources where there are none, and counts them all the same. */
export function areResourcesTold(state: Pick<ClusterState, 'printed' | 'counts'>): boolean {
  return wasPrinted(state, 'resources') || state.counts.resources === 0;
}

function isAble({ online, standby, maintenance, pending, unclean }: NodeState): boolean {
  return online && !standby && !maintenance && !pending && !unclean;
}

/** The node inside of a replica's container goes by the replica's name. */
export function replicaName(bundle: string, { name, index }: Pick<BundleReplica, 'name' | 'index'>): string {
  return name ?? (index === undefined ? bundle : `${bundle}-${index}`);
}

export function isDevice({ agent }: Pick<ResourceInstance, 'agent'>): boolean {
  return agent.startsWith('stonith:');
}

/** Of one that is active where nobody can look, it cannot be said that it runs. */
export function isRunning(instance: ResourceInstance, { nodes }: Pick<ClusterState, 'nodes'>): boolean {
  const isLost = (name: string) => nodes.some((node) => node.name === name && node.unclean && !node.online);
  return isActiveAndHealthy(instance) && instance.unclean !== true && !instance.nodes.every(isLost);
}

/** The instances that an operation's key, a fail count or a constraint means by this name. */
export function instancesNamed(situation: Situation, id: string): readonly ResourceInstance[] {
  const base = baseId(id);
  return situation.instances.filter((each) => baseId(each.id) === base);
}

/** Failures of this resource, whichever instance they were of. */
export function failuresOf({ state }: Situation, id: string): readonly ClusterState['failedActions'][number][] {
  const base = baseId(id);
  return state.failedActions.filter(({ resource }) => resource !== undefined && baseId(resource) === base);
}

export function isIgnoringQuorum({ options }: ClusterState): boolean {
  return options.noQuorumPolicy === 'ignore';
}

/** An output that speaks of a cluster at all, whether or not it is a whole one. */
export function speaksOfCluster(state: ClusterState): boolean {
  const { dc, dcIsNone, clusterName, nodes, resources, failedActions, warnings, errors, daemons, pcsd, printed } =
    state;
  return (
    dc !== undefined ||
    dcIsNone === true ||
    clusterName !== undefined ||
    Object.keys(pcsd).length > 0 ||
    [nodes, resources, failedActions, warnings, errors, daemons, printed].some((part) => part.length > 0)
  );
}
