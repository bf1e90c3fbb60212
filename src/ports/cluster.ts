import type { ClusterMoment } from '../model/breakdown.js';
import type { StatusReading, TimeConstants } from '../model/cluster-state.js';
import type { FenceDevice } from '../model/fencing.js';
import type { Lab } from '../model/lab.js';
import type { Pace } from '../model/pace.js';
import type { FormationStage } from '../model/scenario.js';
import type { Transport } from './transport.js';

export interface FormationContext {
  readonly lab: Lab;
  /** Handed over on stdin only; in no argv, log, event or report. */
  readonly haclusterPassword: string;
  /** What can fence the lab's nodes; absent where nothing can. Their secrets go over on stdin. */
  readonly fenceDevices?: readonly FenceDevice[];
  transport(node: string): Promise<Transport>;
  /** Of the nodes; the transports' deadlines follow it already. */
  readonly pace: Pace;
  readonly signal?: AbortSignal;
}

export interface FormationOutcome {
  /** False where the stage found its work done already. */
  readonly changed: boolean;
  /** One line: what was found or made, on which nodes. */
  readonly seen: string;
}

/** What the runner asks of the cluster software. */
export interface ClusterPort {
  /** crm_mon's XML from this node; never throws, a node that cannot be read has a `problem`. */
  readState(transport: Transport, signal?: AbortSignal): Promise<StatusReading>;
  /** The real `pcs status`, text and reading of it; never throws. */
  readPcsStatus(transport: Transport, signal?: AbortSignal): Promise<StatusReading>;
  /**
   * In what the text and the XML of one node tell different clusters, a line each; none where they agree, or where one
   * of them could not be read. Pure.
   */
  disagreements(pcsStatus: StatusReading, state: StatusReading): readonly string[];
  /** Throws LabError `status-unreadable`. */
  readTimeConstants(transport: Transport, signal?: AbortSignal): Promise<TimeConstants>;
  /** What the node's journal tells of a failover since a moment of its wall clock, oldest first. Throws LabError `status-unreadable`. */
  readHistory(transport: Transport, sinceMs: number, signal?: AbortSignal): Promise<readonly ClusterMoment[]>;
  /** The resource that has this address for its parameter `ip`, if any. Throws LabError `status-unreadable`. */
  resourceWith(address: string, transport: Transport, signal?: AbortSignal): Promise<string | undefined>;
  /** Idempotent. Throws LabError `formation-failed` with the node, pcs's last lines and the likely cause. */
  form(stage: FormationStage, context: FormationContext): Promise<FormationOutcome>;
}
