import type { ClusterState, StatusReading } from '../model/cluster-state.js';
import { isLabError, LabError } from '../model/errors.js';
import { nodesNamedBy, withNodes } from '../model/fault-nodes.js';
import { clientOf, haNodesOf, type Lab } from '../model/lab.js';
import { instancesOf } from '../model/resource-tree.js';
import { withValues } from '../model/saved-value.js';
import type { Action, Fault, ResolvedFault, Step } from '../model/scenario.js';
import { stretched } from '../model/slowness.js';
import type { Target } from '../model/target.js';
import { argvOn, isPast, roleKey, roleText } from '../model/target.js';
import { type CheckTable, checkOf, withNested } from '../ports/check.js';
import { untilAborted } from '../ports/clock.js';
import { driverOf, eachOf, type FaultTable } from '../ports/fault.js';
import type { RunSession } from './session.js';

/** A line, and the nodes into whose shells it is typed. */
export interface TypedOn {
  readonly nodes: readonly string[];
  readonly line: string;
}

/** The nodes of a step's targets when the step began. */
interface StepTargets {
  /** The nodes that a command runs on. */
  readonly nodes: readonly string[];
  /** The command, with its roles replaced; empty where the step runs none. */
  readonly argv: readonly string[];
  /** What is typed, in order, with its roles replaced. */
  readonly typed: readonly TypedOn[];
  /** The step's fault on the nodes that its targets mean: one for each node, of a kind that is on one; else empty. */
  readonly faults: readonly ResolvedFault[];
  /** The nodes of the step's probes, in their order. */
  readonly probeNodes: readonly string[];
  /** Target texts to nodes, for the report. */
  readonly named: Readonly<Record<string, string>>;
}

/** A role may be between two nodes for a moment; after this it counts as unresolved. */
const ROLE_WITHIN_MS = 10_000;
const ASK_EVERY_MS = 100;

/**
 * Resolves the action's targets and the probes', and records every role among them. A `was` role that no step has
 * recorded yet is recorded now, before anything is done. Throws LabError `role-unresolved`.
 */
export async function resolveStepTargets(session: RunSession, scenario: string, step: Step): Promise<StepTargets> {
  const named: Record<string, string> = {};
  const resolve = async (target: Target): Promise<string> => {
    // Drawn once in a step, wherever the step names it.
    const drawn = target.kind === 'other' ? named[roleText(target)] : undefined;
    if (drawn !== undefined) return drawn;
    const node = await resolveRole(session, target);
    if (target.kind === 'node') return node;
    named[roleText(target)] = node;
    if (!isPast(target) || target.kind === 'other') session.recorded.set(roleKey(target), node);
    session.deps.emit({ kind: 'target-resolved', scenario, step: step.id, target: roleText(target), node });
    return node;
  };

  const resolveWhole = async (target: Target): Promise<string> => {
    for (const role of rolesInside(target)) if (!isPast(role)) await resolve(role);
    return resolve(target);
  };
  for (const [name, target] of Object.entries(step.keeps ?? {})) {
    const kept: Target = { kind: 'kept', name };
    session.recorded.set(roleKey(kept), await resolveWhole(target));
    await resolve(kept);
  }

  const resolved = new Map<Target, string>();
  for (const target of targetsOfAction(step.action))
    if (target.kind !== 'all') resolved.set(target, await resolveWhole(target));
  const { action } = step;
  const inCommand = new Map<Target, string>();
  for (const role of action.kind === 'run' ? Object.values(action.roles ?? {}) : [])
    inCommand.set(role, await resolveWhole(role));
  const argv =
    action.kind === 'run'
      ? withValues(
          argvOn(action, (role) => inCommand.get(role)),
          session.saved,
        )
      : [];
  const everyHaNode = haNodesOf(session.deps.instance.lab).map(({ name }) => name);
  const typed: TypedOn[] = [];
  for (const { on, line, roles = {} } of action.kind === 'type' ? action.lines : []) {
    const nodes = on.kind === 'all' ? everyHaNode : [await resolveWhole(on)];
    for (const role of Object.values(roles)) inCommand.set(role, await resolveWhole(role));
    const [filled = line] = argvOn({ argv: [line], roles }, (role) => inCommand.get(role));
    typed.push({ nodes, line: filled });
  }
  const faults =
    action.kind === 'fault' ? resolveFault(action.fault, resolved, session.deps.faults, session.deps.instance.lab) : [];
  const nodes = action.kind !== 'run' ? [] : action.on.kind === 'all' ? everyHaNode : [...resolved.values()];
  const probeNodes: string[] = [];
  for (const probe of step.probes) probeNodes.push(await resolve(probe.from));
  for (const role of pastRolesIn(session.deps.checks, step)) {
    if (!session.recorded.has(roleKey(role))) await resolve({ ...role, was: false });
  }
  return { nodes, named, argv, typed, probeNodes, faults };
}

function targetsOfAction(action: Action): readonly Target[] {
  if (action.kind === 'run') return [action.on];
  return action.kind === 'fault' ? nodesNamedBy(action.fault) : [];
}

type PastRole = Extract<Target, { kind: 'dc' | 'holder' }>;

/**
 * Records the nodes that the `was` roles of a step mean before anything is done in it, for a step that somebody else does. A role
 * that means no node then is left out.
 */
export async function recordPastRoles(session: RunSession, step: Step): Promise<void> {
  const { recorded, read, haNodes } = session;
  const { lab } = session.deps.instance;
  const states = async () => statesThatCount(await Promise.all(haNodes.map(read.state)));
  for (const role of pastRolesIn(session.deps.checks, step)) {
    try {
      const node = await resolveTarget(
        { ...role, was: false },
        { lab, recorded, states, choose: ([first = '']) => first },
      );
      recorded.set(roleKey(role), node);
    } catch (error) {
      if (!isLabError(error) || error.code !== 'role-unresolved') throw error;
    }
  }
}

/** In its own expectations, and in those of its questions and hints. */
function pastRolesIn(checks: CheckTable, { expect, unless, moment, task }: Step): readonly PastRole[] {
  const options = [task?.predict, task?.answer].flatMap((question) => question?.options ?? []);
  const asked = [...options, ...(task?.hints ?? [])].flatMap(({ when }) => when);
  const expectations = [...unless, ...(moment?.when ?? []), ...expect, ...asked].flatMap((each) =>
    withNested(checks, each),
  );
  const targets = expectations.flatMap((each) => checkOf(checks, each).targets(each));
  const roles = targets.flatMap((target) => [target, ...rolesInside(target)]);
  return roles.filter((role): role is PastRole => (role.kind === 'dc' || role.kind === 'holder') && role.was);
}

/** The roles that identify a target: those behind `any other than`. */
function rolesInside(target: Target): readonly Target[] {
  return target.kind === 'other' ? [...rolesInside(target.than), target.than] : [];
}

async function resolveRole(session: RunSession, target: Target): Promise<string> {
  const { recorded, read, haNodes } = session;
  const { instance, clock, slowness, random, signal } = session.deps;
  const view: TargetView = {
    lab: instance.lab,
    recorded,
    states: async () => statesThatCount(await Promise.all(haNodes.map(read.state))),
    choose: (candidates) => candidates[Math.floor(random() * candidates.length)] ?? '',
  };
  const deadline = clock.monotonicMs() + stretched(ROLE_WITHIN_MS, slowness());
  for (;;) {
    try {
      // The role behind `any other than` was resolved just now, and a second answer might differ.
      return await untilAborted(resolveTarget(asRecorded(target, recorded), view), signal);
    } catch (error) {
      const mayPass =
        isLabError(error) &&
        error.code === 'role-unresolved' &&
        !isPast(target) &&
        target.kind !== 'all' &&
        target.kind !== 'storage' &&
        target.kind !== 'client';
      if (!mayPass || clock.monotonicMs() >= deadline) throw error;
      await clock.sleep(ASK_EVERY_MS, signal);
    }
  }
}

function asRecorded(target: Target, recorded: ReadonlyMap<string, string>): Target {
  if (target.kind !== 'other') return target;
  const name = recorded.get(roleKey(target.than));
  return name === undefined ? target : { kind: 'other', than: { kind: 'node', name } };
}

/** What targets are resolved against. */
interface TargetView {
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

/**
 * The fault with its roles replaced by their nodes; on several nodes, one for each. Throws LabError `role-unresolved` where two roles mean one node, or where
 * no node is left for the rest.
 */
function resolveFault(
  fault: Fault,
  nodes: ReadonlyMap<Target, string>,
  table: FaultTable,
  lab: Lab,
): readonly ResolvedFault[] {
  const named = withNodes(fault, (target) => nodeOf(target, nodes));
  const names = nodesNamedBy(named);
  const twice = names.find((node, index) => names.indexOf(node) !== index);
  if (twice !== undefined)
    throw new LabError(
      'role-unresolved',
      `two roles of ${fault.kind} mean ${twice}, and each must mean a different node`,
      {
        data: { node: twice },
      },
    );
  const driver = driverOf(table, fault);
  return eachOf(driver, named).map((each) => driver.complete?.(each, lab) ?? each);
}

function nodeOf(target: Target, nodes: ReadonlyMap<Target, string>): string {
  const node = nodes.get(target);
  if (node === undefined) throw new LabError('bug', `a target of kind ${target.kind} was not resolved`);
  return node;
}
