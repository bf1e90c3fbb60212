import { isLabError } from '../model/errors.js';
import { nodesNamedBy } from '../model/fault-nodes.js';
import { haNodesOf } from '../model/lab.js';
import type { Action, ResolvedFault, Step, Target } from '../model/scenario.js';
import { isPast, roleKey, roleText } from '../model/target.js';
import { type CheckTable, checkOf, withNested } from '../ports/check.js';
import { untilAborted } from './deadline.js';
import { resolveFault } from './resolve-fault.js';
import { createRound } from './round.js';
import type { RunSession } from './session.js';

/** Who a step means, as it stood when the step began. */
interface StepTargets {
  /** Those that a command runs on. */
  readonly nodes: readonly string[];
  /** The step's fault, on the nodes that it means. */
  readonly fault?: ResolvedFault;
  /** Of the step's probes, in their order. */
  readonly probeNodes: readonly string[];
  /** Target texts to nodes, for the report. */
  readonly named: Readonly<Record<string, string>>;
}

/** A role may be between two nodes for a moment; past this it means none. */
const ROLE_WITHIN_MS = 10_000;
const ASK_EVERY_MS = 100;

/**
 * Resolves the action's targets and the probes', and records every role among them. A `was` role that no step has
 * recorded yet is recorded now, before anything is done. Throws LabError `role-unresolved`.
 */
export async function resolveStepTargets(session: RunSession, scenario: string, step: Step): Promise<StepTargets> {
  const named: Record<string, string> = {};
  const resolve = async (target: Target): Promise<string> => {
    const node = await resolveRole(session, target);
    if (target.kind === 'node') return node;
    named[roleText(target)] = node;
    if (!isPast(target) || target.kind === 'other') session.recorded.set(roleKey(target), node);
    session.deps.emit({ kind: 'target-resolved', scenario, step: step.id, target: roleText(target), node });
    return node;
  };

  const resolved = new Map<Target, string>();
  for (const target of targetsOfAction(step.action)) {
    for (const role of rolesInside(target)) if (!isPast(role)) await resolve(role);
    if (target.kind !== 'all') resolved.set(target, await resolve(target));
  }
  const { action } = step;
  const fault =
    action.kind === 'fault'
      ? resolveFault(action.fault, resolved, session.deps.faults, session.deps.instance.lab)
      : undefined;
  const everyHaNode = haNodesOf(session.deps.instance.lab).map(({ name }) => name);
  const nodes = action.kind !== 'run' ? [] : action.on.kind === 'all' ? everyHaNode : [...resolved.values()];
  const probeNodes: string[] = [];
  for (const probe of step.probes) probeNodes.push(await resolve(probe.from));
  for (const role of pastRolesIn(session.deps.checks, step)) {
    if (!session.recorded.has(roleKey(role))) await resolve({ ...role, was: false });
  }
  return { nodes, named, probeNodes, ...(fault === undefined ? {} : { fault }) };
}

function targetsOfAction(action: Action): readonly Target[] {
  if (action.kind === 'run') return [action.on];
  return action.kind === 'fault' ? nodesNamedBy(action.fault) : [];
}

type PastRole = Extract<Target, { kind: 'dc' | 'holder' }>;

function pastRolesIn(checks: CheckTable, { expect, unless }: Step): readonly PastRole[] {
  const expectations = [...unless, ...expect].flatMap((each) => withNested(checks, each));
  const targets = expectations.flatMap((each) => checkOf(checks, each).targets(each));
  const roles = targets.flatMap((target) => [target, ...rolesInside(target)]);
  return roles.filter((role): role is PastRole => (role.kind === 'dc' || role.kind === 'holder') && role.was);
}

/** The roles that identify a target: those behind `any other than`. */
function rolesInside(target: Target): readonly Target[] {
  return target.kind === 'other' ? [...rolesInside(target.than), target.than] : [];
}

async function resolveRole(session: RunSession, target: Target): Promise<string> {
  const { clock, pace, random, signal } = session.deps;
  const choose = (candidates: readonly string[]) => candidates[Math.floor(random() * candidates.length)] ?? '';
  const deadline = clock.monotonicMs() + ROLE_WITHIN_MS * pace().factor;
  for (;;) {
    try {
      // What `any other than` is other than has just been recorded, and must not be asked twice with two answers.
      return await untilAborted(createRound(session).resolveWith(asRecorded(target, session.recorded), choose), signal);
    } catch (error) {
      const mayPass =
        isLabError(error) &&
        error.code === 'role-unresolved' &&
        !isPast(target) &&
        target.kind !== 'all' &&
        target.kind !== 'storage';
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
