import type { ClusterState } from './cluster-state.js';
import { nearest } from './nearest.js';
import { instancesOf } from './resource-tree.js';
import { containersOf, isKnown, viewOf } from './resource-view.js';
import { listed } from './state-text.js';

/** `known are a, b; did you mean b?` */
export function answerWithKnown(asked: string, known: readonly string[]): string {
  const near = known.includes(asked) ? undefined : nearest(asked, known);
  return `known are ${listed(known, 'none')}${near === undefined ? '' : `; did you mean ${near}?`}`;
}

export function knownNodes({ nodes }: Pick<ClusterState, 'nodes'>): readonly string[] {
  return nodes.map(({ name }) => name);
}

/** Where something may be said to be: the nodes, and wherever something is although it is not listed. */
export function knownPlaces(state: ClusterState): readonly string[] {
  return [...new Set([...knownNodes(state), ...instancesOf(state).flatMap(({ nodes }) => nodes)])];
}

/** Groups, clones and bundles by their ids as well as what stands in them. */
export function knownResources(state: ClusterState): readonly string[] {
  return [...new Set([...containersOf(state), ...instancesOf(state)].map(({ id }) => id))];
}

/** Behind what was looked through for this resource: nothing where it is known. */
export function hintOfResource(state: ClusterState, id: string): string {
  if (state.resources.length === 0 || isKnown(viewOf(state, id))) return '';
  return `; no resource ${id} is listed: ${answerWithKnown(id, knownResources(state))}`;
}
