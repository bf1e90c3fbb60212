import type { ClusterState, NodeState, ResourceState } from '../../model/cluster-state.js';

/** A line without its indentation and its bullet; `indent` counts columns, a tab reaching to the next multiple of 8. */
export interface StatusLine {
  readonly raw: string;
  readonly text: string;
  readonly indent: number;
  readonly bullet: boolean;
}

/** A group, clone, bundle or replica whose members follow, indented deeper. */
export interface OpenContainer {
  readonly indent: number;
  /** Absent for a bundle's replica, which has none. */
  readonly id?: string;
  /** Of a clone: what is cloned; its summary lines name only nodes. */
  readonly child?: string;
  readonly flags: readonly string[];
}

/** What has been read so far. */
export interface StatusDraft {
  clusterName?: string;
  stack?: string;
  dcName?: string;
  dcVersion?: string;
  quorate?: boolean;
  readonly nodes: NodeState[];
  readonly resources: ResourceState[];
  readonly failedActions: string[];
  readonly warnings: string[];
  readonly daemons: Record<string, string>;
  readonly unparsed: string[];
  containers: OpenContainer[];
  lastClone?: OpenContainer;
}

/** One part of the text. */
export interface Section {
  /** The line that opens it. */
  readonly title: RegExp;
  /** Takes one line; false where it was not understood. */
  read(line: StatusLine, draft: StatusDraft): boolean;
  readonly endsAtBlankLine?: boolean;
}

export function emptyDraft(): StatusDraft {
  return { nodes: [], resources: [], failedActions: [], warnings: [], daemons: {}, unparsed: [], containers: [] };
}

export function stateFromDraft(draft: StatusDraft): ClusterState {
  const { clusterName, stack, dcName, dcVersion, quorate } = draft;
  return {
    ...(clusterName === undefined ? {} : { clusterName }),
    ...(stack === undefined ? {} : { stack }),
    ...(dcName === undefined
      ? {}
      : { dc: { name: dcName, ...(dcVersion === undefined ? {} : { version: dcVersion }) } }),
    ...(quorate === undefined ? {} : { quorate }),
    nodes: draft.nodes,
    resources: draft.resources,
    failedActions: draft.failedActions,
    warnings: draft.warnings,
    daemons: draft.daemons,
    unparsed: draft.unparsed,
  };
}
