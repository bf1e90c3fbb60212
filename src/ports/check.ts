import type { StatusReading } from '../model/cluster-state.js';
import type { ProbeResult } from '../model/event.js';
import type { Expectation, SeenFrom } from '../model/expectation.js';
import type { Lab } from '../model/lab.js';
import type { ProbeKind, TimeExpression } from '../model/scenario.js';
import type { Target } from '../model/target.js';
import type { Judgement } from '../model/verdict.js';
import type { ExecResult } from './transport.js';

/** The result of a step's own command on one node. */
export type StepCommand = ExecResult & { readonly node: string };

/** What checks may observe in one round; a round reads each thing at most once. */
export interface CheckContext {
  readonly lab: Lab;
  /** The node a target means now (`was` targets: as recorded). Throws LabError `role-unresolved`. */
  resolve(target: Target): Promise<string>;
  /** Nodes whose answer counts in this view, each with its status (crm_mon XML only; fast). Majority: the nodes that answered from the quorate partition. */
  readings(seenFrom: SeenFrom): Promise<readonly StatusReading[]>;
  /** The real `pcs status` text, read and parsed, from the first node that counts in this view. */
  pcsStatus(seenFrom: SeenFrom): Promise<StatusReading>;
  /** Runs an argv on a node through management. Throws LabError `node-unreachable`. */
  exec(node: string, argv: readonly string[], timeoutMs?: number): Promise<ExecResult>;
  /** Its machine is known to be off, so that nothing runs there. Never throws. */
  isOff(node: string): Promise<boolean>;
  /** The results of the step's own command, one per node; empty if it ran none. */
  readonly commands: readonly StepCommand[];
  /** When the scenario began, in ms since 1970, by the clock of the machine that runs it. */
  readonly scenarioBeganMs: number;
  /** How long ago a step of this scenario began, the running one where none is named; `undefined`: it has not. */
  sinceStepMs(step?: string): number | undefined;
  probe(id: string): ProbeResult | undefined;
  /** Value in ms by the live cluster's constants. Throws LabError `status-unreadable` where they cannot be read. */
  ms(expression: TimeExpression): Promise<number>;
}

/**
 * When an expectation can be judged: at any time; once the step has begun to act; when the step's probes have ended; or by
 * the step's own command, which does not run twice, so that no waiting changes the verdict.
 */
type JudgedWhen = 'now' | 'after-action' | 'after-probe' | 'of-command';

/** Another part of the scenario that an expectation names, at a place below the expectation's own. */
export type Reference = { readonly at: readonly string[]; readonly id: string } & (
  | { readonly kind: 'step' }
  /** One of the kinds of probe that can answer. */
  | { readonly kind: 'probe'; readonly kinds: readonly ProbeKind[] }
);

/** An expectation inside another one. */
interface Nested {
  readonly at: readonly (string | number)[];
  readonly expectation: Expectation;
  /** Its contrary is expected. */
  readonly isDenied?: true;
}

/** One kind of expectation: `observe` asks, `judge` is pure and can be repeated from what was stored. */
export interface Check<E extends Expectation = Expectation, O = unknown> {
  readonly kind: string;
  /** Rank in a round, cheapest first: 0 takes nothing, 1 a reading that the round has anyway, 6 a login. */
  readonly cost: number;
  readonly when: JudgedWhen;
  /** Whether the real text of `pcs status` is read too, and must agree before this check passes. */
  readonly readsStatusText: boolean;
  /** What it finds out, for messages about a place where it cannot: `an outage`. Default is the kind. */
  readonly finds?: string;
  /** Every target that it names: roles among them are recorded when the step begins. */
  targets(expectation: E): readonly Target[];
  references?(expectation: E): readonly Reference[];
  /** Targets that it expects to be anything but online, so that the step is known to change them. */
  setsAside?(expectation: E, isDenied: boolean): readonly Target[];
  nested?(expectation: E): readonly Nested[];
  /** Of one that is judged by many looks during a time, what its contrary is, and how long. */
  lasting?(expectation: E): { readonly expectation: Expectation; readonly during: TimeExpression };
  /** What is expected of a step's command where no expectation of this kind is written. */
  readonly implied?: E;
  /** Describes it in words, for reports; targets appear as in the scenario. */
  describe(expectation: E): string;
  observe(expectation: E, context: CheckContext): Promise<O>;
  judge(expectation: E, observation: O): Judgement;
}

export type CheckTable = Readonly<Record<string, Check>>;

/** The check of this expectation's kind; throws where the table has none. */
export function checkOf(checks: CheckTable, { kind }: Expectation): Check {
  const check = checks[kind];
  if (check === undefined) throw new Error(`no check of the kind '${kind}'`);
  return check;
}

/** The expectation and all those inside it. */
export function withNested(checks: CheckTable, expectation: Expectation): readonly Expectation[] {
  const inside = checkOf(checks, expectation).nested?.(expectation) ?? [];
  return [expectation, ...inside.flatMap((each) => withNested(checks, each.expectation))];
}

/** The targets that an expectation, or one inside it, expects to be anything but online. */
export function setAsideBy(checks: CheckTable, expectation: Expectation, isDenied = false): readonly Target[] {
  const { setsAside, nested } = checkOf(checks, expectation);
  const inside = nested?.(expectation) ?? [];
  return [
    ...(setsAside?.(expectation, isDenied) ?? []),
    ...inside.flatMap((each) => setAsideBy(checks, each.expectation, isDenied !== (each.isDenied === true))),
  ];
}

/** The expectations of a step that runs a command: the implied ones, then the written ones. */
export function withImplied(checks: CheckTable, written: readonly Expectation[]): readonly Expectation[] {
  const kinds = new Set(written.flatMap((each) => withNested(checks, each)).map(({ kind }) => kind));
  const implied = Object.values(checks).flatMap((check) => check.implied ?? []);
  return [...implied.filter(({ kind }) => !kinds.has(kind)), ...written];
}
