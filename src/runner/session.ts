import type { ProbeResult, RunEvent } from '../model/event.js';
import type { ActiveFault } from '../model/fault-effect.js';
import { haNodesOf, type LabInstance } from '../model/lab.js';
import type { Pace } from '../model/pace.js';
import type { Installable } from '../model/scenario.js';
import type { Auditor } from '../ports/audit.js';
import type { Backend } from '../ports/backend.js';
import type { CheckTable } from '../ports/check.js';
import type { Clock } from '../ports/clock.js';
import type { ClusterPort } from '../ports/cluster.js';
import { activeFaults, type FaultContext, type FaultTable } from '../ports/fault.js';
import type { Isolating } from '../ports/isolation.js';
import type { ProbeDriver } from '../ports/probe.js';
import type { FaultJournal, JournalEntry, RunFolder } from '../ports/store.js';
import type { Transport } from '../ports/transport.js';
import { createConnections } from './connections.js';
import { createNodeReader, type NodeReader } from './reader.js';
import { createLastObservation, createScenarioTimes, type LastObservation, type ScenarioTimes } from './run-memory.js';
import { createTimeKeeper, type TimeKeeper } from './time-constants.js';

/** Everything a run needs from outside. */
export interface RunDeps {
  readonly instance: LabInstance;
  readonly backend: Backend;
  readonly cluster: ClusterPort;
  readonly checks: CheckTable;
  readonly faults: FaultTable;
  /** Absent where nothing is to be audited. */
  readonly auditor?: Auditor;
  /** Absent where a scenario takes the lab as the one before leaves it. */
  readonly isolating?: Isolating;
  readonly probe: ProbeDriver;
  /** Brings a program of halab's own to a node and says what is there now; may run twice. */
  readonly install: (what: Installable, transport: Transport) => Promise<string>;
  readonly journal: FaultJournal;
  readonly folder: RunFolder;
  readonly clock: Clock;
  readonly haclusterPassword: string;
  /** Of the nodes; known once the lab is up. */
  readonly pace: () => Pace;
  /** In [0, 1). */
  readonly random: () => number;
  readonly emit: (event: RunEvent) => void;
  /** Ends waits; never handed to what undoes faults. */
  readonly signal: AbortSignal;
}

/** What steps of one run share: the ways into nodes, and what is remembered from step to step. */
export interface RunSession {
  readonly deps: RunDeps;
  readonly haNodes: readonly string[];
  readonly read: NodeReader;
  readonly time: TimeKeeper;
  /** The one connection to this node; opened when first asked for, anew after `node-unreachable`. */
  transport(node: string): Promise<Transport>;
  /** For fault drivers; does not see the run's signal. */
  readonly faultContext: FaultContext;
  /** Role to node, in the running scenario. */
  readonly recorded: Map<string, string>;
  /** What each probe of the running scenario measured. */
  readonly probes: Map<string, ProbeResult>;
  readonly times: ScenarioTimes;
  /** Step id to the fault it injected, in the running scenario. */
  readonly injected: Map<string, JournalEntry>;
  /** Through the whole run. */
  readonly observed: LastObservation;
  /** A journal id that no other fault of the run has. */
  nextFaultId(scenario: string, step: string): string;
  /** Forgets what an earlier scenario recorded. */
  beginScenario(): void;
  /** Forgets the lab as well: it was made again. */
  beginLab(): void;
  close(): Promise<void>;
}

export function createRunSession(deps: RunDeps): RunSession {
  const { instance, backend, cluster, clock, folder } = deps;
  const haNodes = haNodesOf(instance.lab).map((node) => node.name);
  const connections = createConnections(instance, backend, deps.pace);
  const transport = (node: string) => connections.to(node);
  const recorded = new Map<string, string>();
  const probes = new Map<string, ProbeResult>();
  const injected = new Map<string, JournalEntry>();
  const times = createScenarioTimes(clock);
  const observed = createLastObservation();
  const time = createTimeKeeper(haNodes, transport, cluster, clock, deps.pace);
  let faultCount = 0;

  const session: RunSession = {
    deps,
    haNodes,
    transport,
    read: createNodeReader(connections, cluster, clock, deps.pace),
    time,
    faultContext: { instance, backend, clock, transport },
    recorded,
    probes,
    times,
    injected,
    observed,
    nextFaultId(scenario, step) {
      faultCount += 1;
      return `${folder.id}/${scenario}/${step}/${faultCount}`;
    },
    beginScenario() {
      times.beginScenario();
      recorded.clear();
      probes.clear();
      injected.clear();
    },
    beginLab() {
      observed.forget();
      session.beginScenario();
      time.forget();
      for (const { name } of instance.lab.nodes) connections.forget(name);
    },
    close: () => connections.close(),
  };
  return session;
}

/** Those that the journal holds. */
export function activeIn({ deps: { journal, faults, instance } }: Pick<RunSession, 'deps'>): readonly ActiveFault[] {
  return activeFaults(
    journal.pending().map(({ fault }) => fault),
    faults,
    instance.lab,
  );
}
