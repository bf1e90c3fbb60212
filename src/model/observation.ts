import type { Cib } from './cib.js';
import type { ClusterState, FencingEvent } from './cluster-state.js';

/**
 * What every HA node of a lab said for itself at about one time, through management. Audits judge it; it is kept as
 * evidence, so that they can judge it again.
 */
export interface LabObservation {
  /** ISO 8601, of the machine that runs halab. */
  readonly at: string;
  readonly nodes: readonly NodeObservation[];
  /** Who answers for each address that the cluster manages, asked on its own network. */
  readonly arp: readonly ArpObservation[];
}

/** Of one HA node. A part that is absent could not be read; `problems` says why. */
export interface NodeObservation {
  readonly node: string;
  /** Whether the node answered through management. */
  readonly answered: boolean;
  /** What the backend says of a machine that did not answer; of one that is `stopped` it is known that nothing runs. */
  readonly machine?: 'running' | 'stopped' | 'frozen' | 'absent';
  /** Part to reason, one line each. */
  readonly problems: Readonly<Record<string, string>>;
  /** Seconds since 1970 by the node's own clock when it was looked at. */
  readonly clockS?: number;
  /** Of this boot: another one means that the node was started anew. */
  readonly bootId?: string;
  readonly units?: readonly UnitObservation[];
  /** The controller's own word, `S_IDLE`, `S_NOT_DC` …; absent where pacemaker does not run or its controller is silent. */
  readonly controller?: string;
  /** Who the DC is by this node's word. */
  readonly dc?: string;
  readonly quorum?: QuorumObservation;
  /** As this node's own copy has it. */
  readonly cib?: Cib;
  /** Its CIB was another one at the end of the look: the parts may be of different moments. */
  readonly changedMeanwhile?: true;
  /** Of a node where pacemaker does not run: the version and configuration digest of the CIB on its disk. */
  readonly storedCib?: Pick<Cib, 'version' | 'configurationDigest'>;
  /** crm_mon on this node. */
  readonly status?: ClusterState;
  /** What its scheduler would do next by its copy of the CIB; of DCs only. Empty: nothing. */
  readonly planned?: readonly string[];
  readonly fencing?: readonly FencingEvent[];
  readonly addresses?: readonly AddressObservation[];
  readonly mounts?: readonly MountObservation[];
  readonly processes?: readonly ProcessObservation[];
  /** Service units that are active, whoever started them. */
  readonly activeUnits?: readonly string[];
  readonly coreDumps?: readonly string[];
  /** Since the last look: log lines of priority crit and worse, and pacemakerd's on daemons that died. */
  readonly criticalLines?: readonly string[];
  readonly disks?: readonly DiskObservation[];
}

/** systemd's words for a unit. */
export interface UnitObservation {
  /** Without `.service`. */
  readonly name: string;
  readonly active: string;
  readonly enabled: string;
  readonly mainPid: number;
  readonly restarts: number;
}

/** corosync's own view, as `corosync-quorumtool` prints it. */
export interface QuorumObservation {
  readonly quorate: boolean;
  readonly nodeId: string;
  /** Of the membership; all its members have the same. */
  readonly ringId: string;
  readonly expectedVotes?: number;
  readonly totalVotes?: number;
  /** `Quorate`, `2Node`, `WaitForAll` … */
  readonly flags: readonly string[];
  readonly members: readonly { readonly id: string; readonly name: string }[];
}

export interface AddressObservation {
  readonly device: string;
  readonly address: string;
  readonly prefix: number;
  /** The interface is up and has a carrier: an address on one that is not is not reached by anybody. */
  readonly up: boolean;
}

export interface MountObservation {
  readonly source: string;
  readonly target: string;
  readonly fsType: string;
}

export interface ProcessObservation {
  readonly pid: number;
  /** Seconds it has been running. */
  readonly ageS: number;
  readonly args: string;
}

export interface DiskObservation {
  readonly path: string;
  readonly freeMiB: number;
  readonly freePercent: number;
}

export interface ArpObservation {
  readonly address: string;
  /** The node that asked. */
  readonly from: string;
  /** Every MAC that answered, lower case. */
  readonly macs: readonly string[];
  readonly problem?: string;
}
