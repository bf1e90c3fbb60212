import { type ClusterState, type Primitive, STATUS_PARTS } from '../../model/cluster-state.js';
import { instancesOf } from '../../model/resource-tree.js';
import type { StatusDraft } from './draft.js';

/** What was read, without a judgement on whether it is whole. */
export function stateFromDraft(draft: StatusDraft): ClusterState {
  const { said, dc, lastChange } = draft;
  return {
    ...said,
    ...(dc.name !== undefined ? { dc: { ...dc, name: dc.name } } : dc.version && { dcVersion: dc.version }),
    ...(lastChange.at === undefined ? {} : { lastChange: { ...lastChange, at: lastChange.at } }),
    options: draft.options,
    counts: draft.counts,
    nodes: [...draft.nodes.values()],
    resources: [...onlyUnderNodes(draft), ...draft.resources],
    failedActions: draft.failedActions,
    failedFencing: draft.failedFencing,
    fencingHistory: draft.fencingHistory,
    tickets: draft.tickets,
    bans: draft.bans,
    attributes: draft.attributes,
    failCounts: draft.failCounts,
    daemons: draft.daemons,
    pcsd: Object.fromEntries(draft.pcsd),
    warnings: draft.warnings,
    errors: draft.errors,
    printed: STATUS_PARTS.filter((part) => draft.printed.has(part)),
    unparsed: draft.unparsed,
    truncated: [],
  };
}

/** `crm_mon -n -r` prints what is partly active twice: under its node, and in full under `Inactive Resources`. */
function onlyUnderNodes({ underNodes, resources }: StatusDraft): readonly Primitive[] {
  if (underNodes.length === 0) return [];
  const keyOf = ({ id, nodes }: Primitive): string => `${id} ${nodes.join(' ')}`;
  const inTree = new Set(instancesOf({ resources }).map(keyOf));
  return underNodes.filter((primitive) => !inTree.has(keyOf(primitive)));
}
