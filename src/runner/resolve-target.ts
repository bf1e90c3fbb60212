import type { ClusterState, StatusReading } from '../model/cluster-state.js';
import { LabError } from '../model/errors.js';
import { clientOf, haNodesOf, type Lab } from '../model/lab.js';
import { instancesOf } from '../model/resource-tree.js';
import { roleKey, roleText, type Target } from '../model/target.js';

/** What targets are resolved against. */
export interface TargetView {
  readonly lab: Lab;
  /** Role to node, as resolved earlier in the scenario. */
  readonly recorded: ReadonlyMap<string, string>;
  /** The cluster's state as each node reports it; only nodes with quorum where there are any. */
  states(): Promise<readonly ClusterState[]>;
  /** Picks among equals. */
  choose(candidates: readonly string[], role: string): string;
}

/** The node that a target means. Throws LabError `role-unresolved` or `node-not-found`. */
export async function resolveTarget(target: Target, view: TargetView): Promise<string> {
  switch (target.kind) {
    case 'node':
      return knownNode(target.name, view.lab);
    case 'all':
      throw unresolved(target, 'it means every node, and one is wanted here');
    case 'storage':
      return (
        view.lab.nodes.find((node) => node.role === 'storage')?.name ??
        raise(unresolved(target, 'the lab has no storage node'))
      );
    case 'client':
      return clientOf(view.lab)?.name ?? raise(unresolved(target, 'the lab has no node outside the cluster'));
    case 'kept':
      return recordedNode(target, view);
    case 'dc':
      return target.was ? recordedNode(target, view) : dcOf(await view.states());
    case 'holder':
      return target.was ? recordedNode(target, view) : holderOf(target.resource, await view.states());
    case 'other':
      return otherThan(await resolveTarget(target.than, view), target, view);
  }
}

/** The states of the nodes that answered; of those with quorum alone where there are any. */
export function statesThatCount(readings: readonly StatusReading[]): readonly ClusterState[] {
  const known = readings.flatMap(({ state }) => state ?? []);
  const quorate = known.filter((state) => state.quorate === true);
  return quorate.length > 0 ? quorate : known;
}

function knownNode(name: string, lab: Lab): string {
  if (lab.nodes.some((node) => node.name === name)) return name;
  throw new LabError('node-not-found', `the lab ${lab.name} has no node '${name}'`, {
    hint: `Known: ${lab.nodes.map((node) => node.name).join(', ')}.`,
  });
}

function recordedNode(target: Target, { recorded }: TargetView): string {
  return recorded.get(roleKey(target)) ?? raise(unresolved(target, 'no earlier step has recorded it'));
}

function dcOf(states: readonly ClusterState[]): string {
  const names = [...new Set(states.flatMap((state) => state.dc?.name ?? []))];
  const [name] = names;
  if (name !== undefined && names.length === 1) return name;
  throw unresolved(
    { kind: 'dc', was: false },
    names.length === 0 ? 'no node reports a DC' : `nodes name different DCs: ${names.join(', ')}`,
  );
}

function holderOf(resource: string, states: readonly ClusterState[]): string {
  const instances = states.flatMap(instancesOf).filter(({ id }) => id === resource);
  const holding = instances.filter(
    ({ role, nodes }) => (role === 'Promoted' || role === 'Started') && nodes.length > 0,
  );
  const best = holding.find(({ role }) => role === 'Promoted') ?? holding[0];
  const node = best?.nodes[0];
  if (node !== undefined) return node;
  const seen = instances[0]
    ? `${resource} is ${instances[0].role}`
    : states.length === 0
      ? 'no node reports the state of the cluster'
      : `there is no resource ${resource}`;
  throw unresolved({ kind: 'holder', resource, was: false }, seen);
}

async function otherThan(excluded: string, target: Target, view: TargetView): Promise<string> {
  const states = await view.states();
  const members = new Set(haNodesOf(view.lab).map((node) => node.name));
  const online = (name: string) =>
    states.some((state) => state.nodes.some((node) => node.name === name && node.online && !node.standby));
  const candidates = [...members].filter((name) => name !== excluded && (states.length === 0 || online(name)));
  if (candidates.length === 0) throw unresolved(target, `no other node is online than ${excluded}`);
  return view.choose(candidates, roleKey(target));
}

function unresolved(target: Target, why: string): LabError {
  return new LabError('role-unresolved', `{${roleText(target)}} means no node: ${why}`, {
    data: { target: roleText(target) },
  });
}

function raise(error: Error): never {
  throw error;
}
