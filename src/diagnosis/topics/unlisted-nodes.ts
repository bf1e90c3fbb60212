import { message } from '../../messages/message.js';
import type { ClusterState } from '../../model/cluster-state.js';
import { mayHideGuests } from '../../model/unlisted-guests.js';
import { type ExplanationTable, step } from '../explanation.js';
import { type Facts, isReplicaNode, selectsNodes, wasPrinted } from '../facts.js';
import { about, type DiagnosisItem, item, type Payloads, READING } from '../item.js';

/** Nodes that the list of nodes does not have, and that resources name or the summary counts. */
export function unlistedNodeItems(facts: Facts): readonly DiagnosisItem[] {
  return [...namedElsewhere(facts), ...countedOnly(facts)];
}

/**
 * A name that only resources give. crm_mon does not list guest nodes that are offline; but the name may as well be misspelt or
 * edited. Where no member is listed, the list is only a part, and a guest's host is named with the guest.
 */
function namedElsewhere({ state, instances }: Facts): readonly DiagnosisItem[] {
  if (!state.nodes.some(({ type }) => type === 'member') || selectsNodes(state)) return [];
  const known = new Set(state.nodes.flatMap(({ name, host }) => [name, ...(host === undefined ? [] : [host])]));
  const there = new Map<string, string[]>();
  for (const { id, nodes } of instances)
    for (const node of nodes) if (!known.has(node)) there.set(node, [...(there.get(node) ?? []), id]);
  return [...there].map(([node, resources]) =>
    item('node-unlisted', 'warning', about('node', node), { resources, as: whatUnlistedIs(node, state) }),
  );
}

function whatUnlistedIs(name: string, state: ClusterState): Payloads['node-unlisted']['as'] {
  if (isReplicaNode(name, state)) return 'replica';
  const { counts, nodes, truncated } = state;
  return truncated.length === 0 && nodes.length >= (counts.nodes ?? Number.POSITIVE_INFINITY) ? 'mismatch' : 'unknown';
}

/** Guests that are offline, or a part of the list that is missing. */
function countedOnly({ state }: Facts): readonly DiagnosisItem[] {
  const { counts, nodes, truncated } = state;
  const counted = counts.nodes ?? 0;
  const listed = nodes.length;
  if (!wasPrinted(state, 'nodes') || listed === 0 || listed >= counted || truncated.length > 0) return [];
  if (mayHideGuests(state) || selectsNodes(state)) return [];
  return [item('nodes-not-listed', 'warning', READING, { listed, counted })];
}

export const UNLISTED_NODE_EXPLANATIONS = {
  'node-unlisted': ({ payload: { as } }) => ({
    means: message(`node-unlisted.means.${as}`),
    next: [
      as === 'mismatch'
        ? step('crm_node -l', 'node-leftover.crm-node')
        : step('crm_mon -1 --inactive', 'node-unlisted.crm-mon'),
    ],
  }),
  'nodes-not-listed': () => ({ next: [step('crm_node -l', 'node-leftover.crm-node')] }),
} satisfies Partial<ExplanationTable>;
