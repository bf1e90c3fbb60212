import type { ClusterState } from '../../model/cluster-state.js';
import { baseId } from '../../model/resource-tree.js';
import { answerWithKnown } from '../known-names.js';
import {
  type Container,
  containersOf,
  isPromoted,
  isStarted,
  isUnpromoted,
  type ResourceView,
  runsOnExactly,
  touches,
} from '../resource-view.js';
import { describeView } from '../state-wording.js';
import type { Said } from './said.js';

interface PlaceWord {
  /** How it stands before the node's name. */
  readonly says: string;
  holds(view: ResourceView, node: string): boolean;
}

/** Methods that say of a resource on which node it is. */
export const PLACE_WORDS: Readonly<Record<string, PlaceWord>> = {
  startedOn: { says: 'started on', holds: isStarted },
  promotedOn: { says: 'promoted on', holds: isPromoted },
  unpromotedOn: { says: 'unpromoted on', holds: isUnpromoted },
  touching: { says: 'active on', holds: touches },
};

export const CONTAINER_WORDS = { inGroup: 'group', inClone: 'clone', inBundle: 'bundle' } as const;

export function sayPlaceWord(said: Said, { says, holds }: PlaceWord, node: string): void {
  const view = said.as('resource');
  const claim = { is: `${view.id} to be ${says} ${node}`, isNot: `${view.id} not to be ${says} ${node}` };
  said.knownNode(node, claim);
  said.claim(holds(view, node), { ...claim, seen: describeView(view) });
}

export function sayRunningOn(said: Said, ...nodes: readonly string[]): void {
  const view = said.as('resource');
  const exactly = `exactly ${nodes.join(', ') || 'no node'}`;
  const claim = { is: `${view.id} to run on ${exactly}`, isNot: `${view.id} not to run on ${exactly}` };
  for (const node of nodes) said.knownNode(node, claim);
  said.claim(runsOnExactly(view, nodes), { ...claim, seen: describeView(view) });
}

export function sayInContainer(said: Said, kind: Container['kind'], id: string): void {
  const view = said.as('resource');
  const state = said.stateAround();
  const known = containersOf(state).flatMap((container) => (container.kind === kind ? [container.id] : []));
  const isThere = known.some((own) => answersTo(own, id));
  const inside = placesOf(view).every((around) => around.some((own) => answersTo(own, id)));
  said.claim(isThere && inside, {
    is: `${view.id} to be in the ${kind} ${id}`,
    isNot: `${view.id} not to be in the ${kind} ${id}`,
    seen: isThere ? whereIs(view, state) : `there is no ${kind} ${id}; ${answerWithKnown(id, known)}`,
  });
}

/** What is around each instance, without what the view itself is of. */
function placesOf({ containers, instances }: ResourceView): readonly (readonly string[])[] {
  const own = containers.map((container) => container.id);
  const around = instances.map(({ within }) => within.filter((id) => !own.includes(id)));
  return around.length > 0 ? around : [[]];
}

function whereIs(view: ResourceView, state: Pick<ClusterState, 'resources'>): string {
  const around = [...new Set(placesOf(view).flat())];
  if (around.length === 0) return 'it stands in nothing';
  const kinds = new Map(containersOf(state).map((container) => [container.id, container.kind]));
  return `it stands in ${around.map((id) => `the ${kinds.get(id) ?? 'container'} ${id}`).join(', ')}`;
}

function answersTo(own: string, id: string): boolean {
  return own === id || baseId(own) === id;
}
