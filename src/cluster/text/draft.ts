import type {
  Ban,
  ClusterOptions,
  ClusterState,
  ConfiguredCounts,
  DaemonState,
  Dc,
  FailCount,
  FailedAction,
  FencingEvent,
  LastChange,
  NodeAttribute,
  NodeState,
  Primitive,
  Resource,
  StatusPart,
  Ticket,
} from '../../model/cluster-state.js';
import type { OpenResource } from './open-resources.js';
import type { StatusLine } from './section.js';

/** The same while it is being read. */
export type Open<T> = { -readonly [K in keyof T]: T[K] };

type Said = Pick<ClusterState, 'clusterName' | 'stack' | 'dcIsNone' | 'quorate' | 'mixedVersion' | 'updatedAt'>;

/** What of the form of the text tells whether it is whole. */
export interface Layout {
  /** Of the first line understood: its part, whether it is a title, and whether it has a bullet. */
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
  /** A line stands for more than one instance, or for a number of them that is not printed. */
  summarised?: boolean;
  /** Grouped by node and brief: only nodes that run something are listed. */
  briefNodes?: boolean;
  /** A title or a container under which nothing stands yet, and must. */
  bareTitle?: string;
  last?: { readonly line: StatusLine; readonly understood: boolean };
}

/** What has been read so far. */
export interface StatusDraft {
  readonly said: Open<Said>;
  readonly dc: Open<Partial<Dc>>;
  readonly lastChange: Open<Partial<LastChange>>;
  readonly options: Open<ClusterOptions>;
  readonly counts: Open<ConfiguredCounts>;
  readonly nodes: Map<string, NodeState>;
  readonly resources: Resource[];
  /** Of output grouped by node. */
  readonly underNodes: Primitive[];
  readonly failedActions: FailedAction[];
  readonly failedFencing: FencingEvent[];
  readonly fencingHistory: FencingEvent[];
  readonly tickets: Ticket[];
  readonly bans: Ban[];
  readonly attributes: NodeAttribute[];
  readonly failCounts: FailCount[];
  readonly daemons: DaemonState[];
  readonly pcsd: Map<string, string>;
  readonly warnings: string[];
  readonly errors: string[];
  readonly unparsed: string[];
  readonly printed: Set<StatusPart>;
  readonly layout: Layout;
  /** Containers whose members may still follow, outermost first. */
  readonly open: OpenResource[];
  /** The node whose resources may follow. */
  node?: { readonly name: string; readonly indent: number };
  /** The node that attributes or operations are printed of. */
  subject?: string;
  /** The error or warning that may go on, indented deeper. */
  message?: { readonly list: string[]; readonly indent: number };
  /** Lines that are not whole yet, and where they began. */
  held?: { readonly raws: string[]; text: string; readonly indent?: number };
}

export function emptyDraft(): StatusDraft {
  return {
    said: {},
    dc: {},
    lastChange: {},
    options: {},
    counts: {},
    nodes: new Map(),
    resources: [],
    underNodes: [],
    failedActions: [],
    failedFencing: [],
    fencingHistory: [],
    tickets: [],
    bans: [],
    attributes: [],
    failCounts: [],
    daemons: [],
    pcsd: new Map(),
    warnings: [],
    errors: [],
    unparsed: [],
    printed: new Set(),
    layout: {},
    open: [],
  };
}

/** Keeps what is said first; false where something else was said before. */
export function say<T extends object, K extends keyof T>(about: T, key: K, value: T[K]): boolean {
  if (about[key] !== undefined) return about[key] === value;
  about[key] = value;
  return true;
}

/** Gives up on lines that were held back for what would follow. */
export function dropHeld(draft: StatusDraft): void {
  if (draft.held !== undefined) draft.unparsed.push(...draft.held.raws);
  delete draft.held;
}
