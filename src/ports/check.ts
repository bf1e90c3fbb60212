import type { StatusReading } from '../model/cluster-state.js';
import type { ProbeResult } from '../model/event.js';
import type { Lab } from '../model/lab.js';
import type { Expectation, ExpectationKind, SeenFrom, Target, TimeExpression } from '../model/scenario.js';
import type { Judgement } from '../model/verdict.js';
import type { ExecResult } from './transport.js';

/** A step's own command on one node, and what came of it. */
export type StepCommand = ExecResult & { readonly node: string };

/** What checks may ask for in one round of observation; a round reads each thing at most once. */
export interface CheckContext {
  readonly lab: Lab;
  /** The node a target means now (`was` targets: as recorded). Throws LabError `role-unresolved`. */
  resolve(target: Target): Promise<string>;
  /** Nodes whose word counts from this seat, with what each said (crm_mon XML only; fast). Majority: the nodes that answered from the quorate partition. */
  readings(seenFrom: SeenFrom): Promise<readonly StatusReading[]>;
  /** The real `pcs status` text, read and parsed, from the first node that counts from this seat. */
  pcsStatus(seenFrom: SeenFrom): Promise<StatusReading>;
  /** Runs an argv on a node through management. Throws LabError `node-unreachable`. */
  exec(node: string, argv: readonly string[], timeoutMs?: number): Promise<ExecResult>;
  /** The step's own command, on each node that it ran on; none where it ran none. */
  readonly commands: readonly StepCommand[];
  /** When the scenario began, in ms since 1970, by the clock of whoever runs it. */
  readonly scenarioBeganMs: number;
  /** How long ago a step of this scenario began, the running one where none is named; `undefined`: it has not. */
  sinceStepMs(step?: string): number | undefined;
  probe(id: string): ProbeResult | undefined;
  /** Value in ms by the live cluster's constants. Throws LabError `status-unreadable` where they cannot be read. */
  ms(expression: TimeExpression): Promise<number>;
}

/** One kind of check: `observe` asks, `judge` is pure and can be done again from what was stored. */
export interface CheckDriver<E extends Expectation, O> {
  readonly kind: E['kind'];
  /** In words, for reports; a target stands as the scenario wrote it. */
  describe(expectation: E): string;
  observe(expectation: E, context: CheckContext): Promise<O>;
  judge(expectation: E, observation: O): Judgement;
  /** Whether this check stands on `pcs status`, whose real text is then read and must agree before it passes. */
  readonly standsOnStatus: boolean;
}

// biome-ignore lint/suspicious/noExplicitAny: each driver's observation is its own
export type CheckTable = { readonly [K in ExpectationKind]: CheckDriver<Extract<Expectation, { kind: K }>, any> };
