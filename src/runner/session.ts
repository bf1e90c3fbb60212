import type { StatusReading, TimeConstants } from '../model/cluster-state.js';
import type { ProbeResult, RunEvent } from '../model/event.js';
import type { ActiveFault } from '../model/fault-effect.js';
import type { LabInstance } from '../model/lab.js';
import type { LabObservation } from '../model/observation.js';
import type { Installable, TimeExpression } from '../model/scenario.js';
import type { Slowness } from '../model/slowness.js';
import type { Auditor } from '../ports/audit.js';
import type { Backend } from '../ports/backend.js';
import type { CheckTable, StepCommand } from '../ports/check.js';
import type { Clock } from '../ports/clock.js';
import type { ClusterPort } from '../ports/cluster.js';
import { activeFaults, type FaultContext, type FaultTable } from '../ports/fault.js';
import type { Isolating } from '../ports/isolation.js';
import type { ProbeDriver } from '../ports/probe.js';
import type { FaultJournal, JournalEntry, RunFolder } from '../ports/store.js';
import type { ExecResult, Transport } from '../ports/transport.js';

/** Everything a run needs from outside. */
export interface RunDeps {
  readonly instance: LabInstance;
  readonly backend: Backend;
  readonly cluster: ClusterPort;
  readonly checks: CheckTable;
  readonly faults: FaultTable;
  /** Absent where audits are off. */
  readonly auditor?: Auditor;
  /** Absent where each scenario takes the lab as the one before left it. */
  readonly isolating?: Isolating;
  /**
   * The lab was made for this run, which may recreate it; false where it stood before, and may have been used or broken, or hold
   * somebody's work.
   */
  readonly isNewLab: boolean;
  readonly probe: ProbeDriver;
  /** Installs one of halab's own programs on a node and returns what is there now; idempotent. */
  readonly install: (what: Installable, transport: Transport) => Promise<string>;
  readonly journal: FaultJournal;
  readonly folder: RunFolder;
  readonly clock: Clock;
  readonly haclusterPassword: string;
  /** The slowness of the nodes; known once the lab is up. */
  readonly slowness: () => Slowness;
  /** Measures it again before this scenario. Never throws LabError. */
  readonly remeasure?: (scenario: string) => Promise<void>;
  /** In [0, 1). */
  readonly random: () => number;
  readonly emit: (event: RunEvent) => void;
  /** Ends waits; never passed to an undo. */
  readonly signal: AbortSignal;
}

/** What the steps of one run share: connections to nodes, and what is remembered from step to step. */
export interface RunSession {
  readonly deps: RunDeps;
  readonly haNodes: readonly string[];
  readonly read: NodeReader;
  readonly time: TimeKeeper;
  /** The one connection to this node; opened on first use, and again after `node-unreachable`. */
  transport(node: string): Promise<Transport>;
  /** For fault drivers; without the run's signal. */
  readonly faultContext: FaultContext;
  /** Role to node, as resolved in the running scenario. */
  readonly recorded: Map<string, string>;
  /** What each probe of the running scenario measured. */
  readonly probes: Map<string, ProbeResult>;
  readonly times: ScenarioTimes;
  /** Step id to the faults it injected, in the running scenario: several where its fault is on several nodes. */
  readonly injected: Map<string, readonly JournalEntry[]>;
  /** Values that steps took from what their commands printed, by name, in the running scenario. */
  readonly saved: Map<string, string>;
  /** Step id to what its command printed on each node, in the running scenario. */
  readonly printed: Map<string, readonly StepCommand[]>;
  /** Nodes that steps have touched whose audits are left to the step after them. */
  readonly touchedBefore: Set<string>;
  /** Kept for the whole run. */
  readonly observed: LastObservation;
  readonly texts: RecentTexts;
  /** A journal id unique in the run. */
  nextFaultId(scenario: string, step: string): string;
  /** Forgets what the previous scenario recorded. */
  beginScenario(): void;
  /** Forgets the lab as well, because it was recreated. */
  beginLab(): void;
  close(): Promise<void>;
}

/** Queries nodes; no query takes longer than its cap, whatever state the node is in. */
export interface NodeReader {
  /** crm_mon's XML. Never throws. */
  state(node: string): Promise<StatusReading>;
  /** The real `pcs status`. Never throws. */
  pcsStatus(node: string): Promise<StatusReading>;
  /** Throws LabError `node-unreachable` or `command-timeout`. */
  exec(node: string, argv: readonly string[], timeoutMs: number): Promise<ExecResult>;
  /**
   * A query in several parts. Throws LabError `node-unreachable` for a node that shows no sign of life, `command-timeout` for
   * one that is alive but too slow.
   */
  observe<T>(node: string, ask: (transport: Transport, signal: AbortSignal) => Promise<T>): Promise<T>;
}

export interface TimeKeeper {
  /** Throws LabError `status-unreadable` where the expression names a constant that no node returns. */
  ms(expression: TimeExpression): Promise<number>;
  /** The value, if it is known without asking the cluster. */
  knownMs(expression: TimeExpression): number | undefined;
  /** The constants as last read, if they were. */
  known(): TimeConstants | undefined;
  /** Reads them unless they are known. Throws LabError `status-unreadable`. */
  read(): Promise<TimeConstants>;
  /** The next expression that names a constant reads them again. */
  forget(): void;
}

/** The whole lab as it was last observed in this run. */
export interface LastObservation {
  latest(): LabObservation | undefined;
  /** The latest one, if nothing was done to the lab since. */
  current(): LabObservation | undefined;
  /** How often something was done to the lab in this run. */
  changes(): number;
  keep(observation: LabObservation): void;
  /** Called before anything is done to the lab. */
  outdate(): void;
  /** Called when the lab is recreated. */
  forget(): void;
}

/**
 * The texts of `pcs status` that confirmed the last step. One takes a node most of a second to print, so a step that begins
 * right after it takes them for its own first round, where crm_mon's XML of that moment must agree with them in everything.
 */
export interface RecentTexts {
  keep(texts: readonly StatusReading[]): void;
  /** By node; empty where something was done to the lab since, or they are older than two seconds. */
  recent(): ReadonlyMap<string, StatusReading>;
}

/** When the running scenario and its steps began. */
export interface ScenarioTimes {
  /** In ms since 1970. */
  scenarioBeganMs(): number;
  /** Ms since this step of the running scenario began, by default the latest one; `undefined` if it has not begun. */
  sinceStepMs(step?: string): number | undefined;
  beginScenario(): void;
  beginStep(step: string): void;
}

/** The faults that the journal holds. */
export function activeIn({ deps: { journal, faults, instance } }: Pick<RunSession, 'deps'>): readonly ActiveFault[] {
  return activeFaults(
    journal.pending().map(({ fault }) => fault),
    faults,
    instance.lab,
  );
}
