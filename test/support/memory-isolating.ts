import type { NodeObservation } from '../../src/model/observation.js';
import type { Auditor, AuditTable } from '../../src/ports/audit.js';
import type { CibPart, CibSnapshot, CibSnapshots, Isolating } from '../../src/ports/isolation.js';
import type { FaultJournal } from '../../src/ports/store.js';
import type { MemoryLab } from './memory-lab.js';
import type { MemoryResource, MemoryWorld } from './memory-world.js';

/** Keeps scenarios apart in a simulated lab; `remade` counts how often the lab was recreated, `kept` where its evidence was stored. */
export function createMemoryIsolating(lab: MemoryLab, journal: FaultJournal, parts: Partial<Isolating> = {}) {
  const remade = { times: 0 };
  const kept: string[] = [];
  const isolating: Isolating = {
    snapshots: createMemorySnapshots(lab),
    auditor: createMemoryAuditor(lab),
    async keepEvidence(place) {
      kept.push(`${place}, lab ${remade.times + 1}`);
    },
    async remake(onProgress) {
      remade.times += 1;
      // With a lab goes all that is remembered of it.
      for (const { id } of journal.pending()) journal.close(id);
      lab.mischief.stuck.clear();
      await lab.backend.down(lab.lab.name);
      await lab.backend.up(lab.instance(), { onProgress: ({ text }) => onProgress(text) });
    },
    ...parts,
  };
  return { isolating, remade, kept };
}

/** What a node of a simulated lab says for itself; nothing is ever judged by it. */
function createMemoryAuditor(lab: MemoryLab): Auditor {
  return {
    table: {} as AuditTable,
    pendingActivityIn: () => undefined,
    async observe(transport): Promise<NodeObservation> {
      await transport.exec(['true'], { timeoutMs: 1_000 });
      const { node } = transport;
      const world = lab.world();
      const { clusterRuns, clusterEnabled } = world.nodes.get(node) ?? {};
      const status = world.viewOf(node);
      const units = ['corosync', 'pacemaker'].map((name) => ({
        name,
        active: clusterRuns ? 'active' : 'inactive',
        enabled: clusterEnabled ? 'enabled' : 'disabled',
        mainPid: 1,
        restarts: 0,
      }));
      const addresses = world.addressesOf(node).map((address) => ({ device: 'eth1', address, prefix: 24, up: true }));
      if (status === undefined) return { node, answered: true, problems: {}, units, addresses };
      const members = status.nodes.filter(({ online }) => online).map(({ name }) => ({ id: name, name }));
      return {
        node,
        answered: true,
        problems: {},
        units,
        addresses,
        status,
        controller: status.dc?.name === node ? 'S_IDLE' : 'S_NOT_DC',
        ...(status.dc === undefined ? {} : { dc: status.dc.name }),
        quorum: { quorate: status.quorate === true, nodeId: node, ringId: '1', flags: [], members },
      };
    },
    askForMacs: async (transport, { address }) => ({ address, from: transport.node, macs: [] }),
  };
}

function createMemorySnapshots(lab: MemoryLab): CibSnapshots {
  return {
    async take(transport) {
      await transport.exec(['true'], { timeoutMs: 1_000 });
      return keptOf(lab.world());
    },
    async restore(_transport, { xml }) {
      const world = lab.world();
      const before = JSON.parse(xml) as Readonly<Record<'resources' | 'properties', readonly [string, never][]>>;
      world.resources.clear();
      for (const [id, resource] of before.resources)
        world.resources.set(id, {
          ...(resource as MemoryResource),
          banned: new Set((resource as { banned: [] }).banned),
        });
      world.properties.clear();
      for (const [name, value] of before.properties) world.properties.set(name, value);
    },
  };
}

function keptOf({ resources, properties }: MemoryWorld): CibSnapshot {
  const plain = [...resources].map(
    ([id, { holder: _, banned, ...resource }]) => [id, { ...resource, banned: [...banned].sort() }] as const,
  );
  const parts: CibPart[] = [
    ...plain.map(([id, { banned: _, ...resource }]) => ({
      kind: 'resources' as const,
      id,
      digest: JSON.stringify(resource),
    })),
    ...plain.flatMap(([id, { banned }]) =>
      banned.map((node) => ({ kind: 'constraints' as const, id: `${id}-not-on-${node}`, digest: '' })),
    ),
    ...[...properties].map(([id, digest]) => ({ kind: 'properties' as const, id, digest })),
  ];
  return {
    xml: JSON.stringify({ resources: plain, properties: [...properties] }),
    parts,
    failures: [],
    attributes: [],
  };
}
