import type { Phase } from './scenario.js';

/** The end of one phase of an outage. */
export interface PhaseEnd {
  readonly phase: Phase;
  /** On the run's clock, like windows. */
  readonly atMs: number;
  /** From the end of the previous phase, and at most to the first answer. */
  readonly durationMs: number;
  /** The possible error of `durationMs`, because each node has its own clock. */
  readonly uncertainMs: number;
  /** The node whose journal shows it; absent for `answers`, which the probe shows. */
  readonly node?: string;
  /** The log line, or what the probe saw. */
  readonly source: string;
}

/** No journal shows it; no node was fenced; the resource is not known. */
export type WhyMissing = 'not-found' | 'not-fenced' | 'no-resource';

/** A node's clock relative to the run's, measured by round trips before the fault and after the outage. */
export interface NodeClock {
  readonly node: string;
  /** The node's wall clock minus the run's. */
  readonly offsetMs: number;
  /** Half the round trip plus the difference of the two measurements; 0 if all nodes share one clock. */
  readonly uncertainMs: number;
}

/** The phases of an outage, according to the nodes' journals. */
export interface Breakdown {
  /** The resource whose start ends the outage; absent if it is not known. */
  readonly resource?: string;
  /** The start of the first phase: the first unanswered request, or the end of the injection if that was earlier. */
  readonly beganMs: number;
  /** In the order of PHASES. */
  readonly phases: readonly PhaseEnd[];
  readonly missing: readonly { readonly phase: Phase; readonly why: WhyMissing }[];
  /** Nodes whose journal could not be read. */
  readonly unread: readonly string[];
  /** How long after the first answer the start was reported, if it was. */
  readonly startReportedAfterMs?: number;
  /** Empty if all nodes share one clock. */
  readonly clocks: readonly NodeClock[];
}

/** An event of a failover in a node's journal; `atMs` is the node's wall clock. */
export type ClusterMoment = { readonly atMs: number; readonly line: string } & (
  | { readonly kind: 'token-lost' | 'link-lost' | 'shut-down' }
  /** `left`: a former member is missing. */
  | { readonly kind: 'membership'; readonly left: boolean }
  | { readonly kind: 'fenced'; readonly target: string }
  | { readonly kind: 'monitor-failed' | 'started'; readonly resource: string; readonly node?: string }
);
