import type { ControllerFailure, ControllerNumber, FenceDevice } from '../model/fencing.js';
import type { Lab, LabInstance } from '../model/lab.js';
import type { Ability, CableMeans, KernelAbility } from '../model/scenario.js';
import type { Package } from '../model/stack.js';
import type { Transport } from './transport.js';

/** One property of a machine that a lab requires, and the command that fixes it. */
export interface Prerequisite {
  readonly id: string;
  readonly ok: boolean;
  /** What was checked and what was found. */
  readonly text: string;
  /** `required`: nothing runs without it. `advice`: something runs worse without it. */
  readonly weight: 'required' | 'advice';
  readonly fix?: { readonly text: string; readonly argv?: readonly string[] };
}

interface BackendProgress {
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

export function labStateOf(nodes: readonly NodeStatus[], isAnythingLeft: boolean): LabStatus['state'] {
  const running = nodes.filter(({ state }) => state === 'running' || state === 'frozen').length;
  if (running === nodes.length) return 'up';
  if (running > 0) return 'partial';
  return isAnythingLeft ? 'down' : 'absent';
}

export interface LinkState {
  readonly admin: 'up' | 'down';
  readonly carrier: 'up' | 'down';
}

export interface PowerAbility {
  /** Cuts the power; idempotent. */
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

/** A request to a fence device or its result, by the clock of the machine that runs the lab. */
export interface PowerOrder {
  /** ISO 8601, UTC, with milliseconds. */
  readonly at: string;
  readonly text: string;
}

/** Fence devices that the cluster itself can use. */
export interface FencingAbility {
  /** Why the nodes of this lab cannot be fenced; undefined where they can. */
  whyNot(instance: LabInstance): string | undefined;
  /** At least one device of level 1 for every HA node. Secrets are generated the first time and stored with the lab. */
  devices(instance: LabInstance): readonly FenceDevice[];
  /** Every switching so far, oldest first; absent if nothing records it. */
  orders?(instance: LabInstance): readonly PowerOrder[];
}

/** Breaks the power controllers of nodes: the first of a node, if no number is given. */
export interface ControllerAbility {
  fail(instance: LabInstance, node: string, how: ControllerFailure, number?: ControllerNumber): Promise<void>;
  /** Idempotent. */
  recover(instance: LabInstance, node: string, number?: ControllerNumber): Promise<void>;
  /** What is wrong with it now. */
  failureOf(instance: LabInstance, node: string, number?: ControllerNumber): Promise<ControllerFailure | undefined>;
}

export interface LabSnapshot {
  readonly name: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}

/** Snapshots of the whole lab: of virtual machines including their memory, of containers their disks, with processes started again. */
export interface SnapshotAbility {
  /** All nodes are paused or stopped while it is taken, so that their states match. Throws if the name is in use. */
  take(instance: LabInstance, snapshot: string): Promise<void>;
  /** Every node continues from the snapshot; nodes that were off then are off. */
  restore(instance: LabInstance, snapshot: string): Promise<void>;
  /** Snapshots that every node has, oldest first. */
  list(instance: LabInstance): Promise<readonly LabSnapshot[]>;
  /** Idempotent. */
  remove(instance: LabInstance, snapshot: string): Promise<void>;
}

/** What a saved state is of, and what comes with it from outside of the nodes. */
export interface BaselineAbout {
  /** What the same state always has: the lab, the image, halab and the set-ups. */
  readonly key: string;
  readonly lab: string;
  readonly image: string;
  /** Their ids, in order. */
  readonly setUps: readonly string[];
  /** The lab's state after the set-ups, as the caller writes it; absent where no cluster ran. */
  readonly state?: string;
}

export interface Baseline extends BaselineAbout {
  /** When it was last saved or begun from; ISO 8601, UTC. */
  readonly usedAt: string;
}

/** States of labs that other labs of the same kind begin from; `down` does not remove them. */
export interface BaselineAbility {
  /** Saves the lab as it is now. Its nodes are stopped for this and started again. */
  keep(instance: LabInstance, about: BaselineAbout): Promise<void>;
  /** Has the lab as it was saved, whatever there is of it. Throws LabError `usage` where nothing has this key. */
  begin(instance: LabInstance, key: string, options: UpOptions): Promise<void>;
  /** Last used first. */
  list(): readonly Baseline[];
  /** Idempotent. */
  remove(key: string): void;
}

interface StorageAbility {
  /** Why the HA nodes of this lab cannot log in to its disks here; undefined where they can. */
  whyNot(lab: Lab): string | undefined;
  /** Why disks of this lab cannot be made to fail; undefined where they can. Absent where none can, in any lab. */
  whyNoFaults?(lab: Lab): string | undefined;
}

/** How many more labs of a kind this machine has room for. */
export interface LabsRoom {
  readonly labs: number;
  /** What ends first, as a clause: `free memory ends`. */
  readonly ends: string;
  /** What makes more room: one command, or what to do. */
  readonly fix: string;
}

/** What a lab takes of a machine, or what a machine has left. */
export interface Footprint {
  readonly memoryMiB: number;
  readonly inotifyInstances: number;
  readonly diskMiB: number;
}

/** Nodes with packages on top of their image (`Lab.stack`). */
export interface PackageAbility {
  /** What the image of the HA nodes has without a stack. An image that is not there is built, which takes minutes. */
  inImage(instance: LabInstance, options: UpOptions): Promise<readonly Package[]>;
}

/** A kind of place where labs run. Optional abilities are checked before a run starts. */
export interface Backend {
  readonly name: string;
  /** Checks what the lab requires of this machine; changes nothing. */
  preflight(instance: LabInstance): Promise<readonly Prerequisite[]>;
  /** Converges: creates what is missing, keeps what exists; idempotent. */
  up(instance: LabInstance, options: UpOptions): Promise<void>;
  /** Removes everything with the lab's label; idempotent, and independent of stored state. */
  down(name: string): Promise<void>;
  /** Names of the labs that have anything left on this machine, found by label. */
  list(): Promise<readonly string[]>;
  status(instance: LabInstance): Promise<LabStatus>;
  /** Waits until the node accepts a login. Throws `boot-timeout` or `node-unreachable`. */
  connect(
    instance: LabInstance,
    node: string,
    options: { readonly timeoutMs: number; readonly signal?: AbortSignal },
  ): Promise<Transport>;
  /** Absent where only the labs themselves show it. */
  room?(instance: LabInstance): LabsRoom;
  /** What a lab of these nodes takes, as measured; absent as above. */
  footprint?(lab: Lab): Footprint;
  /** What this machine has left now. */
  spare?(): Footprint;
  readonly power?: PowerAbility;
  readonly links?: LinkAbility;
  readonly pause?: PauseAbility;
  readonly snapshots?: SnapshotAbility;
  readonly baselines?: BaselineAbility;
  readonly fencing?: FencingAbility;
  readonly controllers?: ControllerAbility;
  readonly storage?: StorageAbility;
  readonly packages?: PackageAbility;
  /**
   * How many times slower than a node on hardware the nodes of a lab are that is up, as measured in them; 1 where they
   * are not. Absent where they run on the machine's own processors.
   */
  measureSlowness?(instance: LabInstance): Promise<number>;
  /** Additional abilities of every node's kernel. */
  readonly kernel?: readonly KernelAbility[];
}

/** Of a lab, where one is named, only what that lab has. */
export function abilitiesOf(backend: Backend, instance?: LabInstance): readonly Ability[] {
  const isFenced =
    backend.fencing !== undefined && (instance === undefined || whyNotFenced(backend, instance) === undefined);
  const abilities: Ability[] = (['power', 'links', 'pause', 'snapshots'] as const).filter((each) => backend[each]);
  if (isFenced) abilities.push('fencing');
  if (isFenced && backend.controllers) abilities.push('controllers');
  if (backend.storage && (instance === undefined || backend.storage.whyNot(instance.lab) === undefined)) {
    abilities.push('shared-storage');
  }
  if (
    backend.storage?.whyNoFaults &&
    (instance === undefined || backend.storage.whyNoFaults(instance.lab) === undefined)
  )
    abilities.push('lun-faults');
  return [...abilities, ...(backend.kernel ?? [])];
}

/** Undefined where they can be fenced, and where the backend has no such ability at all. */
function whyNotFenced({ fencing }: Backend, instance: LabInstance): string | undefined {
  return fencing?.whyNot(instance);
}

/** Why this lab lacks an ability that the backend has for others. */
export function reasonsOf(backend: Backend, instance: LabInstance): Partial<Readonly<Record<Ability, string>>> {
  const storage = backend.storage?.whyNot(instance.lab);
  const disks = backend.storage?.whyNoFaults?.(instance.lab);
  const fencing = whyNotFenced(backend, instance);
  return {
    ...(storage === undefined ? {} : { 'shared-storage': storage }),
    ...(disks === undefined ? {} : { 'lun-faults': disks }),
    ...(fencing === undefined ? {} : { fencing, controllers: fencing }),
  };
}
