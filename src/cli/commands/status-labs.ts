import { type Silence, type View, viewsOf } from '../../diagnosis/views.js';
import type { StatusReading } from '../../model/cluster-state.js';
import { haNodesOf, type LabInstance } from '../../model/lab.js';
import type { Backend, LabStatus } from '../../ports/backend.js';
import type { JournalEntry } from '../../ports/store.js';
import { journalFile, requireInstance } from '../../store/instances.js';
import { createFaultJournal } from '../../store/journal.js';
import { systemClock } from '../../system/clock.js';
import type { Settings } from '../settings.js';
import { backendOf } from '../wire.js';

export interface LabView extends LabStatus {
  /** Faults that are in force, or may be. */
  readonly faults: readonly JournalEntry[];
  /** What each running HA node says of the cluster. */
  readonly cluster: readonly StatusReading[];
  /** The same put together: what the nodes agree on, once. */
  readonly views: readonly View[];
  readonly silent: readonly Silence[];
}

/** Asks one node of a lab; never throws for what is wrong with the node. */
export type AskNode = (backend: Backend, instance: LabInstance, node: string) => Promise<StatusReading>;

/** A lab as it is now: its nodes, the cluster as each of them sees it, and what is broken. */
export async function lookAtLab(settings: Settings, name: string, ask: AskNode): Promise<LabView> {
  const instance = requireInstance(settings.stateDir, name);
  const backend = await backendOf(instance, settings);
  const lab = await backend.status(instance);
  const faults = createFaultJournal(journalFile(settings.stateDir, name), systemClock).pending();
  const running = haNodesOf(instance.lab).filter(({ name: node }) =>
    lab.nodes.some((each) => each.node === node && each.state === 'running'),
  );
  const cluster = await Promise.all(running.map(({ name: node }) => ask(backend, instance, node)));
  return { ...lab, faults, cluster, ...viewsOf(cluster) };
}
