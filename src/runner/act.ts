import { lastLine, lastLinesOf } from '../model/command-output.js';
import { isLabError, LabError, messageOf } from '../model/errors.js';
import type { CheckResult, RunEvent } from '../model/event.js';
import { faultText, isSameFault } from '../model/fault-nodes.js';
import { sourceText, valueIn } from '../model/saved-value.js';
import type { Action, Installable, ResolvedFault, Step } from '../model/scenario.js';
import type { StepCommand } from '../ports/check.js';
import { askUntil, type Clock, untilAborted } from '../ports/clock.js';
import { COMMANDS } from '../ports/cluster.js';
import { driverOf, type FaultContext, type FaultTable } from '../ports/fault.js';
import type { FaultJournal, JournalEntry } from '../ports/store.js';
import type { RunSession } from './session.js';
import type { TypedOn } from './targets.js';

/** A step in its session, with the nodes and the fault of its action resolved. */
export interface StepScope {
  readonly session: RunSession;
  readonly scenario: string;
  readonly step: Step;
  /** The nodes that its command runs on. */
  readonly nodes: readonly string[];
  /** That command, with its roles replaced; empty where it runs none. */
  readonly argv: readonly string[];
  /** What it types; empty where it types nothing. */
  readonly typed: readonly TypedOn[];
  /** Its fault, once for each node that it is on; empty where it has none. */
  readonly faults: readonly ResolvedFault[];
}

/** What an action returned for the expectations to judge. */
export interface Acted {
  /** The step's command, on each of its nodes. */
  readonly commands: readonly StepCommand[];
  readonly checks: readonly CheckResult[];
}

export const RUN_TIMEOUT_MS = 300_000;
export const NOTHING: Acted = { commands: [], checks: [] };

const ACT: {
  readonly [K in Action['kind']]: (action: Extract<Action, { kind: K }>, scope: StepScope) => Promise<Acted>;
} = {
  none: async () => NOTHING,
  run: (_action, scope) => runEverywhere(scope),
  form: (action, scope) => form(action, scope),
  fault: (_action, scope) => inject(scope),
  heal: (action, scope) => heal(action.step, scope),
  type: (_action, scope) => typeLines(scope),
  install: (action, scope) => install(action.what, scope),
  act: (action, scope) => ownCode(action, scope),
};

/** Performs the step's action. Throws LabError where that fails. */
export function act(scope: StepScope): Promise<Acted> {
  const { action } = scope.step;
  return (ACT[action.kind] as (action: Action, scope: StepScope) => Promise<Acted>)(action, scope);
}

async function runEverywhere(scope: StepScope): Promise<Acted> {
  const outcomes = await Promise.allSettled(scope.nodes.map((node) => runOn(node, scope)));
  const commands = outcomes.map((outcome) => {
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  });
  scope.session.printed.set(scope.step.id, commands);
  return { commands, checks: saveValues(scope, commands) };
}

async function runOn(node: string, { session, scenario, step, argv }: StepScope): Promise<StepCommand> {
  const { signal, emit } = session.deps;
  const running = session
    .transport(node)
    .then((transport) => transport.exec(argv, { timeoutMs: RUN_TIMEOUT_MS, signal }));
  const result = await untilAborted(running, signal);
  const { exitCode, durationMs, stdout, stderr } = result;
  emit({ kind: 'command-finished', scenario, step: step.id, node, argv, exitCode, durationMs, stdout, stderr });
  return { ...result, node };
}

/** Until a line fails: what follows it would be typed into another state than is meant. */
async function typeLines(scope: StepScope): Promise<Acted> {
  const checks: CheckResult[] = [];
  for (const { nodes, line } of scope.typed) {
    const argv = typedArgv(line);
    const outcomes = await Promise.allSettled(nodes.map((node) => runOn(node, { ...scope, argv })));
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') throw outcome.reason;
      checks.push(typedResult(line, outcome.value));
    }
    if (checks.some(({ verdict }) => verdict !== 'passed')) break;
  }
  return { ...NOTHING, checks };
}

/** A login shell, as a person has one. */
function typedArgv(line: string): readonly string[] {
  return ['bash', '-lc', line];
}

function typedResult(line: string, { node, exitCode, ...output }: StepCommand): CheckResult {
  const expected = `the line typed on ${node} succeeds: ${line}`;
  if (exitCode === 0) return { expected, verdict: 'passed', seen: 'it succeeded', evidence: [] };
  const seen = `it ended with exit code ${exitCode}: ${lastLinesOf(output) || 'no output'}`;
  return { expected, verdict: 'failed', seen, evidence: [] };
}

async function form({ stage }: Extract<Action, { kind: 'form' }>, { session }: StepScope): Promise<Acted> {
  const { backend, cluster, instance, haclusterPassword, slowness, signal } = session.deps;
  const { fencing } = backend;
  session.time.forget();
  const forming = cluster.form(stage, {
    lab: instance.lab,
    haclusterPassword,
    ...(fencing && fencing.whyNot(instance) === undefined ? { fenceDevices: fencing.devices(instance) } : {}),
    transport: session.transport,
    slowness: slowness(),
    signal,
  });
  const { seen, byHand } = await untilAborted(forming, signal);
  return {
    ...NOTHING,
    checks: [
      {
        expected: `formation stage '${stage}' is done`,
        verdict: 'passed',
        seen: byHand === undefined ? seen : `${seen}; ${COMMANDS}${byHand}`,
        evidence: [],
      },
    ],
  };
}

/** Runs to its end even after an abort, so that an undo never meets a half-done injection. */
async function inject({ session, scenario, step, faults }: StepScope): Promise<Acted> {
  if (faults.length === 0) throw new LabError('bug', `the fault of step ${step.id} was not resolved`);
  const { clock, folder } = session.deps;
  const entries = faults.map((fault) => ({
    id: session.nextFaultId(scenario, step.id),
    at: clock.now(),
    run: folder.id,
    fault,
  }));
  session.injected.set(step.id, entries);
  await injectFaults(entries, healDepsOf(session));
  return NOTHING;
}

async function heal(stepId: string, { session, step }: StepScope): Promise<Acted> {
  const entries = session.injected.get(stepId);
  if (entries === undefined)
    throw new LabError('heal-failed', `step ${step.id} heals '${stepId}', which injected no fault in this scenario`);
  await eachToItsEnd(entries, (entry) => healFault(entry, healDepsOf(session)));
  return NOTHING;
}

async function install(what: Installable, { session }: StepScope): Promise<Acted> {
  const { install: installOn, signal } = session.deps;
  const everywhere = session.haNodes.map(async (node) => installOn(what, await session.transport(node)));
  const seen = await untilAborted(Promise.all(everywhere), signal);
  return {
    ...NOTHING,
    checks: [{ expected: `${what} is installed`, verdict: 'passed', seen: seen.join('; '), evidence: [] }],
  };
}

/** Of the first node; what is not there fails the step, for later steps would run something else than is meant. */
function saveValues({ session, step }: StepScope, [first]: readonly StepCommand[]): readonly CheckResult[] {
  return Object.entries(step.saves ?? {}).map(([name, source]) => {
    const value = valueIn(first?.stdout ?? '', source);
    if (value !== undefined) session.saved.set(name, value);
    const expected = `the output has a value ${name} at ${sourceText(source)}`;
    const seen =
      value === undefined ? `it has none: ${lastLine(first?.stdout ?? '') ?? 'no output'}` : `${name} = ${value}`;
    return { expected, verdict: value === undefined ? 'failed' : 'passed', seen, evidence: [] };
  });
}

/** A script's own code; what goes wrong in it is the step's verdict. */
async function ownCode({ work }: Extract<Action, { kind: 'act' }>, { session }: StepScope): Promise<Acted> {
  const failure = await untilAborted(work(), session.deps.signal);
  const expected = "the step's code ends without an error";
  return { ...NOTHING, checks: [{ expected, evidence: [], ...(failure ?? { verdict: 'passed', seen: 'it ended' }) }] };
}

export function healDepsOf({ deps, faultContext }: RunSession): HealDeps {
  const { journal, faults, clock, emit } = deps;
  return { journal, faults, clock, emit, context: faultContext };
}

/** What injecting and undoing take; without a signal, because an undo is never cut short. */
export interface HealDeps {
  readonly journal: FaultJournal;
  readonly faults: FaultTable;
  readonly context: FaultContext;
  readonly clock: Clock;
  readonly emit: (event: RunEvent) => void;
}

interface HealOutcome {
  readonly healed: readonly JournalEntry[];
  readonly failed: readonly { readonly entry: JournalEntry; readonly error: unknown }[];
}

const TAKES_EFFECT_MS = 10_000;

/**
 * Undoes every fault in the journal, or those that `only` selects, the newest first. A fault that cannot be undone stays in
 * the journal, and the rest are undone all the same. Throws only where the journal cannot be read.
 */
export async function healAll(
  deps: HealDeps,
  only: (entry: JournalEntry) => boolean = () => true,
): Promise<HealOutcome> {
  const healed: JournalEntry[] = [];
  const failed: { readonly entry: JournalEntry; readonly error: unknown }[] = [];
  for (const entry of deps.journal.pending().filter(only).toReversed()) {
    try {
      await healFault(entry, deps);
      healed.push(entry);
    } catch (error) {
      failed.push({ entry, error });
    }
  }
  return { healed, failed };
}

/** Undoes one fault and closes its journal entry once the fault is verified to be gone; idempotent. Throws LabError `heal-failed`. */
async function healFault(
  { id, fault }: JournalEntry,
  { journal, faults, context, clock, emit }: HealDeps,
): Promise<void> {
  const driver = driverOf(faults, fault);
  try {
    await driver.undo(fault, context);
    const isGone = await askUntil(async () => !(await driver.isActive(fault, context)), TAKES_EFFECT_MS, clock);
    if (!isGone) throw new LabError('heal-failed', `it is still active ${TAKES_EFFECT_MS} ms after it was undone`);
    journal.close(id);
  } catch (error) {
    emit({ kind: 'fault-not-healed', id, fault, error: messageOf(error) });
    throw new LabError('heal-failed', `${faultText(fault)} could not be undone: ${messageOf(error)}`, {
      hint: 'Run `halab heal` to try again; `halab down` removes the lab with the fault.',
      data: { id, fault },
      cause: error,
    });
  }
  emit({ kind: 'fault-healed', id, fault });
}

/**
 * Injects faults at the same time. Each is written to the journal on disk before it is injected, and verified afterwards. Throws
 * LabError `fault-failed`, after every other was injected; its entry stays open then. If one of them is in force already, none
 * is injected.
 */
export async function injectFaults(entries: readonly JournalEntry[], deps: HealDeps): Promise<void> {
  for (const entry of entries) await refuseTwice(entry, deps);
  await eachToItsEnd(entries, (entry) => injectOne(entry, deps));
}

/** The first failure is thrown when all have ended. */
async function eachToItsEnd<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const outcomes = await Promise.allSettled(all.map(work));
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
}

async function injectOne(entry: JournalEntry, { journal, faults, context, clock, emit }: HealDeps): Promise<void> {
  const { id, fault } = entry;
  const driver = driverOf(faults, fault);
  journal.open(entry);
  emit({ kind: 'fault-journalled', id, fault });
  await driver.inject(fault, context);
  const isActive = await askUntil(() => driver.isActive(fault, context), TAKES_EFFECT_MS, clock);
  if (!isActive)
    throw new LabError('fault-failed', `${faultText(fault)} was injected, but the lab does not show it`, {
      data: { id, fault },
    });
  emit({ kind: 'fault-injected', id, fault });
}

/** Undoing either of the two would undo both, while the other stays in the journal as if it were in force. */
async function refuseTwice(
  { fault }: JournalEntry,
  { journal, faults, context }: Pick<HealDeps, 'journal' | 'faults' | 'context'>,
): Promise<void> {
  const driver = driverOf(faults, fault);
  const earlier = journal.pending().find((each) => isSameFault(each.fault, fault));
  if (earlier === undefined || driver.isMomentary || !(await isInForce(fault, { faults, context }))) return;
  const by = earlier.run === 'manual' ? 'manually' : `by ${earlier.id}`;
  throw new LabError('fault-failed', `${faultText(fault)} is in force already, injected ${by} at ${earlier.at}`, {
    hint: 'Undo it first: `halab heal`, or a step with `heal:` in a scenario.',
    data: { id: earlier.id, fault },
  });
}

/** As the lab shows it; one that cannot be asked is left to the injection, which says why. */
async function isInForce(
  fault: ResolvedFault,
  { faults, context }: Pick<HealDeps, 'faults' | 'context'>,
): Promise<boolean> {
  try {
    return await driverOf(faults, fault).isActive(fault, context);
  } catch (error) {
    if (!isLabError(error)) throw error;
    return false;
  }
}
