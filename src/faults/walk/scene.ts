import { haNodesOf, type Lab, type LabNode } from '../../model/lab.js';
import type { Scenario } from '../../model/scenario.js';

/** A fault as a file has it, of whatever kind. */
export interface RawFault {
  readonly kind: string;
  readonly node?: string;
  readonly [parameter: string]: unknown;
}

/** A resource that the set-ups create and that is in one place at a time. */
export interface WalkResource {
  readonly id: string;
  readonly agent: string;
  /** IPv4 without prefix, of those that bring one to their node. */
  readonly address?: string;
}

/** What a walk draws from: the lab, what its set-ups leave in it, and what its backend can break. */
export interface Scene {
  readonly lab: Lab;
  /** HA nodes by name. */
  readonly hosts: readonly string[];
  readonly resources: readonly WalkResource[];
  /** Whether a node that is lost is fenced before its resources start elsewhere. */
  readonly isFencing: boolean;
  readonly kinds: readonly string[];
}

/** `setUps` are all the scenarios that the walk requires, in their order, filled in for the lab. */
export function sceneOf(lab: Lab, setUps: readonly Scenario[], kinds: readonly string[]): Scene {
  const lines = setUps.flatMap(({ steps }) =>
    steps.flatMap(({ action }) => (action.kind === 'run' ? [action.argv.join(' ')] : [])),
  );
  return {
    lab,
    hosts: haNodesOf(lab).map(({ name }) => name),
    resources: lines.flatMap(resourcesIn),
    isFencing: fencingSaid(lines) !== 'false',
    kinds,
  };
}

/** Clones are everywhere at once, so no node is their holder. */
function resourcesIn(line: string): readonly WalkResource[] {
  const created = [...line.matchAll(/\bpcs (?:-f \S+ |-\S+ )*resource create (\S+) (\S+)([^;&|\n]*)/g)];
  return created.flatMap(([, id = '', agent = '', options = '']) => {
    if (/\s(?:clone|promotable|master|bundle)(?:\s|$)/.test(options)) return [];
    const address = /\sip=(\d+(?:\.\d+){3})(?:\s|$)/.exec(options)?.[1];
    return [{ id, agent, ...(address === undefined ? {} : { address }) }];
  });
}

/** Pacemaker fences unless stonith-enabled is false. */
function fencingSaid(lines: readonly string[]): string | undefined {
  return lines.flatMap((line) => /\bpcs property set .*\bstonith-enabled=(\w+)/.exec(line)?.[1] ?? []).at(-1);
}

/** Everybody that a fault may be on, by name and by role. */
export function everyTarget({ hosts, resources }: Scene): readonly string[] {
  return [...hosts, '{dc}', ...resources.map(({ id }) => holderOf(id))];
}

export function holderOf(resource: string): string {
  return `{holder of ${resource}}`;
}

/** The node that a target meant when its step began: a role may mean another one since. */
export function wasOf(target: string): string {
  return /^\{(?:dc|holder of \S+)\}$/.test(target) ? `{was ${target.slice(1)}` : target;
}

/** Targets that mean another node than this one; none for `{any other than …}`, which does not nest. */
export function othersThan(target: string, { hosts }: Scene): readonly string[] {
  if (target.startsWith('{any other than ')) return [];
  return isRole(target) ? [`{any other than ${wasOf(target).slice(1)}`] : hosts.filter((host) => host !== target);
}

export function isRole(target: string): boolean {
  return target.startsWith('{');
}

/** Undefined of what is on no node in particular. */
export function targetOf(fault: RawFault): string | undefined {
  return 'node' in fault ? fault.node : undefined;
}

/** Resources whose holder the fault may be on. */
export function held({
  scene,
  on,
}: {
  readonly scene: Scene;
  readonly on: readonly string[];
}): readonly WalkResource[] {
  return scene.resources.filter(({ id }) => on.includes(holderOf(id)));
}

/** Links that every node has that the target may mean. */
export function linksOf(target: string, { lab }: Scene): readonly string[] {
  const nodes = meant(target, lab);
  const [first, ...others] = nodes.map(({ links }) => links.map(({ name }) => name));
  return (first ?? []).filter((link) => others.every((links) => links.includes(link)));
}

function meant(target: string, lab: Scene['lab']): readonly LabNode[] {
  const hosts = haNodesOf(lab);
  return isRole(target) ? hosts : hosts.filter(({ name }) => name === target);
}
