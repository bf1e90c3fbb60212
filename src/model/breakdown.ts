import type { Phase } from './scenario.js';

/** The end of one phase of an outage. */
export interface PhaseEnd {
  readonly phase: Phase;
  /** On the run's clock, as windows are. */
  readonly atMs: number;
  /** From the end of the phase before, and at most to the first answer. */
  readonly durationMs: number;
  /** How far off `durationMs` may be because nodes have clocks of their own. */
  readonly uncertainMs: number;
  /** Whose journal tells; absent for `answers`, which the probe tells. */
  readonly node?: string;
  /** The log line, or what the probe saw. */
  readonly source: string;
}

/** Not in any journal that was read; no node was fenced; nobody knows which resource is meant. */
export type WhyMissing = 'not-found' | 'not-fenced' | 'no-resource';

/** How a node's clock stands to the run's: measured by round trips before the fault and after the outage. */
export interface NodeClock {
  readonly node: string;
  /** The node's wall clock less the run's. */
  readonly offsetMs: number;
  /** Half the round trip, and by how much the two measurements differ; 0 where all nodes share one clock. */
  readonly uncertainMs: number;
}

/** What an outage consisted of, by the journals of the nodes. */
export interface Breakdown {
  /** Whose start is meant; absent where none is known. */
  readonly resource?: string;
  /** Where the first phase begins: the first request in vain, or the end of the injection if that was before. */
  readonly beganMs: number;
  /** In the order of PHASES. */
  readonly phases: readonly PhaseEnd[];
  readonly missing: readonly { readonly phase: Phase; readonly why: WhyMissing }[];
  /** Nodes whose journal could not be read. */
  readonly unread: readonly string[];
  /** How long after the first answer the start was reported, where it was. */
  readonly startReportedAfterMs?: number;
  /** Empty where all nodes share one clock. */
  readonly clocks: readonly NodeClock[];
}

/** Something that a node's journal tells of a failover; `atMs` is the node's wall clock. */
export type ClusterMoment = { readonly atMs: number; readonly line: string } & (
  | { readonly kind: 'token-lost' | 'link-lost' | 'shut-down' }
  /** `left`: without somebody who was a member. */
  | { readonly kind: 'membership'; readonly left: boolean }
  | { readonly kind: 'fenced'; readonly target: string }
  | { readonly kind: 'monitor-failed' | 'started'; readonly resource: string; readonly node?: string }
);
