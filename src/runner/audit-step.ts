import { AUDITS, type AuditKind, type AuditResult, type ExpectedViolation, type Finding } from '../model/audit.js';
import { defined } from '../model/defined.js';
import { isLabError } from '../model/errors.js';
import type { StepAudits } from '../model/event.js';
import type { TypedLine } from '../model/exercise.js';
import type { ActiveFault } from '../model/fault-effect.js';
import { nodesOfFault } from '../model/fault-nodes.js';
import type { LabObservation } from '../model/observation.js';
import type { FormationStage, Step } from '../model/scenario.js';
import type { Target } from '../model/target.js';
import { argvOn, roleKey, roleText } from '../model/target.js';
import { textIn } from '../model/text.js';
import type { AuditInput, Auditor } from '../ports/audit.js';
import { type CheckTable, setAsideBy } from '../ports/check.js';
import type { ClusterCommands } from '../ports/cluster.js';
import { activeFaults } from '../ports/fault.js';
import type { StepScope } from './act.js';
import { type ObserveRequest, observeLab, type Settled, settle } from './observe-lab.js';
import { activeIn, type RunSession } from './session.js';
import { createProgressReporter, type Progress } from './step-report.js';

/** The first observation of a run reads no older logs: what they hold was not caused by the run. */
const FROM_NOW = 'now';
const NO_CLUSTER = 'no cluster runs on any node';
const WITH_NEXT = 'audited together with the next step';

/**
 * Observes the lab once before the first step, so that what was broken before the run counts against no step; a lab that
 * was made for this run has no history. Resolves to the ms that it took.
 */
export async function observeBeforeRun(session: RunSession): Promise<number> {
  const { auditor, clock, isNewLab } = session.deps;
  if (auditor === undefined || session.observed.latest() !== undefined) return 0;
  if (isNewLab) {
    session.observed.keep({ at: clock.now(), nodes: [], arp: [] });
    session.observed.outdate();
    return 0;
  }
  const begunMs = clock.monotonicMs();
  session.observed.keep(await observeLab(session, { auditor, firstSince: FROM_NOW }));
  return clock.monotonicMs() - begunMs;
}

/**
 * Begins the audits' first observation while the slow checks of a step still run: the quick ones hold by then. The audits
 * use it only if that very round passes, and observe again if the cluster was not idle in it.
 */
export function beginObservation({ session, step }: Pick<StepScope, 'session' | 'step'>, progress: Progress): void {
  const { auditor } = session.deps;
  if (auditor === undefined || isForming(step) || step.isAuditedWithNext) return;
  progress.begunObservation = observeLab(session, observeRequestOf(auditor, session.observed.latest()));
  // The audits await it and handle its failure; if they never do, the failure is of no interest.
  progress.begunObservation.catch(() => undefined);
}

function observeRequestOf(auditor: Auditor, before: LabObservation | undefined): ObserveRequest {
  return { auditor, ...(before ? { before } : {}), firstSince: FROM_NOW };
}

/**
 * Waits until the cluster is idle and judges every audit by one observation of all nodes; after a step that did not pass,
 * without waiting. A step that is audited with the next one is only remembered if it passed. Returns `undefined` where audits are off. Throws only `interrupted` and bugs in halab.
 */
export async function auditStep(
  scope: Pick<StepScope, 'session' | 'scenario' | 'step'>,
  { targets, begunObservation }: Progress,
  hasPassed: boolean,
): Promise<StepAudits | undefined> {
  const { session, step } = scope;
  const { auditor, clock } = session.deps;
  if (auditor === undefined) return undefined;
  const begunMs = clock.monotonicMs();
  const before = session.observed.latest();
  if (before !== undefined && isBeforeAnyCluster(step, before)) return WITHOUT_CLUSTER;
  if (step.isAuditedWithNext && hasPassed) {
    for (const node of touchedIn(scope, targets)) session.touchedBefore.add(node);
    return { ...WITHOUT_CLUSTER, skipped: WITH_NEXT };
  }
  const settled = await settle(session, {
    ...observeRequestOf(auditor, before),
    ...(hasPassed && begunObservation ? { begun: begunObservation } : {}),
    faults: activeIn(session),
    withinMs: hasPassed && !isForming(step) ? await settleMs(session, step) : 0,
    onWaiting: createProgressReporter(scope),
  });
  const { skipped, results } = judgeObserved(scope, settled, before, targets);
  session.observed.keep(settled.now);
  session.touchedBefore.clear();
  const isWorthKeeping = results.some(
    ({ findings, expected }) => findings.length > 0 || expected.some((each) => each.findings.length > 0),
  );
  return {
    ...(skipped === undefined ? {} : { skipped }),
    results,
    durationMs: clock.monotonicMs() - begunMs,
    settledAfterMs: settled.afterMs,
    evidence: isWorthKeeping ? [keep(scope, before, settled.now)] : [],
  };
}

/** Judges every audit by an observation; where audits are off, none. Pure but for what the session remembers. */
export function judgeObserved(
  scope: Pick<StepScope, 'session' | 'step'>,
  settled: Omit<Settled, 'afterMs'>,
  before: LabObservation | undefined,
  targets: Readonly<Record<string, string>>,
): Pick<StepAudits, 'skipped' | 'results'> {
  const { session, step } = scope;
  const { auditor } = session.deps;
  const skipped = whySkipped(step, settled, before);
  if (auditor === undefined || skipped !== undefined)
    return { ...(skipped === undefined ? {} : { skipped }), results: [] };
  const input = inputOf(scope, settled, before, targets);
  return { results: judgeAll(auditor, input, expectedViolationsOf(step, targets, session.recorded)) };
}

/** None of these stages starts a cluster. */
const BEFORE_START: readonly FormationStage[] = ['packages', 'pcsd', 'password', 'auth', 'setup'];

/** There was no cluster and there cannot be one yet, so no node needs to be asked. */
function isBeforeAnyCluster({ action }: Step, before: LabObservation): boolean {
  return action.kind === 'form' && BEFORE_START.includes(action.stage) && !hasCluster(before);
}

const WITHOUT_CLUSTER: StepAudits = {
  skipped: NO_CLUSTER,
  results: [],
  durationMs: 0,
  settledAfterMs: 0,
  evidence: [],
};

/** Pure. In a cluster that is not idle only definite failures are reported, because everything else is still unknown. */
export function judgeAll(
  auditor: Pick<Auditor, 'table'>,
  input: AuditInput,
  violations: Step['expectedViolations'],
): readonly AuditResult[] {
  const judge = (kind: AuditKind): AuditResult =>
    withExpected(kind, auditor.table[kind].judge(input), violations, textIn(auditor.table[kind].holds, 'en'));
  const idle = judge('settled');
  const others = AUDITS.filter((kind) => kind !== 'settled');
  if (idle.verdict === 'passed') return [idle, ...others.map(judge)];
  return [idle, ...others.map((kind) => onlyBroken(judge(kind)))];
}

function onlyBroken(result: AuditResult): AuditResult {
  if (result.verdict === 'failed')
    return { ...result, findings: result.findings.filter(({ verdict }) => verdict === 'failed') };
  return { audit: result.audit, verdict: 'skipped', seen: 'the cluster is not idle', findings: [], expected: [] };
}

async function settleMs(session: RunSession, step: Step): Promise<number> {
  try {
    return await session.time.ms(step.settle);
  } catch (error) {
    if (!isLabError(error)) throw error;
    // Without a cluster there are no constants, and nothing to wait for.
    return session.time.knownMs(step.settle) ?? 0;
  }
}

function whySkipped(
  step: Step,
  { now, pendingActivity }: Omit<Settled, 'afterMs'>,
  before: LabObservation | undefined,
): string | undefined {
  if (![now, before].some((each) => each !== undefined && hasCluster(each))) return NO_CLUSTER;
  // A later formation stage, or the step after the last, waits for what an earlier one has begun.
  return isForming(step) && pendingActivity !== undefined ? 'the cluster is being formed' : undefined;
}

function isForming({ action }: Step): boolean {
  return action.kind === 'form';
}

/** Whether any node is in a cluster or has been. */
export function hasCluster({ nodes }: LabObservation): boolean {
  return nodes.some(({ quorum, controller, storedCib }) =>
    [quorum, controller, storedCib].some((part) => part !== undefined),
  );
}

function inputOf(
  scope: Pick<StepScope, 'session' | 'step'>,
  { now, unsettled }: Omit<Settled, 'afterMs'>,
  before: LabObservation | undefined,
  targets: Readonly<Record<string, string>>,
): AuditInput {
  const { session } = scope;
  return {
    lab: session.deps.instance.lab,
    now,
    ...(before ? { before } : {}),
    faults: activeIn(session),
    touched: [...new Set([...session.touchedBefore, ...touchedIn(scope, targets)])].sort(),
    ...(unsettled === undefined ? {} : { unsettled }),
  };
}

function touchedIn(
  { session, step }: Pick<StepScope, 'session' | 'step'>,
  targets: Readonly<Record<string, string>>,
): readonly string[] {
  const { deps, haNodes, injected, recorded } = session;
  const { action } = step;
  const entries = injected.get(action.kind === 'heal' ? action.step : step.id) ?? [];
  return touchedBy(step, {
    nodes: nodesOf(step, targets, haNodes),
    faults: activeFaults(
      entries.map(({ fault }) => fault),
      deps.faults,
      deps.instance.lab,
    ),
    haNodes,
    checks: deps.checks,
    mayChangeNodes: deps.cluster.commands.mayChangeNodes,
    nodeOf: (target) => (target.kind === 'node' ? target.name : recorded.get(roleKey(target))),
  });
}

/** The nodes of the step's command, as they were resolved. */
function nodesOf(
  { action }: Step,
  targets: Readonly<Record<string, string>>,
  haNodes: readonly string[],
): readonly string[] {
  if (action.kind !== 'run') return [];
  const target = action.on;
  if (target.kind === 'all') return haNodes;
  const node = target.kind === 'node' ? target.name : targets[roleText(target)];
  return node === undefined ? [] : [node];
}

/** Replaces roles in expected violations by their nodes, as this step or the last one before it recorded them. */
function expectedViolationsOf(
  { expectedViolations }: Step,
  targets: Readonly<Record<string, string>>,
  recorded: ReadonlyMap<string, string>,
): Step['expectedViolations'] {
  const nodeOf = (name: string) => {
    const role = /^\{(.+)\}$/.exec(name)?.[1];
    return role === undefined ? undefined : (targets[role] ?? recorded.get(role.replace(/^was /, '')));
  };
  return expectedViolations.map((each) => ({
    ...each,
    ...(each.of === undefined ? {} : { of: each.of.map((name) => nodeOf(name) ?? name) }),
    ...(each.on === undefined ? {} : { on: nodeOf(each.on) ?? each.on }),
  }));
}

function keep(
  { session, scenario, step }: Pick<StepScope, 'session' | 'scenario' | 'step'>,
  before: LabObservation | undefined,
  now: LabObservation,
): string {
  const content = `${JSON.stringify({ before, now }, null, 1)}\n`;
  return session.deps.folder.write(`evidence/audits/${scenario}/${step.id}.json`, content);
}

/** Splits an audit's findings into those that the step declared and those that it did not. */
export function withExpected(
  audit: AuditKind,
  findings: readonly Finding[],
  violations: readonly ExpectedViolation[],
  holds: string,
): AuditResult {
  const fitting = violations.filter((violation) => isOf(audit, violation, findings));
  const undeclared = findings.filter((finding) => !fitting.some((violation) => covers(violation, finding)));
  const expected = fitting.map((violation) => ({
    because: violation.because,
    ...defined({ of: violation.of, operation: violation.operation, on: violation.on }),
    findings: findings.filter((finding) => covers(violation, finding)),
  }));
  const worst = undeclared.find((finding) => finding.verdict === 'failed') ?? undeclared[0];
  return {
    audit,
    verdict: worst?.verdict ?? 'passed',
    seen: (worst ?? findings[0])?.seen ?? holds,
    findings: undeclared,
    expected,
  };
}

/** A violation of any audit, or an optional one, is reported only when it covers a finding. */
function isOf(audit: AuditKind, violation: ExpectedViolation, findings: readonly Finding[]): boolean {
  if (violation.audit !== audit && violation.audit !== 'any') return false;
  const isAlwaysReported = violation.audit === audit && violation.optional !== true;
  return isAlwaysReported || findings.some((finding) => covers(violation, finding));
}

function covers({ audit, of, operation, on }: ExpectedViolation, finding: Finding): boolean {
  const { subjects, verdict } = finding;
  if (audit === 'any' && verdict !== 'unknown') return false;
  if (operation !== undefined && finding.operation !== operation) return false;
  if (on !== undefined && !subjects.includes(on)) return false;
  return of === undefined || subjects.some((subject) => of.includes(subject));
}

/** The nodes that a step involved, by name. */
interface StepNodes {
  /** The nodes that its command ran on. */
  readonly nodes: readonly string[];
  /** The faults that it injected or healed. */
  readonly faults?: readonly ActiveFault[];
  readonly haNodes: readonly string[];
  readonly mayChangeNodes: ClusterCommands['mayChangeNodes'];
  /** Target texts to nodes. */
  nodeOf(target: Target): string | undefined;
  readonly checks: CheckTable;
}

/**
 * The nodes whose daemons or standing a step changes. A formation stage changes every node; a fault the nodes it is on,
 * unless it lies between nodes; a command that may start, stop or set nodes aside those that it names, or else runs on;
 * and an expectation the nodes that it expects to be anything but online.
 */
export function touchedBy(
  step: Step,
  { nodes, faults = [], haNodes, mayChangeNodes, nodeOf, checks }: StepNodes,
): readonly string[] {
  const onNodes = faults.filter(({ effect }) => !effect.isBetweenNodes);
  const touched = new Set<string>(onNodes.flatMap(({ fault }) => nodesOfFault(fault)));
  const { action } = step;
  if (action.kind === 'form') for (const node of haNodes) touched.add(node);
  const argv = action.kind === 'run' ? argvOn(action, nodeOf) : [];
  if (action.kind === 'run' && mayChangeNodes(argv))
    for (const node of namedIn(argv, nodes, haNodes)) touched.add(node);
  for (const { words, on } of action.kind === 'type' ? action.lines.flatMap((each) => commandsTyped(each, nodeOf)) : [])
    if (mayChangeNodes(words))
      for (const node of namedIn(words, on.kind === 'all' ? haNodes : [nodeOf(on) ?? []].flat(), haNodes))
        touched.add(node);
  for (const { node, argv: words } of action.kind === 'act' ? action.ran : [])
    if (mayChangeNodes(words)) for (const each of namedIn(words, [node], haNodes)) touched.add(each);
  for (const target of step.expect.flatMap((each) => setAsideBy(checks, each)))
    for (const node of target.kind === 'all' ? haNodes : [nodeOf(target)]) if (node !== undefined) touched.add(node);
  return [...touched].sort();
}

/** The commands of a line, each by its words. */
function commandsTyped({ on, line, roles = {} }: TypedLine, nodeOf: StepNodes['nodeOf']) {
  const [filled = line] = argvOn({ argv: [line], roles }, nodeOf);
  return filled.split(/[;&|\n]+/).map((command) => ({ on, words: command.trim().split(/\s+/) }));
}

function namedIn(argv: readonly string[], nodes: readonly string[], haNodes: readonly string[]): readonly string[] {
  if (argv.includes('--all')) return haNodes;
  const words = argv.flatMap((word) => word.split(/[\s;&|'"=,]+/));
  const named = haNodes.filter((node) => words.includes(node));
  return named.length > 0 ? named : nodes;
}
