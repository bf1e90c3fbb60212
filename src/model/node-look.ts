import type { Cib } from './cib.js';
import type { StatusReading } from './cluster-state.js';
import type { AddressObservation } from './observation.js';

/** What `halab status` asks a node for beside crm_mon. A part that could not be read is absent. */
export interface NodeLook {
  /** The node's own clock, in seconds since 1970. */
  readonly clockS?: number;
  readonly links?: readonly LinkLook[];
  readonly addresses?: readonly AddressObservation[];
  /** This node's own copy, where pacemaker runs. */
  readonly cib?: Cib;
  /** Where pacemaker does not run: how far the node is prepared for a cluster. */
  readonly prepared?: Prepared;
}

export interface LinkLook {
  readonly device: string;
  /** `down`: switched off on the node. `no-carrier`: on, and without a signal from the other end. */
  readonly state: 'up' | 'down' | 'no-carrier';
}

export interface Prepared {
  /** Its corosync.conf: none, the example of the package, or that of a cluster. */
  readonly configured: 'no' | 'example' | 'yes';
  /** Packages of the cluster that are not installed. */
  readonly missing: readonly string[];
  readonly packageManager: 'dpkg' | 'rpm';
  /** pcs's version. */
  readonly pcs?: string;
  /** Whether pcsd runs. */
  readonly pcsd: boolean;
  /** Whether hacluster has a password; absent where that could not be read. */
  readonly hasPassword?: boolean;
  /** The hosts that pcs here has a token for. */
  readonly knownHosts: readonly string[];
}

/** One node's answer to `halab status`. */
export interface NodeReport {
  readonly reading: StatusReading;
  /** Absent where the node did not answer. */
  readonly look?: NodeLook;
}

/** A command that a person types on the way to a cluster, and where. */
export interface FormationByHand {
  readonly stage: 'packages' | 'pcsd' | 'password' | 'auth' | 'setup' | 'start';
  readonly command: string;
  readonly on: readonly string[];
}
