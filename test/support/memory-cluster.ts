import { disagreements } from '../../src/cluster/agreement.js';
import { CLUSTER_COMMANDS } from '../../src/cluster/create-cluster.js';
import type { ClusterMoment } from '../../src/model/breakdown.js';
import type { ClusterState, StatusReading, TimeConstants } from '../../src/model/cluster-state.js';
import { isLabError, LabError } from '../../src/model/errors.js';
import { instancesOf } from '../../src/model/resource-tree.js';
import type { FormationStage } from '../../src/model/scenario.js';
import type { Clock } from '../../src/ports/clock.js';
import type { ClusterPort } from '../../src/ports/cluster.js';
import type { Transport } from '../../src/ports/transport.js';
import { CONSTANTS, type MemoryWorld } from './memory-world.js';

/** Ways in which the cluster software can be made to misbehave. */
export interface ClusterMischief {
  /** Changes what `pcs status` says. */
  pcsStatus?: (state: ClusterState) => ClusterState;
  /** Changes what crm_mon says. */
  state?: (state: ClusterState, node: string) => ClusterState;
  /** What the cluster's time constants are. */
  constants?: TimeConstants;
  /** What a node's journal tells of a failover. */
  history?: (node: string) => readonly ClusterMoment[];
  /** Stages that fail, with their message. */
  formation?: Partial<Record<FormationStage, string>>;
}

export function createMemoryCluster(
  worldOf: (transport: Transport) => MemoryWorld,
  clock: Clock,
  mischief: ClusterMischief,
): ClusterPort {
  async function read(
    transport: Transport,
    signal: AbortSignal | undefined,
    told: (state: ClusterState) => Partial<StatusReading>,
  ): Promise<StatusReading> {
    const at = clock.now();
    const node = transport.node;
    try {
      await transport.exec(['true'], { timeoutMs: 60_000, ...(signal ? { signal } : {}) });
    } catch (error) {
      if (!isLabError(error)) throw error;
      return { node, at, problem: { kind: 'unreachable', message: error.message } };
    }
    const state = worldOf(transport).viewOf(node);
    if (state === undefined)
      return { node, at, problem: { kind: 'cluster-down', message: `the cluster is not running on ${node}` } };
    return { node, at, ...told(mischief.state?.(state, node) ?? state) };
  }

  return {
    commands: CLUSTER_COMMANDS,
    readState: (transport, signal) => read(transport, signal, (state) => ({ state })),
    readPcsStatus: (transport, signal) =>
      read(transport, signal, (state) => {
        const textState = mischief.pcsStatus?.(state) ?? state;
        return { state, textState, text: textOf(textState) };
      }),
    disagreements: ({ textState }, { state }) => (textState && state ? disagreements(textState, state) : []),
    async readTimeConstants(transport) {
      await transport.exec(['true'], { timeoutMs: 10_000 });
      if (!worldOf(transport).nodes.get(transport.node)?.clusterRuns)
        throw new LabError('status-unreadable', `corosync is not running on ${transport.node}`);
      return mischief.constants ?? CONSTANTS;
    },
    async readHistory(transport) {
      await transport.exec(['true'], { timeoutMs: 10_000 });
      return mischief.history?.(transport.node) ?? [];
    },
    async resourceWith(address, transport) {
      return [...worldOf(transport).resources.values()].find((each) => each.address === address)?.id;
    },
    async form(stage, { lab, transport }) {
      const message = mischief.formation?.[stage];
      if (message !== undefined) throw new LabError('formation-failed', message);
      const world = worldOf(await transport(lab.nodes.find((node) => node.role === 'ha')?.name ?? ''));
      let changed = false;
      for (const node of world.nodes.values()) {
        if (lab.nodes.find(({ name }) => name === node.name)?.role !== 'ha') continue;
        const key = stage === 'start' ? 'clusterRuns' : stage === 'enable' ? 'clusterEnabled' : undefined;
        if (key === undefined || node[key]) continue;
        node[key] = true;
        changed = true;
      }
      world.changed();
      return { changed, seen: `${stage} ${changed ? 'done' : 'was done already'}` };
    },
  };
}

function textOf(state: ClusterState): string {
  const names = (online: boolean) =>
    state.nodes
      .filter((node) => node.online === online)
      .map(({ name }) => name)
      .join(' ');
  return [
    `Cluster name: ${state.clusterName}`,
    ...state.warnings.map((warning) => `WARNING: ${warning}`),
    `  * Current DC: ${state.dc?.name ?? 'NONE'} - partition ${state.quorate ? 'with' : 'WITHOUT'} quorum`,
    `  * Online: [ ${names(true)} ]`,
    `  * OFFLINE: [ ${names(false)} ]`,
    ...instancesOf(state).map(({ id, agent, role, nodes }) => `  * ${id}\t(${agent}):\t ${role} ${nodes.join(' ')}`),
    '',
  ].join('\n');
}
