import type { Lab, LabInstance } from '../model/lab.js';
import type { Ability, CableMeans, KernelAbility } from '../model/scenario.js';
import type { Transport } from './transport.js';

/** One thing a machine has or lacks, and the command that mends it. */
export interface Finding {
  readonly id: string;
  readonly ok: boolean;
  /** What was looked at and what was found. */
  readonly text: string;
  /** `required`: nothing runs without it. `advice`: something runs worse without it. */
  readonly weight: 'required' | 'advice';
  readonly fix?: { readonly text: string; readonly argv?: readonly string[] };
}

export interface BackendProgress {
  readonly stage: string;
  readonly text: string;
}

export interface UpOptions {
  readonly signal?: AbortSignal;
  readonly onProgress: (progress: BackendProgress) => void;
}

export interface NodeStatus {
  readonly node: string;
  readonly state: 'running' | 'stopped' | 'frozen' | 'absent';
  /** What keeps it alive past the command line, e.g. a supervisor's process id. */
  readonly owner?: { readonly kind: string; readonly pid?: number; readonly unit?: string };
}

export interface LabStatus {
  readonly instance: string;
  readonly backend: string;
  readonly lab: string;
  /** `up`: all nodes run; `partial`: some; `down`: nothing runs but something is left; `absent`: nothing at all. */
  readonly state: 'up' | 'partial' | 'down' | 'absent';
  readonly image?: string;
  readonly imageHash?: string;
  readonly nodes: readonly NodeStatus[];
}

export interface LinkState {
  readonly admin: 'up' | 'down';
  readonly carrier: 'up' | 'down';
}

export interface PowerAbility {
  /** Pulls the plug; twice is once. */
  off(instance: LabInstance, node: string): Promise<void>;
  on(instance: LabInstance, node: string, signal?: AbortSignal): Promise<void>;
  isOn(instance: LabInstance, node: string): Promise<boolean>;
}

export interface LinkAbility {
  /** `admin`: as `ip link set … down` in the node; `carrier`: at the far end of the cable. */
  set(instance: LabInstance, node: string, link: string, state: 'up' | 'down', by: CableMeans): Promise<void>;
  get(instance: LabInstance, node: string, link: string): Promise<LinkState>;
}

export interface PauseAbility {
  freeze(instance: LabInstance, node: string): Promise<void>;
  thaw(instance: LabInstance, node: string): Promise<void>;
  isFrozen(instance: LabInstance, node: string): Promise<boolean>;
}

export interface LabSnapshot {
  readonly name: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}

/** The whole lab as it stands, memory included. */
export interface SnapshotAbility {
  /** All nodes stand still while it is taken, so that none is older than another. Throws where the name is taken. */
  take(instance: LabInstance, snapshot: string): Promise<void>;
  /** Every node goes on from where it was; nodes that were off when it was taken are off. */
  restore(instance: LabInstance, snapshot: string): Promise<void>;
  /** Those that every node has, oldest first. */
  list(instance: LabInstance): Promise<readonly LabSnapshot[]>;
  /** May run twice. */
  remove(instance: LabInstance, snapshot: string): Promise<void>;
}

export interface StorageAbility {
  /** Why the HA nodes of this lab cannot log in to its disks here; undefined where they can. */
  whyNot(lab: Lab): string | undefined;
  /** Whether their initiators run in userspace, where a logical unit can be made to fail. */
  readonly inUserspace: boolean;
}

/** Where a lab stands. The optional abilities are asked for before a run starts. */
export interface Backend {
  readonly name: string;
  preflight(lab: Lab): Promise<readonly Finding[]>;
  /** Converges: makes what is missing, leaves what is there; may run twice. */
  up(instance: LabInstance, options: UpOptions): Promise<void>;
  /** Removes everything that carries the lab's label; may run twice, needs no memory of `up`. */
  down(name: string): Promise<void>;
  /** Names of the labs of which anything is left on this machine, found by label. */
  list(): Promise<readonly string[]>;
  status(instance: LabInstance): Promise<LabStatus>;
  /** Waits until the node lets us in. Throws `boot-timeout` or `node-unreachable`. */
  connect(
    instance: LabInstance,
    node: string,
    options: { readonly timeoutMs: number; readonly signal?: AbortSignal },
  ): Promise<Transport>;
  readonly power?: PowerAbility;
  readonly links?: LinkAbility;
  readonly pause?: PauseAbility;
  readonly snapshots?: SnapshotAbility;
  readonly storage?: StorageAbility;
  /**
   * How many times slower than a node on hardware the nodes of a lab are that is up, as measured in them; 1 where they
   * are not. Absent where they run on the machine's own processors.
   */
  measureSlowness?(instance: LabInstance): Promise<number>;
  /** What the kernel of every node can do beyond the ordinary. */
  readonly kernel?: readonly KernelAbility[];
}

/** Of this lab, where an ability depends on one. */
export function abilitiesOf(backend: Backend, lab?: Lab): readonly Ability[] {
  const abilities: Ability[] = [];
  if (backend.power) abilities.push('power');
  if (backend.links) abilities.push('links');
  if (backend.pause) abilities.push('pause');
  if (backend.snapshots) abilities.push('snapshots');
  if (backend.storage && (lab === undefined || backend.storage.whyNot(lab) === undefined)) {
    abilities.push('shared-storage');
    if (backend.storage.inUserspace) abilities.push('lun-faults');
  }
  return [...abilities, ...(backend.kernel ?? [])];
}

/** Why this lab lacks what the backend has for others. */
export function reasonsOf(backend: Backend, lab: Lab): Partial<Readonly<Record<Ability, string>>> {
  const storage = backend.storage?.whyNot(lab);
  return storage === undefined ? {} : { 'shared-storage': storage, 'lun-faults': storage };
}
