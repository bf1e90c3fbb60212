import type { ControllerFailure, FenceDevice } from '../model/fencing.js';
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

/** What something that fences was told, or had done, by the clock of the machine that the lab stands on. */
export interface PowerOrder {
  /** ISO 8601, UTC, with milliseconds. */
  readonly at: string;
  readonly text: string;
}

/** A way to cut a node's power that the cluster itself can use. */
export interface FencingAbility {
  /** Why the nodes of this lab cannot be fenced; undefined where they can. */
  whyNot(instance: LabInstance): string | undefined;
  /** Of every HA node at least one, of level 1. Secrets are made up the first time and kept with the lab. */
  devices(instance: LabInstance): readonly FenceDevice[];
  /** Every switching so far, oldest first; absent where nobody writes it down. */
  orders?(instance: LabInstance): readonly PowerOrder[];
}

/** Breaks the management controllers of nodes. */
export interface ControllerAbility {
  fail(instance: LabInstance, node: string, how: ControllerFailure): Promise<void>;
  /** May run twice. */
  recover(instance: LabInstance, node: string): Promise<void>;
  /** What is wrong with it now. */
  failureOf(instance: LabInstance, node: string): Promise<ControllerFailure | undefined>;
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

interface StorageAbility {
  /** Why the HA nodes of this lab cannot log in to its disks here; undefined where they can. */
  whyNot(lab: Lab): string | undefined;
  /** Whether their initiators run in userspace, where a logical unit can be made to fail. */
  readonly inUserspace: boolean;
}

/** Where a lab stands. The optional abilities are asked for before a run starts. */
export interface Backend {
  readonly name: string;
  /** What this machine has and lacks for the lab; looks only, changes nothing. */
  preflight(instance: LabInstance): Promise<readonly Finding[]>;
  /** Converges: makes what is missing, leaves what is there; may run twice. */
  up(instance: LabInstance, options: UpOptions): Promise<void>;
  /** Removes everything that carries the lab's label; may run twice, needs no memory of `up`. */
  down(name: string): Promise<void>;
  /** Names of the labs of which anything is left on this machine, found by label. */
  list(): Promise<readonly string[]>;
  status(instance: LabInstance): Promise<LabStatus>;
  /** Waits until the node accepts a login. Throws `boot-timeout` or `node-unreachable`. */
  connect(
    instance: LabInstance,
    node: string,
    options: { readonly timeoutMs: number; readonly signal?: AbortSignal },
  ): Promise<Transport>;
  readonly power?: PowerAbility;
  readonly links?: LinkAbility;
  readonly pause?: PauseAbility;
  readonly snapshots?: SnapshotAbility;
  readonly fencing?: FencingAbility;
  readonly controllers?: ControllerAbility;
  readonly storage?: StorageAbility;
  /**
   * How many times slower than a node on hardware the nodes of a lab are that is up, as measured in them; 1 where they
   * are not. Absent where they run on the machine's own processors.
   */
  measureSlowness?(instance: LabInstance): Promise<number>;
  /** What the kernel of every node can do beyond the ordinary. */
  readonly kernel?: readonly KernelAbility[];
}

/** Of a lab, where one is named, only what that lab has. */
export function abilitiesOf(backend: Backend, instance?: LabInstance): readonly Ability[] {
  const isFenced =
    backend.fencing !== undefined && (instance === undefined || whyNotFenced(backend, instance) === undefined);
  const abilities: Ability[] = [];
  if (backend.power) abilities.push('power');
  if (backend.links) abilities.push('links');
  if (backend.pause) abilities.push('pause');
  if (backend.snapshots) abilities.push('snapshots');
  if (isFenced) abilities.push('fencing');
  if (isFenced && backend.controllers) abilities.push('controllers');
  if (backend.storage && (instance === undefined || backend.storage.whyNot(instance.lab) === undefined)) {
    abilities.push('shared-storage');
    if (backend.storage.inUserspace) abilities.push('lun-faults');
  }
  return [...abilities, ...(backend.kernel ?? [])];
}

/** Undefined where they can be fenced, and where the backend has no such ability at all. */
function whyNotFenced({ fencing }: Backend, instance: LabInstance): string | undefined {
  return fencing?.whyNot(instance);
}

/** Why this lab lacks what the backend has for others. */
export function reasonsOf(backend: Backend, instance: LabInstance): Partial<Readonly<Record<Ability, string>>> {
  const storage = backend.storage?.whyNot(instance.lab);
  const fencing = whyNotFenced(backend, instance);
  return {
    ...(storage === undefined ? {} : { 'shared-storage': storage, 'lun-faults': storage }),
    ...(fencing === undefined ? {} : { fencing, controllers: fencing }),
  };
}
