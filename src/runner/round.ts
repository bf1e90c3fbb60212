import type { StatusReading } from '../model/cluster-state.js';
import { isLabError, LabError } from '../model/errors.js';
import type { Expectation, SeenFrom } from '../model/expectation.js';
import type { Target } from '../model/target.js';
import { roleKey, roleText } from '../model/target.js';
import type { Judgement } from '../model/verdict.js';
import { type CheckContext, type CheckTable, checkOf, type StepCommand } from '../ports/check.js';
import type { ClusterPort } from '../ports/cluster.js';
import type { ExecResult } from '../ports/transport.js';
import type { RunSession } from './session.js';
import { resolveTarget, statesThatCount } from './targets.js';

/** A fresh context for checks, in which everything is read at most once. */
export interface Round extends CheckContext {
  /** This node's crm_mon XML. */
  stateOf(node: string): Promise<StatusReading>;
  /** This node's real `pcs status`. */
  pcsStatusOf(node: string): Promise<StatusReading>;
  /** The node whose `pcs status` represents this point of view. */
  reportingNode(seenFrom: SeenFrom): Promise<string>;
  /** Target texts to nodes, as resolved in this round. */
  readonly resolved: ReadonlyMap<string, string>;
}

/** An expectation with its final judgement. */
export interface Judged {
  readonly expectation: Expectation;
  readonly judgement: Judgement;
  /** The `pcs status` texts that were read for it. */
  readonly texts: readonly StatusReading[];
  /** Target texts to nodes, as they were when it was judged. */
  readonly resolved: ReadonlyMap<string, string>;
}

/** `{was holder of vip}` becomes `ha-host2 (was holder of vip)`. */
export function expectedInWords(
  checks: CheckTable,
  expectation: Expectation,
  resolved: ReadonlyMap<string, string>,
): string {
  let text = checkOf(checks, expectation).describe(expectation);
  for (const [target, node] of resolved) text = text.replaceAll(`{${target}}`, `${node} (${target})`);
  return text;
}

const EXEC_TIMEOUT_MS = 5_000;

interface RoundParts {
  readonly commands?: readonly StepCommand[] | undefined;
  /** The HA nodes that the round reads from; all of them if absent. */
  readonly asked?: readonly string[];
  /** Texts of `pcs status` by node that need not be read. */
  readonly texts?: ReadonlyMap<string, StatusReading>;
}

export function createRound(session: RunSession, parts: RoundParts = {}): Round {
  const { commands: stepCommands = [], asked = session.haNodes, texts } = parts;
  const { recorded, read } = session;
  const { lab } = session.deps.instance;
  const resolved = new Map<string, string>();
  const stateOf = memoised((node: string) => read.state(node));
  const pcsStatusOf = memoised(async (node: string) => texts?.get(node) ?? read.pcsStatus(node));
  const commands = new Map<string, Promise<ExecResult>>();
  let machines: Promise<ReadonlyMap<string, string>> | undefined;
  const allStates = () => Promise.all(asked.map(stateOf));

  async function resolve(target: Target): Promise<string> {
    const before = target.kind === 'other' ? recorded.get(roleKey(target)) : undefined;
    if (before !== undefined) return before;
    const states = async () => statesThatCount(await allStates());
    const node = await resolveTarget(target, { lab, recorded, states, choose: ([first = '']) => first });
    resolved.set(roleText(target), node);
    return node;
  }

  async function readings(seenFrom: SeenFrom): Promise<readonly StatusReading[]> {
    if (seenFrom.kind === 'majority') return majorityOf(await allStates());
    if (seenFrom.target.kind === 'all') return allStates();
    return [await stateOf(await resolve(seenFrom.target))];
  }

  /** The first node with a readable state, or else the first. */
  async function reportingNode(seenFrom: SeenFrom): Promise<string> {
    const counting = await readings(seenFrom);
    return (counting.find((reading) => reading.state !== undefined) ?? counting[0])?.node ?? raise(noHaNodes());
  }

  return {
    lab,
    commands: stepCommands,
    resolved,
    resolve,
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
    async isOff(node) {
      machines ??= machineStates(session.deps);
      const state = (await machines).get(node);
      return state === 'stopped' || state === 'absent';
    },
    scenarioBeganMs: session.times.scenarioBeganMs(),
    sinceStepMs: (step) => session.times.sinceStepMs(step),
    probe: (id) => session.probes.get(id),
    ms: (expression) => session.time.ms(expression),
  };
}

/** Node to the backend's state of its machine; empty where the backend does not know them now. */
async function machineStates({
  backend,
  instance,
}: Pick<RunSession['deps'], 'backend' | 'instance'>): Promise<ReadonlyMap<string, string>> {
  try {
    const { nodes } = await backend.status(instance);
    return new Map(nodes.map(({ node, state }) => [node, state]));
  } catch (error) {
    if (!isLabError(error)) throw error;
    return new Map();
  }
}

/** The nodes of the partition with quorum; without one every node, so that a lost quorum differs from silence. */
function majorityOf(readings: readonly StatusReading[]): readonly StatusReading[] {
  const quorate = readings.filter((reading) => reading.state?.quorate === true);
  return quorate.length > 0 ? quorate : readings;
}

function noHaNodes(): LabError {
  return new LabError('role-unresolved', 'the lab has no HA node to read the status from');
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

/** Observes and judges; a LabError makes the judgement inconclusive. */
export async function judgeOnce(
  checks: CheckTable,
  expectation: Expectation,
  context: CheckContext,
): Promise<Judgement> {
  const check = checkOf(checks, expectation);
  try {
    return check.judge(expectation, await check.observe(expectation, context));
  } catch (error) {
    if (!isLabError(error)) throw error;
    return { verdict: 'unknown', seen: error.message };
  }
}

/** An expectation judged once more, by the real `pcs status` text. */
interface Confirmation {
  readonly judgement: Judgement;
  /** The texts it is based on. */
  readonly texts: readonly StatusReading[];
}

/**
 * Judges the expectation again in a context where the text of `pcs status` replaces crm_mon's XML on the reporting node of
 * the view. One node's text is enough: `pcs status` takes a node most of a second of CPU time, and what it can add to the
 * XML of all nodes is how a cluster is shown, which does not differ from node to node.
 */
export async function confirmByText(checks: CheckTable, expectation: Expectation, round: Round): Promise<Confirmation> {
  const texts = new Map<string, StatusReading>();
  const textOf = async (node: string): Promise<StatusReading> => {
    const reading = await round.pcsStatusOf(node);
    texts.set(node, reading);
    return reading;
  };
  const context: CheckContext = {
    ...round,
    async readings(seenFrom) {
      const [readings, reportingNode] = await Promise.all([round.readings(seenFrom), round.reportingNode(seenFrom)]);
      return Promise.all(
        readings.map(async (each) => (each.node === reportingNode ? byText(await textOf(each.node)) : each)),
      );
    },
    pcsStatus: async (seenFrom) => textOf(await round.reportingNode(seenFrom)),
  };
  const judgement = await judgeOnce(checks, expectation, context);
  return { judgement, texts: [...texts.values()] };
}

const LINES_SHOWN = 3;

/** Node to how its two readings in this round differ, in one line; nodes whose readings agree are left out. */
export async function disagreeingNodes(
  cluster: Pick<ClusterPort, 'disagreements'>,
  round: Round,
  texts: readonly StatusReading[],
): Promise<ReadonlyMap<string, string>> {
  const differing = new Map<string, string>();
  for (const text of new Map(texts.map((each) => [each.node, each])).values()) {
    const lines = cluster.disagreements(text, await round.stateOf(text.node));
    if (lines.length > 0) differing.set(text.node, `the readings of ${text.node} disagree: ${shortened(lines)}`);
  }
  return differing;
}

function shortened(lines: readonly string[]): string {
  const more = lines.length - LINES_SHOWN;
  return `${lines.slice(0, LINES_SHOWN).join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}

function byText({ node, at, text, textState, problem }: StatusReading): StatusReading {
  return {
    node,
    at,
    ...(text === undefined ? {} : { text }),
    ...(textState === undefined ? {} : { state: textState, textState }),
    ...(problem === undefined ? {} : { problem }),
  };
}
