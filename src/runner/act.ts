import { LabError } from '../model/errors.js';
import type { CheckResult } from '../model/event.js';
import type { Action, Installable, ResolvedFault, Step } from '../model/scenario.js';
import type { StepCommand } from '../ports/check.js';
import { untilAborted } from './deadline.js';
import { type HealDeps, healFault, injectFault } from './heal.js';
import type { RunSession } from './session.js';

/** Where a step stands: its session, its names, and what its action is about. */
export interface StepScope {
  readonly session: RunSession;
  readonly scenario: string;
  readonly step: Step;
  /** Those that a command runs on. */
  readonly nodes: readonly string[];
  /** The step's fault, on the nodes that it means. */
  readonly fault?: ResolvedFault;
}

/** What an action left to look at. */
export interface Acted {
  /** Of the step's command, on each of its nodes. */
  readonly commands: readonly StepCommand[];
  readonly checks: readonly CheckResult[];
}

const RUN_TIMEOUT_MS = 300_000;
export const NOTHING: Acted = { commands: [], checks: [] };

const ACT: {
  readonly [K in Action['kind']]: (action: Extract<Action, { kind: K }>, scope: StepScope) => Promise<Acted>;
} = {
  none: async () => NOTHING,
  run: (action, scope) => runEverywhere(action.argv, scope),
  form: (action, scope) => form(action, scope),
  fault: (_action, scope) => breakLab(scope),
  heal: (action, scope) => mendLab(action.step, scope),
  install: (action, scope) => install(action.what, scope),
};

/** Does what the step does. Throws LabError where that could not be done. */
export function act(scope: StepScope): Promise<Acted> {
  const { action } = scope.step;
  return (ACT[action.kind] as (action: Action, scope: StepScope) => Promise<Acted>)(action, scope);
}

/** On every node of the target at once. */
async function runEverywhere(argv: readonly string[], scope: StepScope): Promise<Acted> {
  const outcomes = await Promise.allSettled(scope.nodes.map((node) => runOn(node, argv, scope)));
  const commands = outcomes.map((outcome) => {
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  });
  return { commands, checks: [] };
}

async function runOn(
  node: string,
  argv: readonly string[],
  { session, scenario, step }: StepScope,
): Promise<StepCommand> {
  const { signal, emit } = session.deps;
  const running = session
    .transport(node)
    .then((transport) => transport.exec(argv, { timeoutMs: RUN_TIMEOUT_MS, signal }));
  const result = await untilAborted(running, signal);
  const { exitCode, durationMs, stdout, stderr } = result;
  emit({ kind: 'command-finished', scenario, step: step.id, node, argv, exitCode, durationMs, stdout, stderr });
  return { ...result, node };
}

async function form({ stage }: Extract<Action, { kind: 'form' }>, { session }: StepScope): Promise<Acted> {
  const { backend, cluster, instance, haclusterPassword, pace, signal } = session.deps;
  const { fencing } = backend;
  session.time.forget();
  const forming = cluster.form(stage, {
    lab: instance.lab,
    haclusterPassword,
    ...(fencing && fencing.whyNot(instance) === undefined ? { fenceDevices: fencing.devices(instance) } : {}),
    transport: session.transport,
    pace: pace(),
    signal,
  });
  const { seen } = await untilAborted(forming, signal);
  return {
    ...NOTHING,
    checks: [{ expected: `formation stage '${stage}' is done`, verdict: 'passed', seen, evidence: [] }],
  };
}

/** Not cut short by an abort: an injection half done must not meet its own undoing. */
async function breakLab({ session, scenario, step, fault }: StepScope): Promise<Acted> {
  if (fault === undefined) throw new LabError('bug', `the fault of step ${step.id} was not resolved`);
  const { clock, folder } = session.deps;
  const entry = {
    id: session.nextFaultId(scenario, step.id),
    at: clock.now(),
    run: folder.id,
    fault,
  };
  session.injected.set(step.id, entry);
  await injectFault(entry, healDepsOf(session));
  return NOTHING;
}

async function mendLab(stepId: string, { session, step }: StepScope): Promise<Acted> {
  const entry = session.injected.get(stepId);
  if (entry === undefined)
    throw new LabError('heal-failed', `step ${step.id} heals '${stepId}', which has injected nothing in this scenario`);
  await healFault(entry, healDepsOf(session));
  return NOTHING;
}

async function install(what: Installable, { session }: StepScope): Promise<Acted> {
  const { install: bring, signal } = session.deps;
  const everywhere = session.haNodes.map(async (node) => bring(what, await session.transport(node)));
  const seen = await untilAborted(Promise.all(everywhere), signal);
  return {
    ...NOTHING,
    checks: [{ expected: `${what} is installed`, verdict: 'passed', seen: seen.join('; '), evidence: [] }],
  };
}

export function healDepsOf({ deps, faultContext }: RunSession): HealDeps {
  const { journal, faults, clock, emit } = deps;
  return { journal, faults, clock, emit, context: faultContext };
}
