import type { Cib } from './cib.js';
import type { ClusterState, FencingEvent } from './cluster-state.js';

/**
 * The self-reported state of every HA node of a lab at about one time, read through management. Audits judge it; it is stored
 * as evidence, so that it can be judged again.
 */
export interface LabObservation {
  /** ISO 8601, of the machine that runs halab. */
  readonly at: string;
  readonly nodes: readonly NodeObservation[];
  /** The MAC addresses that answer for each managed address, requested on its own network. */
  readonly arp: readonly ArpObservation[];
  /** Where the lab has a quorum device: what its node reports. */
  readonly quorumDevice?: DeviceObservation;
}

/** The node of a quorum device, as corosync-qnetd on it reports. */
export interface DeviceObservation extends Pick<NodeObservation, 'node' | 'answered' | 'machine' | 'problems'> {
  /** Whether corosync-qnetd runs; absent where that could not be read. */
  readonly active?: boolean;
  /** The members that are connected to it. */
  readonly clients: readonly DeviceClient[];
}

interface DeviceClient {
  readonly nodeId: string;
  /** The membership that it reported. */
  readonly ringId?: string;
  /** The last answer it was given: `ACK` gives it the vote, `NACK` does not. */
  readonly vote: string;
}

/** The state of one HA node. A part that could not be read is absent, and `problems` contains the reason. */
export interface NodeObservation {
  readonly node: string;
  /** Whether the node answered through management. */
  readonly answered: boolean;
  /** The backend's state of a machine that did not answer; on a `stopped` one nothing runs. */
  readonly machine?: 'running' | 'stopped' | 'frozen' | 'absent';
  /** Part to reason, one line each. */
  readonly problems: Readonly<Record<string, string>>;
  /** The node's own clock at the observation, in seconds since 1970. */
  readonly clockS?: number;
  /** The id of this boot; it changes when the node is started again. */
  readonly bootId?: string;
  readonly units?: readonly UnitObservation[];
  /** The controller's self-reported state, `S_IDLE`, `S_NOT_DC` …; absent where pacemaker does not run or its controller is silent. */
  readonly controller?: string;
  /** The DC according to this node. */
  readonly dc?: string;
  readonly quorum?: QuorumObservation;
  /** This node's own copy. */
  readonly cib?: Cib;
  /** The CIB changed during the observation, so the parts may be from different moments. */
  readonly changedMeanwhile?: true;
  /** If pacemaker does not run on the node, the version and configuration digest of the CIB on its disk. */
  readonly storedCib?: Pick<Cib, 'version' | 'configurationDigest'>;
  /** crm_mon on this node. */
  readonly status?: ClusterState;
  /** The next actions of its scheduler according to its copy of the CIB; on DCs only. Empty if there is none. */
  readonly planned?: readonly string[];
  readonly fencing?: readonly FencingEvent[];
  readonly addresses?: readonly AddressObservation[];
  readonly mounts?: readonly MountObservation[];
  readonly processes?: readonly ProcessObservation[];
  /** TCP sockets on which processes accept connections. */
  readonly listeners?: readonly ListenerObservation[];
  /** Active service units, including those that the cluster did not start. */
  readonly activeUnits?: readonly string[];
  readonly coreDumps?: readonly string[];
  /** Log lines since the last observation: priority crit and worse, and pacemakerd's about daemons that died. */
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
  /** The id of the membership; all its members report the same. */
  readonly ringId: string;
  readonly expectedVotes?: number;
  readonly totalVotes?: number;
  /** `Quorate`, `2Node`, `WaitForAll` … */
  readonly flags: readonly string[];
  readonly members: readonly { readonly id: string; readonly name: string }[];
  /** The quorum device as this node counts it; absent where it counts none. */
  readonly device?: { readonly alive: boolean; readonly votes: boolean };
}

export interface AddressObservation {
  readonly device: string;
  readonly address: string;
  readonly prefix: number;
  /** The interface is up and has a carrier; otherwise its addresses cannot be reached. */
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

export interface ListenerObservation {
  readonly port: number;
  readonly pids: readonly number[];
}

export interface DiskObservation {
  readonly path: string;
  readonly freeMiB: number;
  readonly freePercent: number;
}

export interface ArpObservation {
  readonly address: string;
  /** The node that sent the request. */
  readonly from: string;
  /** Every MAC that answered, lower case. */
  readonly macs: readonly string[];
  readonly problem?: string;
}
