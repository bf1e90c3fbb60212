import type { AuditResult } from './audit.js';
import type { Breakdown } from './breakdown.js';
import type { CibChange } from './cib-changes.js';
import type { TimeConstants } from './cluster-state.js';
import type { BackendOptions } from './lab.js';
import type { NodeView } from './node-view.js';
import type { Residue } from './residue.js';
import type { ProbeKind, ResolvedFault } from './scenario.js';
import type { Slowness } from './slowness.js';
import type { Language, Text } from './text.js';
import type { Judgement, Verdict } from './verdict.js';

/** The result of one check at the end of a step. */
export interface CheckResult extends Judgement {
  /** The expectation in words, targets resolved. */
  readonly expected: string;
  /** Run-folder paths of the judgement's evidence (e.g. the `pcs status` text). */
  readonly evidence: readonly string[];
}

/** A stretch in which a probe got no answer; times in ms on the run's monotonic clock. */
export interface OutageWindow {
  readonly fromMs: number;
  readonly toMs: number;
  /** `toMs - fromMs`; each end is the middle between two requests. */
  readonly durationMs: number;
  /** False if the service did not answer again before the probe ended. */
  readonly ended: boolean;
  /** The certain part of the outage; absent in runs of releases without bounds. */
  readonly atLeastMs?: number;
  /** From the last answered request before the outage to the first answer after it. */
  readonly atMostMs?: number;
}

/** A stretch in which one node answered. */
export interface AnsweredBy {
  /** The name of a node (http, writer), or a MAC address (arp). */
  readonly who: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly answers: number;
}

/** The fate of a writer's records, as the service reports it after the end of the probe. */
export interface WritesResult {
  readonly acknowledged: number;
  /** The numbers of acknowledged records that are missing. */
  readonly lost: readonly number[];
  /** Records that exist more than once, acknowledged or not. */
  readonly doubled: readonly number[];
  /** Records that exist without having been acknowledged. */
  readonly unacknowledged: number;
  /** Why the records could not be read back; the other members mean nothing then. */
  readonly problem?: string;
}

export interface ProbeResult {
  readonly probe: string;
  readonly kind: ProbeKind;
  readonly target: string;
  readonly sent: number;
  readonly answered: number;
  readonly everyMs: number;
  /** The longest delay of the probe itself, beyond its interval. */
  readonly largestGapMs: number;
  /** When it began and ended; absent in runs of releases that did not keep them. */
  readonly ran?: { readonly fromMs: number; readonly toMs: number };
  readonly windows: readonly OutageWindow[];
  /** In the order of their answers; absent if answers do not identify the node. */
  readonly answeredBy?: readonly AnsweredBy[];
  readonly writes?: WritesResult;
  /** The phases of the longest window. */
  readonly breakdown?: Breakdown;
}

/** The results of the audits after a step. */
export interface StepAudits {
  /** Why no audit was made. */
  readonly skipped?: string;
  readonly results: readonly AuditResult[];
  /** The time for waiting until the cluster was idle and for judging; in a run's first step also for the observation before it, which is part of the step's `durationMs` too. */
  readonly durationMs: number;
  /** The part of it spent waiting until the cluster was idle. */
  readonly settledAfterMs: number;
  /** Run-folder paths of what was observed. */
  readonly evidence: readonly string[];
}

export interface StepResult {
  readonly scenario: string;
  readonly step: string;
  readonly title: Text;
  readonly verdict: Verdict;
  readonly durationMs: number;
  /** Why it was skipped, failed or unknown; one line. */
  readonly reason?: string;
  readonly checks: readonly CheckResult[];
  readonly targets: Readonly<Record<string, string>>;
  /** In the order of the step's probes; absent if it has none. */
  readonly probes?: readonly ProbeResult[];
  /** Absent if nothing was audited: audits are off, or the step did not end. */
  readonly audits?: StepAudits;
  /** The step's own hint, for readers of a failure. */
  readonly hint?: Text;
  /** The live cluster's constants while the step ran; reports explain an outage by them. */
  readonly constants?: TimeConstants;
}

export interface ScenarioResult {
  readonly scenario: string;
  readonly title: Text;
  readonly verdict: Verdict;
  readonly reason?: string;
  readonly durationMs: number;
  readonly steps: readonly StepResult[];
}

/** How slow the nodes were at one moment of a run. */
export interface SlownessMeasurement {
  /** In force from then on. */
  readonly factor: number;
  /** One, or three of which the middle one counts. */
  readonly samples: readonly number[];
  /** The scenario that came next; absent if a lab had just been made. */
  readonly before?: string;
  /** The factor until then, if it changed. */
  readonly was?: number;
}

/** The properties of a run; written as run.json. */
export interface RunInfo {
  readonly run: string;
  readonly halab: string;
  readonly startedAt: string;
  readonly lab: string;
  readonly instance: string;
  readonly backend: string;
  readonly options?: BackendOptions;
  readonly image: string;
  readonly imageHash?: string;
  /** Of the packages under test: what they were asked from, and each with its version. */
  readonly stack?: { readonly sources: readonly string[]; readonly packages: Readonly<Record<string, string>> };
  readonly kernel: string;
  /** Only if the nodes were slower than hardware when the lab was up: by what factor, and which timings were changed. */
  readonly slowness?: Slowness;
  readonly seed: number;
  /** False with `--no-audits`. */
  readonly audits: boolean;
  readonly language: Language;
  /** Node name to package name to version. */
  readonly packages: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly scenarios: readonly string[];
}

/** What a run took place on. */
export interface Machine {
  readonly name: string;
  /** The model of its processors. */
  readonly cpu: string;
  readonly cores: number;
  readonly memoryMiB: number;
}

interface OfStep {
  readonly scenario: string;
  readonly step: string;
}

/** Everything that can happen in a run; events.jsonl stores the events as they happen, and every report is a fold over them. */
export type RunEvent =
  | {
      readonly kind: 'run-started';
      readonly run: string;
      readonly lab: string;
      /** A mark of what the lab is made from. */
      readonly labDigest?: string;
      /** The name of the lab on this machine; absent in runs of releases that did not say it. */
      readonly instance?: string;
      readonly backend: string;
      readonly machine?: Machine;
      readonly plan: readonly PlannedScenario[];
    }
  | { readonly kind: 'run-info'; readonly info: RunInfo }
  /** Progress of the backend before and after the scenarios. */
  | { readonly kind: 'stage-started'; readonly stage: string; readonly title: string }
  | { readonly kind: 'stage-progress'; readonly stage: string; readonly text: string }
  | { readonly kind: 'stage-finished'; readonly stage: string; readonly durationMs: number; readonly error?: string }
  | { readonly kind: 'scenario-started'; readonly scenario: string; readonly title: Text; readonly asGiven: boolean }
  /** The lab goes back to where the scenario began; what its steps came to until now counts no more. */
  | { readonly kind: 'scenario-rewound'; readonly scenario: string }
  | (OfStep & {
      readonly kind: 'step-started';
      readonly title: Text;
      readonly say?: Text;
      readonly deadlineMs?: number;
    })
  | (OfStep & { readonly kind: 'target-resolved'; readonly target: string; readonly node: string })
  | (OfStep & {
      readonly kind: 'command-finished';
      readonly node: string;
      readonly argv: readonly string[];
      readonly exitCode: number;
      readonly durationMs: number;
      readonly stdout: string;
      readonly stderr: string;
    })
  /** The latest observation while a step waits. Sent at most a few times a second. */
  | (OfStep & { readonly kind: 'step-waiting'; readonly seen: string; readonly elapsedMs: number })
  | { readonly kind: 'fault-journalled'; readonly id: string; readonly fault: ResolvedFault }
  | { readonly kind: 'fault-injected'; readonly id: string; readonly fault: ResolvedFault }
  | { readonly kind: 'fault-healed'; readonly id: string; readonly fault: ResolvedFault }
  | { readonly kind: 'fault-not-healed'; readonly id: string; readonly fault: ResolvedFault; readonly error: string }
  /** Sent when a node reports something else of the cluster than before, or nothing any more. */
  | { readonly kind: 'node-seen'; readonly node: string; readonly view: NodeView }
  /** The configuration differs from the last one that the audits read; the first time, from none. */
  | { readonly kind: 'configuration-changed'; readonly changes: readonly CibChange[] }
  | { readonly kind: 'step-finished'; readonly result: StepResult }
  | { readonly kind: 'scenario-finished'; readonly result: ScenarioResult }
  | { readonly kind: 'lab-restored'; readonly restored: RestoredLab }
  | { readonly kind: 'evidence-fetched'; readonly node: string; readonly files: readonly string[] }
  | ({ readonly kind: 'slowness-measured' } & SlownessMeasurement)
  | { readonly kind: 'warning'; readonly text: string }
  | { readonly kind: 'run-finished'; readonly verdict: Verdict; readonly durationMs: number; readonly reason?: string };

/** The lab was restored to the state after a set-up, for the next scenario. */
export interface RestoredLab {
  /** The scenario that had changed the lab since. */
  readonly after: string;
  readonly before: string;
  /** The set-up whose state was restored: the last one that the next scenario requires. */
  readonly to: string;
  /** The residue of the scenarios in between. */
  readonly residue: Residue;
  /** Nodes that were not in the cluster. */
  readonly broughtBack: readonly string[];
  /** Why the whole lab was recreated, if it was. */
  readonly recreated?: string;
  readonly durationMs: number;
}

export interface PlannedScenario {
  readonly scenario: string;
  /** A mark of its text. */
  readonly digest?: string;
  /** Its set-ups, in order. */
  readonly requires?: readonly string[];
  readonly title: Text;
  readonly asGiven: boolean;
  readonly steps: readonly { readonly step: string; readonly title: Text }[];
}

/** An event with its place in time: `at` ISO 8601 wall clock, `ms` since the run began on the monotonic clock. */
export type StampedEvent = RunEvent & { readonly seq: number; readonly at: string; readonly ms: number };
