import type { ClusterState, ResourceRole, ResourceState } from '../model/cluster-state.js';

/** Everything in one reading that goes by one id: a primitive, the instances of a clone, or the members of a group. */
export interface ResourceView {
  readonly id: string;
  readonly instances: readonly ResourceState[];
}

const ACTIVE: readonly ResourceRole[] = ['Started', 'Promoted', 'Unpromoted'];

/** Instances of a unique clone carry a number, `ClusterIP:0`; they answer to the name without it too. */
export function viewOf(state: ClusterState, id: string): ResourceView {
  const answers = (name: string): boolean => name === id || name.replace(/:\d+$/, '') === id;
  return { id, instances: state.resources.filter((resource) => answers(resource.id) || resource.within.some(answers)) };
}

/** Every member has an instance in good health, on `node` where one is given; none that is no clone runs twice. */
export function isStarted(view: ResourceView, node?: string): boolean {
  return inRole(view, ACTIVE, node) && view.instances.every((instance) => instance.nodes.length <= 1);
}

/** No instance runs anywhere, none is on its way, and none is in an unknown state. */
export function isStopped(view: ResourceView): boolean {
  return (
    view.instances.length > 0 && view.instances.every(({ role, nodes }) => role === 'Stopped' && nodes.length === 0)
  );
}

export function isPromoted(view: ResourceView, node?: string): boolean {
  return inRole(view, ['Promoted'], node);
}

export function isUnpromoted(view: ResourceView, node?: string): boolean {
  return inRole(view, ['Unpromoted'], node);
}

/** Whether anything of it is active there, in whatever health. */
export function touches(view: ResourceView, node: string): boolean {
  return view.instances.some((instance) => instance.nodes.includes(node));
}

function inRole(view: ResourceView, roles: readonly ResourceRole[], node?: string): boolean {
  const ids = new Set(view.instances.map(({ id }) => id));
  const fits = ({ role, failed, nodes }: ResourceState): boolean =>
    roles.includes(role) && !failed && (node === undefined ? nodes.length > 0 : nodes.includes(node));
  return (
    ids.size > 0 && [...ids].every((id) => view.instances.some((instance) => instance.id === id && fits(instance)))
  );
}
