import type { CibOperation } from '../model/cib.js';
import type { ClusterState } from '../model/cluster-state.js';
import { groupBy } from '../model/group-by.js';
import type { NodeReport } from '../model/node-look.js';
import { baseId, instancesOf } from '../model/resource-tree.js';

/** Where a resource is active, and for how long. */
export interface Placement {
  readonly resource: string;
  readonly nodes: readonly string[];
  /** Absent where the cluster keeps no record of the start, or it is active in several places. */
  readonly since?: {
    readonly forMs: number /** It was found running then: it may have started earlier. */;
    readonly atLeast: boolean;
  };
}

/** Pure. What a state says runs, in the order of its list; how long by the operations that the nodes' CIBs keep. */
export function placementsOf(state: ClusterState, reports: readonly NodeReport[] = []): readonly Placement[] {
  const running = instancesOf(state).filter(({ nodes, role }) => nodes.length > 0 && role !== 'Stopped');
  return [...groupBy(running, ({ id }) => id)].map(([resource, instances]) => {
    const nodes = [...new Set(instances.flatMap((each) => each.nodes))];
    const since = nodes.length === 1 ? sinceOf(resource, nodes[0] ?? '', reports) : undefined;
    return { resource, nodes, ...(since === undefined ? {} : { since }) };
  });
}

/** Compared with the clock of the node that executed it, which may differ from this machine's. */
function sinceOf(resource: string, node: string, reports: readonly NodeReport[]): Placement['since'] {
  const clockS = reports.find(({ reading }) => reading.node === node)?.look?.clockS;
  const cib = reports.flatMap(({ look }) => look?.cib ?? []).toSorted((a, b) => b.version.epoch - a.version.epoch)[0];
  const found = (cib?.operations ?? [])
    .filter((each) => each.node === node && baseId(each.resource) === baseId(resource) && isBeginning(each))
    .toSorted((one, other) => (other.lastChangeS ?? 0) - (one.lastChangeS ?? 0))[0];
  if (clockS === undefined || found?.lastChangeS === undefined) return undefined;
  const forMs = Math.max(0, Math.round((clockS - found.lastChangeS) * 1000));
  return { forMs, atLeast: found.operation === 'monitor' };
}

/** A start that succeeded, or a probe that found it running already. */
function isBeginning({ operation, rcCode, intervalMs }: CibOperation): boolean {
  if (rcCode !== 0) return operation === 'monitor' && intervalMs === 0 && rcCode === 8;
  return ['start', 'promote', 'migrate_from'].includes(operation) || (operation === 'monitor' && intervalMs === 0);
}
