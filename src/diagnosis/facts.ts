import type { BundleReplica, ClusterState, NodeState, StatusPart } from '../model/cluster-state.js';
import { defined } from '../model/defined.js';
import { baseId, instancesOf, type ResourceInstance } from '../model/resource-tree.js';
import { isActiveAndHealthy } from '../model/resource-view.js';
import { mayHideGuests } from '../model/unlisted-guests.js';
import { type Beside, NOTHING_BESIDE } from './beside.js';

/** Options of crm_mon that leave out resources, or their names: `--resource=vip`, `--node a`, `--brief`, `-1rb`. */
const SELECTS_RESOURCES = /\s(?:--resource|--node|--brief|-[a-zA-Z0-9]*b[a-zA-Z0-9]*)(?=[\s=]|$)/;
export const SELECTS_BY_NAME = /\s--(?:resource|node)(?=[\s=]|$)/;
const SELECTS_NODES = /\s--node(?=[\s=]|$)/;

/** A state with the facts that several topics need, computed once. */
export interface Facts {
  readonly state: ClusterState;
  readonly instances: readonly ResourceInstance[];
  readonly votes?: CountedVotes;
  /** Nodes that can run resources now. */
  readonly available: readonly string[];
  readonly unclean: readonly string[];
  /** Fencing is on and there is no fence device, so no resource is started. */
  readonly lacksDevice: boolean;
  /** Every configured resource is listed, and none of them is a fence device. */
  readonly listsNoDevice: boolean;
  /** Only some resources were asked for: of the others, and of what a clone or group lacks, nothing is known. */
  readonly isSelection: boolean;
  readonly beside: Beside;
}

/** pcs words it since 0.9, crm_verify behind it since 2.1.6; "fencing" instead of STONITH since 3.0. */
export const NO_DEVICE =
  /no (?:stonith|fencing) (?:devices|resources) (?:and (?:stonith|fencing)-enabled is not false|have been defined)/i;

export function factsOf(state: ClusterState, beside: Beside = NOTHING_BESIDE): Facts {
  const instances = instancesOf(state);
  return {
    state,
    instances,
    ...defined({ votes: countVotes(state) }),
    available: state.nodes.filter(isAvailable).map(({ name }) => name),
    unclean: state.nodes.filter(({ unclean }) => unclean).map(({ name }) => name),
    lacksDevice: reportsNoDevice(state) || showsNoDevice(state, instances),
    listsNoDevice: listsAll(state, instances) && !instances.some(isFenceDevice),
    isSelection: selectsResources(state),
    beside,
  };
}

/** Pacemaker's own words, as a warning of pcs or crm_verify, or in a line of the log that was pasted with the output. */
function reportsNoDevice({ warnings, errors, unparsed }: ClusterState): boolean {
  return [...warnings, ...errors, ...unparsed].some((line) => NO_DEVICE.test(line));
}

function selectsResources({ request = '' }: ClusterState): boolean {
  return SELECTS_RESOURCES.test(request);
}

/** Whether the list of nodes is only a selection. */
export function selectsNodes({ request = '' }: Pick<ClusterState, 'request'>): boolean {
  return SELECTS_NODES.test(request);
}

/** By the number of configured instances; bundles count parts that short output does not list. */
function listsAll(state: ClusterState, instances: readonly ResourceInstance[]): boolean {
  const { counts, truncated, resources } = state;
  if (!areResourcesPrinted(state) || selectsResources(state) || truncated.length > 0) return false;
  const isCountable = resources.every((resource) => resource.kind !== 'bundle');
  return isCountable && instances.length > 0 && instances.length >= (counts.resources ?? Number.POSITIVE_INFINITY);
}

/** Recognised without a warning: fencing is on, all resources are printed, none is a fence device and none runs. */
function showsNoDevice(state: ClusterState, instances: readonly ResourceInstance[]): boolean {
  if (state.options.stonithEnabled !== true || !areResourcesPrinted(state) || selectsResources(state)) return false;
  return state.truncated.length === 0 && !instances.some((each) => isFenceDevice(each) || isActiveAndHealthy(each));
}

export function wasPrinted({ printed }: Pick<ClusterState, 'printed'>, part: StatusPart): boolean {
  return printed.includes(part);
}

/** XML prints no list of resources if there are none, but still counts them. */
export function areResourcesPrinted(state: Pick<ClusterState, 'printed' | 'counts'>): boolean {
  return wasPrinted(state, 'resources') || state.counts.resources === 0;
}

function isAvailable({ online, standby, maintenance, pending, unclean }: NodeState): boolean {
  return online && !standby && !maintenance && !pending && !unclean;
}

/** The node inside a replica's container has the replica's name. */
export function replicaName(bundle: string, { name, index }: Pick<BundleReplica, 'name' | 'index'>): string {
  return name ?? (index === undefined ? bundle : `${bundle}-${index}`);
}

/** Whether this is the node inside a replica's container, as far as bundles are listed. */
export function isReplicaNode(name: string, { resources }: Pick<ClusterState, 'resources'>): boolean {
  return resources.some(
    (resource) =>
      resource.kind === 'bundle' && resource.replicas.some((replica) => replicaName(resource.id, replica) === name),
  );
}

export function isFenceDevice({ agent }: Pick<ResourceInstance, 'agent'>): boolean {
  return agent.startsWith('stonith:');
}

/** An instance that is active only on nodes that are unclean, offline or none of the cluster's is not known to run. */
export function isRunning(
  instance: ResourceInstance,
  { nodes, counts }: Pick<ClusterState, 'nodes' | 'counts'>,
): boolean {
  const isLost = (name: string) => {
    const entries = nodes.filter((node) => node.name === name || node.host === name);
    if (entries.length === 0) return counts.nodes !== undefined && nodes.length >= counts.nodes;
    return entries.every(({ unclean, online, pending }) => unclean || (!online && !pending));
  };
  return isActiveAndHealthy(instance) && instance.unclean !== true && !instance.nodes.every(isLost);
}

/** The entry of the DC, if it is said to be offline: a DC cannot be. */
export function offlineDc({ dc, nodes }: Pick<ClusterState, 'dc' | 'nodes'>): NodeState | undefined {
  const entries = nodes.filter(({ name }) => name === dc?.name);
  return entries.every(({ online, pending }) => !online && !pending) ? entries[0] : undefined;
}

/** The instances that an operation, a fail count or a constraint of this name refers to. */
export function instancesNamed(facts: Facts, id: string): readonly ResourceInstance[] {
  const base = baseId(id);
  return facts.instances.filter((each) => baseId(each.id) === base);
}

/** Failures of this resource, of any instance. */
export function failuresOf({ state }: Facts, id: string): readonly ClusterState['failedActions'][number][] {
  const base = baseId(id);
  return state.failedActions.filter(({ resource }) => resource !== undefined && baseId(resource) === base);
}

export function isIgnoringQuorum({ options }: ClusterState): boolean {
  return options.noQuorumPolicy === 'ignore';
}

/** Whether the output describes a cluster at all, complete or not. */
export function hasClusterStatus(state: ClusterState): boolean {
  const { nodes, resources, failedActions, warnings, errors, daemons, printed } = state;
  return (
    state.dc !== undefined ||
    state.dcIsNone === true ||
    state.clusterName !== undefined ||
    Object.keys(state.pcsd).length > 0 ||
    [nodes, resources, failedActions, warnings, errors, daemons, printed].some((part) => part.length > 0)
  );
}

/** Votes by default, one a member; the output does not print other settings of corosync. */
export interface CountedVotes {
  readonly members: number;
  /** Members whose heartbeat corosync receives: online ones, standby and maintenance included, and those still joining. */
  readonly present: number;
  /** More than half of all votes: floor(members / 2) + 1 (votequorum(5)). */
  readonly majority: number;
  /** How many more may be lost at once while keeping the majority; negative if it is lost already. */
  readonly spare: number;
}

type VoteSource = Pick<ClusterState, 'nodes' | 'counts' | 'truncated' | 'resources' | 'request'>;

/**
 * Undefined if the members cannot be counted. Remote and guest nodes have no vote, and neither has the residue of a member
 * under an earlier id.
 */
export function countVotes(state: VoteSource): CountedVotes | undefined {
  const { nodes, counts, truncated } = state;
  const here = new Set(nodes.filter(({ online }) => online).map(({ name }) => name));
  const members = nodes.filter(({ type, name, online }) => type === 'member' && (online || !here.has(name)));
  const isWhole =
    isListWhole(state) && !selectsNodes(state) && (truncated.length === 0 || counts.nodes === nodes.length);
  if (members.length === 0 || !isWhole) return undefined;
  const present = members.filter(({ online, pending }) => online || pending).length;
  return votesOf(counts.expectedVotes ?? members.length, present);
}

/** Whether every counted node is listed, or only guests can be missing. */
function isListWhole(state: VoteSource): boolean {
  return (state.counts.nodes ?? 0) <= state.nodes.length || mayHideGuests(state);
}

export function votesOf(members: number, present: number): CountedVotes {
  const majority = Math.floor(members / 2) + 1;
  return { members, present, majority, spare: present - majority };
}

/** The members that were printed, without those that are undefined or empty. */
export function printed<T extends Readonly<Record<string, unknown>>>(
  members: T,
): { readonly [K in keyof T]?: Exclude<T[K], undefined> } {
  const kept = Object.entries(members).filter(([, value]) => value !== undefined && value !== '');
  return Object.fromEntries(kept) as { readonly [K in keyof T]?: Exclude<T[K], undefined> };
}
