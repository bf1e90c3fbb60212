import type { AuditResult } from './audit.js';
import type { Breakdown } from './breakdown.js';
import type { TimeConstants } from './cluster-state.js';
import type { BackendOptions } from './lab.js';
import type { Residue } from './residue.js';
import type { ProbeKind, ResolvedFault } from './scenario.js';
import type { Slowness } from './slowness.js';
import type { Language, Text } from './text.js';
import type { Verdict } from './verdict.js';

/** One check of a step, as it stood when the step ended. */
export interface CheckResult {
  /** The expectation in words, targets resolved. */
  readonly expected: string;
  readonly verdict: 'passed' | 'unknown' | 'failed';
  readonly seen: string;
  /** Run-folder paths of what the judgement stands on (e.g. the `pcs status` text). */
  readonly evidence: readonly string[];
}

/** A stretch in which a probe got no answer; times in ms on the run's monotonic clock. */
export interface OutageWindow {
  readonly fromMs: number;
  readonly toMs: number;
  /** `toMs - fromMs`; between two requests nobody looked, so each end is the middle of where it may be. */
  readonly durationMs: number;
  /** False while no answer had come back when the probe ended. */
  readonly ended: boolean;
  /** What is certain of it; absent in runs from before there were bounds. */
  readonly atLeastMs?: number;
  /** From the last request that was answered before it to the first answer after it. */
  readonly atMostMs?: number;
}

/** A stretch in which the same one answered. */
export interface AnsweredBy {
  /** The name of a node (http, writer), or a MAC address (arp). */
  readonly who: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly answers: number;
}

/** What became of a writer's records, by the service's own word after the probe had ended. */
export interface WritesResult {
  readonly acknowledged: number;
  /** Acknowledged and not there, by their numbers. */
  readonly lost: readonly number[];
  /** There more than once, acknowledged or not. */
  readonly doubled: readonly number[];
  /** Never acknowledged, and there all the same. */
  readonly unacknowledged: number;
  /** Why the records could not be read back; nothing is known then. */
  readonly problem?: string;
}

export interface ProbeResult {
  readonly probe: string;
  readonly kind: ProbeKind;
  readonly target: string;
  readonly sent: number;
  readonly answered: number;
  readonly everyMs: number;
  /** The longest the probe itself did not get to run, beyond its interval. */
  readonly largestGapMs: number;
  readonly windows: readonly OutageWindow[];
  /** In the order they answered; absent where answers do not say. */
  readonly answeredBy?: readonly AnsweredBy[];
  readonly writes?: WritesResult;
  /** Of the longest window. */
  readonly breakdown?: Breakdown;
}

/** What the audits after a step came to. */
export interface StepAudits {
  /** Why none was made. */
  readonly skipped?: string;
  readonly results: readonly AuditResult[];
  /** Looking until the cluster was idle, and judging; of a run's first step also the look before it, which is in the step's own `durationMs` too. */
  readonly durationMs: number;
  /** Of it, waiting until the cluster was idle. */
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
  /** In the order of the step's probes; absent where it has none. */
  readonly probes?: readonly ProbeResult[];
  /** Absent where nothing was audited: audits are off, or the step was not run to its end. */
  readonly audits?: StepAudits;
  /** The step's own hint, for whoever reads that it failed. */
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

/** What a run knows of itself; written as run.json. */
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
  readonly kernel: string;
  /** Only where the nodes are slower than hardware: by how much, and which timings were changed for it. */
  readonly slowness?: Slowness;
  readonly seed: number;
  /** False with `--no-audits`. */
  readonly audits: boolean;
  readonly language: Language;
  /** Node name to package name to version. */
  readonly packages: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly scenarios: readonly string[];
}

/** Everything that can happen in a run; events.jsonl holds them as they happen and every report is a fold over them. */
export type RunEvent =
  | {
      readonly kind: 'run-started';
      readonly run: string;
      readonly lab: string;
      readonly backend: string;
      readonly plan: readonly PlannedScenario[];
    }
  | { readonly kind: 'run-info'; readonly info: RunInfo }
  /** The backend at work before and after the scenarios. */
  | { readonly kind: 'stage-started'; readonly stage: string; readonly title: string }
  | { readonly kind: 'stage-progress'; readonly stage: string; readonly text: string }
  | { readonly kind: 'stage-finished'; readonly stage: string; readonly durationMs: number; readonly error?: string }
  | { readonly kind: 'scenario-started'; readonly scenario: string; readonly title: Text; readonly asGiven: boolean }
  | {
      readonly kind: 'step-started';
      readonly scenario: string;
      readonly step: string;
      readonly title: Text;
      readonly say?: Text;
      readonly deadlineMs?: number;
    }
  | {
      readonly kind: 'target-resolved';
      readonly scenario: string;
      readonly step: string;
      readonly target: string;
      readonly node: string;
    }
  | {
      readonly kind: 'command-finished';
      readonly scenario: string;
      readonly step: string;
      readonly node: string;
      readonly argv: readonly string[];
      readonly exitCode: number;
      readonly durationMs: number;
      readonly stdout: string;
      readonly stderr: string;
    }
  /** While a step waits: what was seen last. Sent at most a few times a second. */
  | {
      readonly kind: 'step-waiting';
      readonly scenario: string;
      readonly step: string;
      readonly seen: string;
      readonly elapsedMs: number;
    }
  | { readonly kind: 'fault-journalled'; readonly id: string; readonly fault: ResolvedFault }
  | { readonly kind: 'fault-injected'; readonly id: string; readonly fault: ResolvedFault }
  | { readonly kind: 'fault-healed'; readonly id: string; readonly fault: ResolvedFault }
  | { readonly kind: 'fault-not-healed'; readonly id: string; readonly fault: ResolvedFault; readonly error: string }
  | { readonly kind: 'step-finished'; readonly result: StepResult }
  | { readonly kind: 'scenario-finished'; readonly result: ScenarioResult }
  | { readonly kind: 'lab-restored'; readonly restored: RestoredLab }
  | { readonly kind: 'evidence-fetched'; readonly node: string; readonly files: readonly string[] }
  | { readonly kind: 'warning'; readonly text: string }
  | { readonly kind: 'run-finished'; readonly verdict: Verdict; readonly durationMs: number; readonly reason?: string };

/** The lab was brought back to the state that a set-up had left, for the scenario that comes next. */
export interface RestoredLab {
  /** The scenario that had changed the lab since. */
  readonly after: string;
  readonly before: string;
  /** The set-up whose state was restored: the last one that the next scenario requires. */
  readonly to: string;
  /** What the scenarios in between had left behind. */
  readonly residue: Residue;
  /** Nodes that were not in the cluster. */
  readonly broughtBack: readonly string[];
  /** Why the whole lab was recreated, if it was. */
  readonly recreated?: string;
  readonly durationMs: number;
}

export interface PlannedScenario {
  readonly scenario: string;
  readonly title: Text;
  readonly asGiven: boolean;
  readonly steps: readonly { readonly step: string; readonly title: Text }[];
}

/** An event with its place in time: `at` ISO 8601 wall clock, `ms` since the run began on the monotonic clock. */
export type StampedEvent = RunEvent & { readonly seq: number; readonly at: string; readonly ms: number };
