import type { StatusReading } from '../model/cluster-state.js';
import { isLabError, LabError } from '../model/errors.js';
import type { Pace } from '../model/pace.js';
import type { Clock } from '../ports/clock.js';
import type { ClusterPort } from '../ports/cluster.js';
import type { ExecResult, Transport } from '../ports/transport.js';
import type { Connections } from './connections.js';
import { withDeadline } from './deadline.js';

/** Asks nodes questions, none of which takes longer than its cap, whatever state the node is in. */
export interface NodeReader {
  /** crm_mon's XML. Never throws. */
  state(node: string): Promise<StatusReading>;
  /** The real `pcs status`. Never throws. */
  pcsStatus(node: string): Promise<StatusReading>;
  /** Throws LabError `node-unreachable` or `command-timeout`. */
  exec(node: string, argv: readonly string[], timeoutMs: number): Promise<ExecResult>;
  /** A question of several parts. Throws LabError `node-unreachable` or `command-timeout`. */
  observe<T>(node: string, ask: (transport: Transport, signal: AbortSignal) => Promise<T>): Promise<T>;
}

const STATE_CAP_MS = 3_000;
const PCS_CAP_MS = 20_000;
const OBSERVE_CAP_MS = 6_000;
const SIGN_OF_LIFE_MS = 10_000;

/**
 * A node that let a question hang is not asked again until it has shown a sign of life, waited for beside the rounds:
 * a frozen node costs one round its cap, not every round.
 */
export function createNodeReader(
  connections: Connections,
  cluster: ClusterPort,
  clock: Clock,
  pace: () => Pace,
): NodeReader {
  const hanging = new Map<string, string>();

  function markHanging(node: string): void {
    if (hanging.has(node)) return;
    hanging.set(node, clock.now());
    const sign = connections.to(node).then((transport) => transport.exec(['true'], { timeoutMs: SIGN_OF_LIFE_MS }));
    withDeadline<unknown>(sign, SIGN_OF_LIFE_MS * pace().factor, clock, () =>
      Promise.reject(new LabError('command-timeout', `${node} hangs`)),
    )
      // Whatever went wrong, a new connection is the next thing to try.
      .catch(() => connections.forget(node))
      .finally(() => hanging.delete(node));
  }

  async function capped(
    node: string,
    capMs: number,
    read: (transport: Transport, signal: AbortSignal) => Promise<StatusReading>,
  ): Promise<StatusReading> {
    const since = hanging.get(node);
    if (since !== undefined) return unreachable(node, `has let a question hang since ${since}`, clock);
    const cancel = new AbortController();
    const reading = connections.to(node).then(
      (transport) => read(transport, cancel.signal),
      (error: unknown) => {
        if (isLabError(error)) return unreachable(node, error.message, clock);
        throw error;
      },
    );
    const patienceMs = capMs * pace().factor;
    return withDeadline(reading, patienceMs, clock, () => {
      cancel.abort();
      markHanging(node);
      return unreachable(node, `did not answer within ${patienceMs} ms`, clock);
    });
  }

  async function bounded<T>(
    node: string,
    capMs: number,
    what: string,
    ask: (transport: Transport, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const since = hanging.get(node);
    if (since !== undefined)
      throw new LabError('node-unreachable', `${node} has let a question hang since ${since}`, { data: { node } });
    const cancel = new AbortController();
    const work = connections.to(node).then((transport) => ask(transport, cancel.signal));
    const patienceMs = capMs * pace().factor;
    return withDeadline(work, patienceMs, clock, () => {
      cancel.abort();
      markHanging(node);
      throw new LabError('command-timeout', `${node}: ${what} within ${patienceMs} ms`, { data: { node } });
    });
  }

  return {
    state: (node) => capped(node, STATE_CAP_MS, (transport, signal) => cluster.readState(transport, signal)),
    pcsStatus: (node) => capped(node, PCS_CAP_MS, (transport, signal) => cluster.readPcsStatus(transport, signal)),
    exec: (node, argv, timeoutMs) =>
      bounded(node, timeoutMs, `'${argv.join(' ')}' did not end`, (transport, signal) =>
        transport.exec(argv, { timeoutMs, signal }),
      ),
    observe: (node, ask) => bounded(node, OBSERVE_CAP_MS, 'the look at it did not end', ask),
  };
}

function unreachable(node: string, what: string, clock: Clock): StatusReading {
  return { node, at: clock.now(), problem: { kind: 'unreachable', message: `${node} ${what}` } };
}
