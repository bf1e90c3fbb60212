import {
  type Bundle,
  type BundleReplica,
  type Clone,
  type ClusterOptions,
  type ClusterState,
  type ConfiguredCounts,
  type Dc,
  type Group,
  type LastChange,
  type NodeState,
  type Primitive,
  STATUS_PARTS,
  type StatusPart,
} from '../../model/cluster-state.js';
import { instancesOf } from '../../model/resource-tree.js';

/** A line without its indentation and its bullet; `indent` counts columns, with tab stops every 8 columns. */
export interface StatusLine {
  /** The unchanged line. */
  readonly raw: string;
  readonly text: string;
  readonly indent: number;
  readonly bullet: boolean;
}

/** One part of the text. */
export interface Section {
  readonly part?: StatusPart;
  /** The lines that open it, in lower case. */
  readonly titles: readonly string[];
  /** Reads one line; false if it was not understood. */
  read(line: StatusLine, draft: StatusDraft): boolean;
  /** Called with the title that opened the section. */
  open?(title: StatusLine, draft: StatusDraft): void;
  readonly endsAtBlankLine?: boolean;
  /** Some releases print the title even where the section is empty. */
  readonly mayBeEmpty?: boolean;
}

/** The writable form of a type, while it is being read. */
export type Open<T> = { -readonly [K in keyof T]: T[K] };

type Summary = Pick<
  ClusterState,
  'clusterName' | 'stack' | 'dcIsNone' | 'quorate' | 'mixedVersion' | 'updatedAt' | 'unnamedActive'
>;

export type OpenReplica = Open<BundleReplica> & { readonly members: Primitive[] };

interface Opened {
  readonly indent: number;
  /** A member was indented deeper than the container, so the indentation was not lost. */
  indented?: boolean;
}

export interface OpenGroup extends Opened {
  readonly kind: 'group';
  readonly group: Open<Group> & { readonly members: Primitive[] };
  /** In brief output, the agents whose members were counted. */
  readonly counted: Set<string>;
}

export interface OpenClone extends Opened {
  readonly kind: 'clone';
  readonly clone: Open<Clone> & { readonly instances: (Primitive | Group)[]; readonly stoppedOn: string[] };
  /** Nodes on which an instance was printed by itself although it is stopped; the summary names them again. */
  readonly stoppedAlready: Set<string>;
}

export interface OpenBundle extends Opened {
  readonly kind: 'bundle';
  readonly bundle: Open<Bundle> & { readonly replicas: OpenReplica[] };
  /** The only replica, whose parts are printed directly below the bundle. */
  parts?: OpenReplica;
}

export interface OpenPart extends Opened {
  readonly kind: 'replica';
  readonly bundle: OpenBundle['bundle'];
  readonly replica: OpenReplica;
}

export type OpenResource = OpenGroup | OpenClone | OpenBundle | OpenPart;

/** Properties of the text's layout that decide whether it is complete. */
export interface Layout {
  /** The first line that was understood: its part, whether it is a title, and whether it has a bullet. */
  first?: { readonly part: StatusPart; readonly titled: boolean; readonly bullet: boolean };
  /** `Cluster name:` was printed, which `pcs status` does and crm_mon does not. */
  fromPcs?: boolean;
  /** `Cluster Status:`, the title of `pcs status cluster`. */
  summaryOnly?: boolean;
  /** `Pacemaker Nodes:`, the title of `pcs status nodes`. */
  nodesOnly?: boolean;
  /** Bullets, or the titles that came with them: 2.0.3 and newer. */
  recent?: boolean;
  fullList?: boolean;
  /** A line represents several instances, or an unknown number of them. */
  summarised?: boolean;
  /** Brief output grouped by node lists only nodes that run something. */
  briefNodes?: boolean;
  /** A title or a container that must not be empty, as long as it is. */
  bareTitle?: string;
  last?: { readonly line: StatusLine; readonly understood: boolean };
}

type ListName = Exclude<
  { [K in keyof ClusterState]-?: ClusterState[K] extends readonly unknown[] ? K : never }[keyof ClusterState],
  'nodes' | 'printed' | 'truncated'
>;

/** The lists of the state that lines are added to as they are read. */
type Lists = { readonly [K in ListName]: ClusterState[K][number][] };

/** The state read so far. */
export interface StatusDraft {
  readonly summary: Open<Summary>;
  readonly dc: Open<Partial<Dc>>;
  readonly lastChange: Open<Partial<LastChange>>;
  readonly options: Open<ClusterOptions>;
  readonly counts: Open<ConfiguredCounts>;
  readonly nodes: Map<string, NodeState>;
  readonly found: Lists;
  /** In output grouped by node, the instances below the nodes. */
  readonly underNodes: Primitive[];
  readonly pcsd: Map<string, string>;
  readonly printed: Set<StatusPart>;
  readonly layout: Layout;
  /** Containers whose members may still follow, outermost first. */
  readonly open: OpenResource[];
  /** The node whose resources may follow. */
  node?: { readonly name: string; readonly indent: number };
  /** The node whose attributes or operations follow. */
  subject?: string;
  /** The error or warning that lines with deeper indentation continue. */
  message?: { readonly list: string[]; readonly indent: number };
  /** Lines that are incomplete so far, and the indentation of the first. */
  held?: { readonly raws: string[]; text: string; readonly indent?: number };
}

export function emptyDraft(): StatusDraft {
  return {
    summary: {},
    dc: {},
    lastChange: {},
    options: {},
    counts: {},
    nodes: new Map(),
    found: {
      resources: [],
      failedActions: [],
      failedFencing: [],
      fencingHistory: [],
      tickets: [],
      bans: [],
      attributes: [],
      failCounts: [],
      daemons: [],
      warnings: [],
      errors: [],
      unparsed: [],
    },
    underNodes: [],
    pcsd: new Map(),
    printed: new Set(),
    layout: {},
    open: [],
  };
}

/** Keeps those values that are known. */
export function keepAll<T extends object>(about: T, values: { readonly [K in keyof T]?: T[K] | undefined }): boolean {
  return (Object.keys(values) as (keyof T)[]).every((key) => {
    const value = values[key];
    return value === undefined || keep(about, key, value);
  });
}

/** Keeps the first value; false where it contradicts an earlier one. */
export function keep<T extends object, K extends keyof T>(about: T, key: K, value: T[K]): boolean {
  if (about[key] !== undefined) return about[key] === value;
  about[key] = value;
  return true;
}

/** Moves incomplete lines to `unparsed`, because no continuation followed. */
export function dropHeld(draft: StatusDraft): void {
  if (draft.held !== undefined) draft.found.unparsed.push(...draft.held.raws);
  delete draft.held;
}

/** The state that was read; `truncated` is still empty. */
export function stateFromDraft(draft: StatusDraft): ClusterState {
  const { summary, dc, lastChange } = draft;
  return {
    ...summary,
    ...(dc.name !== undefined ? { dc: { ...dc, name: dc.name } } : dc.version && { dcVersion: dc.version }),
    ...(lastChange.at === undefined ? {} : { lastChange: { ...lastChange, at: lastChange.at } }),
    options: draft.options,
    counts: draft.counts,
    nodes: [...draft.nodes.values()],
    ...draft.found,
    resources: [...onlyUnderNodes(draft), ...draft.found.resources],
    pcsd: Object.fromEntries(draft.pcsd),
    printed: STATUS_PARTS.filter((part) => draft.printed.has(part)),
    truncated: [],
  };
}

/** `crm_mon -n -r` prints partly active resources twice: under their nodes, and in full under `Inactive Resources`. */
function onlyUnderNodes({ underNodes, found }: StatusDraft): readonly Primitive[] {
  if (underNodes.length === 0) return [];
  const keyOf = ({ id, nodes }: Primitive): string => `${id} ${nodes.join(' ')}`;
  const inTree = new Set(instancesOf(found).map(keyOf));
  return underNodes.filter((primitive) => !inTree.has(keyOf(primitive)));
}
