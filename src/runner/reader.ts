import type { StatusReading } from '../model/cluster-state.js';
import { isLabError, LabError } from '../model/errors.js';
import type { Pace } from '../model/pace.js';
import type { Clock } from '../ports/clock.js';
import type { StatusReader } from '../ports/cluster.js';
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
  /**
   * A question of several parts. Throws LabError `node-unreachable` of a node that shows no sign of life, and
   * `command-timeout` of one that does and is too slow all the same.
   */
  observe<T>(node: string, ask: (transport: Transport, signal: AbortSignal) => Promise<T>): Promise<T>;
}

const STATE_CAP_MS = 3_000;
const PCS_CAP_MS = 20_000;
/** A look that takes longer makes one ask whether the node lives at all. */
const DOUBT_AFTER_MS = 4_000;
const QUICK_SIGN_MS = 2_000;
/** What a node that lives may need for a look on a busy machine. */
const SLOW_LOOK_MS = 30_000;
const SIGN_OF_LIFE_MS = 10_000;

/** Of a node that let a question hang. */
interface Doubt {
  /** ISO 8601. */
  readonly since: string;
  /** Whether it showed a sign of life in time; it is in doubt until then. */
  readonly lives: Promise<boolean>;
}

/**
 * A node that let a question hang is not asked again until it has shown a sign of life, waited for beside the rounds:
 * a frozen node costs one round its cap, not every round.
 */
export function createNodeReader(
  connections: Connections,
  cluster: StatusReader,
  clock: Clock,
  pace: () => Pace,
): NodeReader {
  const hanging = new Map<string, Doubt>();

  /** Of one that hangs already, by the sign that is waited for. */
  function doubt(node: string): Doubt {
    const doubted = hanging.get(node);
    if (doubted !== undefined) return doubted;
    const sign = connections.to(node).then((transport) => transport.exec(['true'], { timeoutMs: SIGN_OF_LIFE_MS }));
    const lives = withDeadline<unknown>(sign, SIGN_OF_LIFE_MS * pace().factor, clock, () =>
      Promise.reject(new LabError('command-timeout', `${node} hangs`)),
    )
      .then(
        () => true,
        () => {
          // Whatever went wrong, a new connection is the next thing to try.
          connections.forget(node);
          return false;
        },
      )
      .finally(() => hanging.delete(node));
    const begun = { since: clock.now(), lives };
    hanging.set(node, begun);
    return begun;
  }

  const livesAtOnce = (node: string): Promise<boolean> =>
    withDeadline(doubt(node).lives, QUICK_SIGN_MS * pace().factor, clock, () => false);

  async function capped(
    node: string,
    capMs: number,
    read: (transport: Transport, signal: AbortSignal) => Promise<StatusReading>,
  ): Promise<StatusReading> {
    const doubted = hanging.get(node);
    if (doubted !== undefined) return unreachable(node, letHang(doubted), clock);
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
      doubt(node);
      return unreachable(node, `did not answer within ${patienceMs} ms`, clock);
    });
  }

  async function run(node: string, argv: readonly string[], timeoutMs: number): Promise<ExecResult> {
    const doubted = hanging.get(node);
    if (doubted !== undefined) throw stillHanging(node, doubted);
    const cancel = new AbortController();
    const work = connections.to(node).then((transport) => transport.exec(argv, { timeoutMs, signal: cancel.signal }));
    const patienceMs = timeoutMs * pace().factor;
    return withDeadline(work, patienceMs, clock, () => {
      cancel.abort();
      doubt(node);
      throw new LabError('command-timeout', `${node}: '${argv.join(' ')}' did not end within ${patienceMs} ms`, {
        data: { node },
      });
    });
  }

  async function look<T>(node: string, ask: (transport: Transport, signal: AbortSignal) => Promise<T>): Promise<T> {
    const doubted = hanging.get(node);
    if (doubted !== undefined && !(await livesAtOnce(node))) throw stillHanging(node, doubted);
    const cancel = new AbortController();
    const work = connections.to(node).then((transport) => ask(transport, cancel.signal));
    const { factor } = pace();
    const giveUp = (code: 'node-unreachable' | 'command-timeout', what: string) => {
      cancel.abort();
      throw new LabError(code, `${node} ${what}`, { data: { node } });
    };
    return withDeadline(work, DOUBT_AFTER_MS * factor, clock, async () => {
      if (!(await livesAtOnce(node)))
        return giveUp('node-unreachable', `did not answer within ${(DOUBT_AFTER_MS + QUICK_SIGN_MS) * factor} ms`);
      return withDeadline(work, (SLOW_LOOK_MS - DOUBT_AFTER_MS) * factor, clock, () =>
        giveUp('command-timeout', `lives, but the look at it did not end within ${SLOW_LOOK_MS * factor} ms`),
      );
    });
  }

  return {
    state: (node) => capped(node, STATE_CAP_MS, (transport, signal) => cluster.readState(transport, signal)),
    pcsStatus: (node) => capped(node, PCS_CAP_MS, (transport, signal) => cluster.readPcsStatus(transport, signal)),
    exec: run,
    observe: look,
  };
}

function letHang({ since }: Doubt): string {
  return `has let a question hang since ${since}`;
}

function stillHanging(node: string, doubt: Doubt): LabError {
  return new LabError('node-unreachable', `${node} ${letHang(doubt)}`, { data: { node } });
}

function unreachable(node: string, what: string, clock: Clock): StatusReading {
  return { node, at: clock.now(), problem: { kind: 'unreachable', message: `${node} ${what}` } };
}
