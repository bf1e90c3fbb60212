import type { StatusReading } from '../model/cluster-state.js';
import { isLabError, LabError } from '../model/errors.js';
import { type Slowness, stretched } from '../model/slowness.js';
import { type Clock, withDeadline } from '../ports/clock.js';
import type { StatusReader } from '../ports/cluster.js';
import type { ExecResult, Transport } from '../ports/transport.js';
import type { Connections } from './connections.js';
import type { NodeReader } from './session.js';

const STATE_CAP_MS = 3_000;
const PCS_CAP_MS = 20_000;
/** After this, an observation checks whether the node is alive at all. */
const PROBE_AFTER_MS = 4_000;
const QUICK_SIGN_MS = 2_000;
/** How long an observation of a live node may take on a busy machine. */
const SLOW_OBSERVATION_MS = 30_000;
const SIGN_OF_LIFE_MS = 10_000;

/** The check of a node that left a query unanswered. */
interface LivenessProbe {
  /** ISO 8601. */
  readonly since: string;
  /** Whether it showed a sign of life in time; it is not queried until then. */
  readonly isAlive: Promise<boolean>;
}

/**
 * A node that left a query unanswered is not queried again until it has shown a sign of life, which is awaited in the
 * background: a frozen node costs one round its cap, not every round.
 */
export function createNodeReader(
  connections: Connections,
  cluster: StatusReader,
  clock: Clock,
  slowness: () => Slowness,
): NodeReader {
  const hanging = new Map<string, LivenessProbe>();

  /** Joins the check that is already running, if there is one. */
  function probeLiveness(node: string): LivenessProbe {
    const probed = hanging.get(node);
    if (probed !== undefined) return probed;
    const sign = connections.to(node).then((transport) => transport.exec(['true'], { timeoutMs: SIGN_OF_LIFE_MS }));
    const isAlive = withDeadline<unknown>(sign, stretched(SIGN_OF_LIFE_MS, slowness()), clock, () =>
      Promise.reject(new LabError('command-timeout', `${node} does not answer`)),
    )
      .then(
        () => true,
        () => {
          // Whatever went wrong, the next query should try a new connection.
          connections.forget(node);
          return false;
        },
      )
      .finally(() => hanging.delete(node));
    const begun = { since: clock.now(), isAlive };
    hanging.set(node, begun);
    return begun;
  }

  const isAliveAtOnce = (node: string): Promise<boolean> =>
    withDeadline(probeLiveness(node).isAlive, stretched(QUICK_SIGN_MS, slowness()), clock, () => false);

  async function capped(
    node: string,
    capMs: number,
    read: (transport: Transport, signal: AbortSignal) => Promise<StatusReading>,
  ): Promise<StatusReading> {
    const probed = hanging.get(node);
    if (probed !== undefined) return unreachable(node, leftUnanswered(probed), clock);
    const cancel = new AbortController();
    const reading = connections.to(node).then(
      (transport) => read(transport, cancel.signal),
      (error: unknown) => {
        if (isLabError(error)) return unreachable(node, error.message, clock);
        throw error;
      },
    );
    const patienceMs = stretched(capMs, slowness());
    return withDeadline(reading, patienceMs, clock, () => {
      cancel.abort();
      probeLiveness(node);
      return unreachable(node, `did not answer within ${patienceMs} ms`, clock);
    });
  }

  async function run(node: string, argv: readonly string[], timeoutMs: number): Promise<ExecResult> {
    const probed = hanging.get(node);
    if (probed !== undefined) throw stillHanging(node, probed);
    const cancel = new AbortController();
    const work = connections.to(node).then((transport) => transport.exec(argv, { timeoutMs, signal: cancel.signal }));
    const patienceMs = stretched(timeoutMs, slowness());
    return withDeadline(work, patienceMs, clock, () => {
      cancel.abort();
      probeLiveness(node);
      throw new LabError('command-timeout', `${node}: '${argv.join(' ')}' did not end within ${patienceMs} ms`, {
        data: { node },
      });
    });
  }

  async function observe<T>(node: string, ask: (transport: Transport, signal: AbortSignal) => Promise<T>): Promise<T> {
    const probed = hanging.get(node);
    if (probed !== undefined && !(await isAliveAtOnce(node))) throw stillHanging(node, probed);
    const cancel = new AbortController();
    const work = connections.to(node).then((transport) => ask(transport, cancel.signal));
    const giveUp = (code: 'node-unreachable' | 'command-timeout', what: string) => {
      cancel.abort();
      throw new LabError(code, `${node} ${what}`, { data: { node } });
    };
    return withDeadline(work, stretched(PROBE_AFTER_MS, slowness()), clock, async () => {
      if (!(await isAliveAtOnce(node)))
        return giveUp(
          'node-unreachable',
          `did not answer within ${stretched(PROBE_AFTER_MS + QUICK_SIGN_MS, slowness())} ms`,
        );
      return withDeadline(work, stretched(SLOW_OBSERVATION_MS - PROBE_AFTER_MS, slowness()), clock, () =>
        giveUp(
          'command-timeout',
          `is alive, but its observation did not end within ${stretched(SLOW_OBSERVATION_MS, slowness())} ms`,
        ),
      );
    });
  }

  return {
    state: (node) => capped(node, STATE_CAP_MS, (transport, signal) => cluster.readState(transport, signal)),
    pcsStatus: (node) => capped(node, PCS_CAP_MS, (transport, signal) => cluster.readPcsStatus(transport, signal)),
    exec: run,
    observe,
  };
}

function leftUnanswered({ since }: LivenessProbe): string {
  return `has left a query unanswered since ${since}`;
}

function stillHanging(node: string, probe: LivenessProbe): LabError {
  return new LabError('node-unreachable', `${node} ${leftUnanswered(probe)}`, { data: { node } });
}

function unreachable(node: string, what: string, clock: Clock): StatusReading {
  return { node, at: clock.now(), problem: { kind: 'unreachable', message: `${node} ${what}` } };
}
