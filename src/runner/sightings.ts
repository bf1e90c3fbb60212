import type { Cib } from '../model/cib.js';
import { compareVersions } from '../model/cib.js';
import { cibChangesBetween } from '../model/cib-changes.js';
import type { RunEvent } from '../model/event.js';
import { type NodeView, viewOfObservation, viewOfReading } from '../model/node-view.js';
import type { LabObservation } from '../model/observation.js';
import type { LastObservation, NodeReader } from './session.js';

/** Passes on what is read of nodes, and emits an event whenever a node reports something else than before. */
export function createSightings(emit: (event: RunEvent) => void) {
  const last = new Map<string, string>();
  let configuration: Cib | undefined;

  function see(node: string, view: NodeView): void {
    const text = JSON.stringify(view);
    if (last.get(node) === text) return;
    last.set(node, text);
    emit({ kind: 'node-seen', node, view });
  }

  function seeConfiguration(observation: LabObservation): void {
    const newest = newestCibIn(observation);
    if (newest === undefined || newest.configurationDigest === configuration?.configurationDigest) return;
    const changes = cibChangesBetween(configuration, newest);
    configuration = newest;
    if (changes.length > 0) emit({ kind: 'configuration-changed', changes });
  }

  return {
    /** Forgets what nodes reported, because they were recreated. */
    forget: () => last.clear(),
    watching(reader: NodeReader): NodeReader {
      return {
        ...reader,
        async state(node) {
          const reading = await reader.state(node);
          see(node, viewOfReading(reading));
          return reading;
        },
      };
    },
    watchingKept(observed: LastObservation): LastObservation {
      return {
        ...observed,
        keep(observation) {
          for (const each of observation.nodes) see(each.node, viewOfObservation(each));
          seeConfiguration(observation);
          observed.keep(observation);
        },
      };
    },
  };
}

/** Of the nodes with quorum where there are any. */
function newestCibIn({ nodes }: LabObservation): Cib | undefined {
  const quorate = nodes.filter(({ quorum }) => quorum?.quorate === true);
  const copies = (quorate.length > 0 ? quorate : nodes).flatMap(({ cib }) => cib ?? []);
  return copies.toSorted((one, other) => compareVersions(other.version, one.version))[0];
}
