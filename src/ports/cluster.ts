import type { ClusterMoment } from '../model/breakdown.js';
import type { StatusReading, TimeConstants } from '../model/cluster-state.js';
import type { FenceDevice } from '../model/fencing.js';
import type { Lab } from '../model/lab.js';
import type { FormationStage } from '../model/scenario.js';
import type { Slowness } from '../model/slowness.js';
import type { Transport } from './transport.js';

export interface FormationContext {
  readonly lab: Lab;
  /** Handed over on stdin only; in no argv, log, event or report. */
  readonly haclusterPassword: string;
  /** What can fence the lab's nodes; absent where nothing can. Their secrets go over on stdin. */
  readonly fenceDevices?: readonly FenceDevice[];
  transport(node: string): Promise<Transport>;
  /** Of the nodes; the transports' deadlines follow it already. */
  readonly slowness: Slowness;
  readonly signal?: AbortSignal;
}

export interface FormationOutcome {
  /** False where the stage found its work done already. */
  readonly changed: boolean;
  /** One line: what was found or made, on which nodes. */
  readonly seen: string;
}

/** Reads a node's status; never throws. */
export interface StatusReader {
  /** crm_mon's XML from this node; one that cannot be read has a `problem`. */
  readState(transport: Transport, signal?: AbortSignal): Promise<StatusReading>;
  /** The real `pcs status`: its text, and what was read from it. */
  readPcsStatus(transport: Transport, signal?: AbortSignal): Promise<StatusReading>;
}

/** The cluster software's commands on one node, as data: the caller decides when they run, and for how long. */
export interface ClusterCommands {
  /** Starts corosync and pacemaker on the node that it runs on. */
  readonly start: readonly string[];
  /** Prints a digest of corosync's configuration as its first word. */
  readonly digestOfConfiguration: readonly string[];
  /** Whether systemd starts a unit at boot. */
  setStartAtBoot(unit: string, enabled: boolean): readonly string[];
  /** Whether a command may start or stop a node or its daemons, or put it into standby or maintenance. Pure; unknown commands may. */
  mayChangeNodes(argv: readonly string[]): boolean;
}

/** What the runner asks of the cluster software. */
export interface ClusterPort extends StatusReader {
  readonly commands: ClusterCommands;
  /**
   * Where the text and the XML of one node show different clusters, a line each; none where they agree, or where one
   * of them could not be read. Pure.
   */
  disagreements(pcsStatus: StatusReading, state: StatusReading): readonly string[];
  /** Throws LabError `status-unreadable`. */
  readTimeConstants(transport: Transport, signal?: AbortSignal): Promise<TimeConstants>;
  /** The moments of a failover that the node's journal holds since a moment of its wall clock, oldest first. Throws LabError `status-unreadable`. */
  readHistory(transport: Transport, sinceMs: number, signal?: AbortSignal): Promise<readonly ClusterMoment[]>;
  /** The resource that has this address for its parameter `ip`, if any. Throws LabError `status-unreadable`. */
  resourceWith(address: string, transport: Transport, signal?: AbortSignal): Promise<string | undefined>;
  /** Idempotent. Throws LabError `formation-failed` with the node, pcs's last lines and the likely cause. */
  form(stage: FormationStage, context: FormationContext): Promise<FormationOutcome>;
}
