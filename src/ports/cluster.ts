import type { ClusterMoment } from '../model/breakdown.js';
import type { StatusReading, TimeConstants } from '../model/cluster-state.js';
import type { FenceDevice } from '../model/fencing.js';
import type { Lab } from '../model/lab.js';
import type { FormationStage } from '../model/scenario.js';
import type { Slowness } from '../model/slowness.js';
import type { Transport } from './transport.js';

export interface FormationContext {
  readonly lab: Lab;
  /** Passed on stdin only; appears in no argv, log, event or report. */
  readonly haclusterPassword: string;
  /** The devices that can fence the lab's nodes; absent if there are none. Their secrets are passed on stdin. */
  readonly fenceDevices?: readonly FenceDevice[];
  transport(node: string): Promise<Transport>;
  /** The nodes' slowness; the transports' deadlines already include it. */
  readonly slowness: Slowness;
  readonly signal?: AbortSignal;
}

/** Stands before the commands in what a formation stage reports. */
export const COMMANDS = 'commands: ';

export interface FormationOutcome {
  /** False if the stage's work was already done. */
  readonly changed: boolean;
  /** One line: what was found or created, on which nodes. */
  readonly seen: string;
  /** What a person would type to the same effect, and where; absent where no commands of the cluster do it. */
  readonly byHand?: string;
}

/** Reads a node's status; never throws. */
export interface StatusReader {
  /** crm_mon's XML from this node; one that cannot be read has a `problem`. */
  readState(transport: Transport, signal?: AbortSignal): Promise<StatusReading>;
  /** The real `pcs status`: its text, and the state parsed from it. */
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
   * The differences between the text and the XML of one node, a line each; empty if they agree, or if one
   * of them could not be read. Pure.
   */
  disagreements(pcsStatus: StatusReading, state: StatusReading): readonly string[];
  /** Throws LabError `status-unreadable`. */
  readTimeConstants(transport: Transport, signal?: AbortSignal): Promise<TimeConstants>;
  /** The moments of a failover in the node's journal since a time of its wall clock, oldest first. Throws LabError `status-unreadable`. */
  readHistory(transport: Transport, sinceMs: number, signal?: AbortSignal): Promise<readonly ClusterMoment[]>;
  /** The resource whose parameter `ip` is this address, if any. Throws LabError `status-unreadable`. */
  resourceWith(address: string, transport: Transport, signal?: AbortSignal): Promise<string | undefined>;
  /** Idempotent. Throws LabError `formation-failed` with the node, pcs's last lines and the likely cause. */
  form(stage: FormationStage, context: FormationContext): Promise<FormationOutcome>;
}
