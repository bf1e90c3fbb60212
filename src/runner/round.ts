import type { ClusterState, StatusReading } from '../model/cluster-state.js';
import { LabError } from '../model/errors.js';
import type { SeenFrom, Target } from '../model/scenario.js';
import { roleKey, roleText } from '../model/target.js';
import type { CheckContext, StepCommand } from '../ports/check.js';
import type { ExecResult } from '../ports/transport.js';
import type { RunSession } from './session.js';
import { resolveTarget } from './targets.js';

/** One look at the lab: a fresh context for checks, in which each thing is read at most once. */
export interface Round extends CheckContext {
  /** Resolves a role afresh, picking among equals with `choose`. */
  resolveWith(target: Target, choose: (candidates: readonly string[]) => string): Promise<string>;
  /** crm_mon's XML of this node. */
  stateOf(node: string): Promise<StatusReading>;
  /** The real `pcs status` of this node. */
  pcsStatusOf(node: string): Promise<StatusReading>;
  /** The node whose `pcs status` represents this point of view. */
  reportingNode(seenFrom: SeenFrom): Promise<string>;
  /** Target texts to nodes, as resolved in this round. */
  readonly resolved: ReadonlyMap<string, string>;
}

const EXEC_TIMEOUT_MS = 5_000;

/** `asked` are the HA nodes that are asked; all of them unless a quick poll will do. */
export function createRound(
  session: RunSession,
  stepCommands: readonly StepCommand[] = [],
  asked: readonly string[] = session.haNodes,
): Round {
  const { recorded, read } = session;
  const { lab } = session.deps.instance;
  const resolved = new Map<string, string>();
  const stateOf = memoised((node: string) => read.state(node));
  const pcsStatusOf = memoised((node: string) => read.pcsStatus(node));
  const commands = new Map<string, Promise<ExecResult>>();
  const allStates = () => Promise.all(asked.map(stateOf));

  async function states(): Promise<readonly ClusterState[]> {
    const known = (await allStates()).flatMap((reading) => reading.state ?? []);
    const quorate = known.filter((state) => state.quorate === true);
    return quorate.length > 0 ? quorate : known;
  }

  async function resolveWith(target: Target, choose: (candidates: readonly string[]) => string): Promise<string> {
    const node = await resolveTarget(target, { lab, recorded, states, choose });
    resolved.set(roleText(target), node);
    return node;
  }

  async function resolve(target: Target): Promise<string> {
    const before = target.kind === 'other' ? recorded.get(roleKey(target)) : undefined;
    return before ?? resolveWith(target, ([first = '']) => first);
  }

  async function readings(seenFrom: SeenFrom): Promise<readonly StatusReading[]> {
    if (seenFrom.kind === 'majority') return majorityOf(await allStates());
    if (seenFrom.target.kind === 'all') return allStates();
    return [await stateOf(await resolve(seenFrom.target))];
  }

  /** The first that knows a state, where one does. */
  async function reportingNode(seenFrom: SeenFrom): Promise<string> {
    const counting = await readings(seenFrom);
    return (counting.find((reading) => reading.state !== undefined) ?? counting[0])?.node ?? raise(noHaNodes());
  }

  return {
    lab,
    commands: stepCommands,
    resolved,
    resolve,
    resolveWith,
    readings,
    reportingNode,
    stateOf,
    pcsStatusOf,
    pcsStatus: async (seenFrom) => pcsStatusOf(await reportingNode(seenFrom)),
    exec(node, argv, timeoutMs = EXEC_TIMEOUT_MS) {
      const key = JSON.stringify([node, ...argv]);
      const running = commands.get(key) ?? read.exec(node, argv, timeoutMs);
      commands.set(key, running);
      return running;
    },
    scenarioBeganMs: session.times.scenarioBeganMs(),
    sinceStepMs: (step) => session.times.sinceStepMs(step),
    probe: (id) => session.probes.get(id),
    ms: (expression) => session.time.ms(expression),
  };
}

/** The nodes of a partition with quorum; where there is none, every node, so that its absence differs from silence. */
function majorityOf(readings: readonly StatusReading[]): readonly StatusReading[] {
  const quorate = readings.filter((reading) => reading.state?.quorate === true);
  return quorate.length > 0 ? quorate : readings;
}

function noHaNodes(): LabError {
  return new LabError('role-unresolved', 'the lab has no HA node to look from');
}

function raise(error: Error): never {
  throw error;
}

function memoised<T>(ask: (node: string) => Promise<T>): (node: string) => Promise<T> {
  const asked = new Map<string, Promise<T>>();
  return (node) => {
    const answer = asked.get(node) ?? ask(node);
    asked.set(node, answer);
    return answer;
  };
}
