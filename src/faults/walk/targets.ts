import type { RawFault } from './row.js';
import type { Scene, WalkResource } from './scene.js';

/** Everybody that a fault may be on, by name and by role. */
export function anybody({ hosts, resources }: Scene): readonly string[] {
  return [...hosts, '{dc}', ...resources.map(({ id }) => holderOf(id))];
}

export function holderOf(resource: string): string {
  return `{holder of ${resource}}`;
}

/** The node that a target meant when its step began: a role may mean another one since. */
export function wasOf(target: string): string {
  return /^\{(?:dc|holder of \S+)\}$/.test(target) ? `{was ${target.slice(1)}` : target;
}

/** Whoever that node is not. */
export function othersThan(target: string, { hosts }: Scene): readonly string[] {
  return isRole(target) ? [`{any other than ${wasOf(target).slice(1)}`] : hosts.filter((host) => host !== target);
}

export function isRole(target: string): boolean {
  return target.startsWith('{');
}

/** Undefined of what is on no node in particular. */
export function targetOf(fault: RawFault): string | undefined {
  return 'node' in fault ? fault.node : undefined;
}

/** Resources that somebody holds whom the fault may be on. */
export function held({
  scene,
  on,
}: {
  readonly scene: Scene;
  readonly on: readonly string[];
}): readonly WalkResource[] {
  return scene.resources.filter(({ id }) => on.includes(holderOf(id)));
}
