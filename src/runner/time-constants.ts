import type { TimeConstant, TimeConstants } from '../model/cluster-state.js';
import { isLabError, LabError, messageOf } from '../model/errors.js';
import type { TimeExpression } from '../model/scenario.js';
import { FULL_SPEED, type Slowness, stretched } from '../model/slowness.js';
import { type Clock, withDeadline } from '../ports/clock.js';
import type { ClusterPort } from '../ports/cluster.js';
import type { Transport } from '../ports/transport.js';
import type { TimeKeeper } from './session.js';

function constantsIn(expression: TimeExpression): readonly TimeConstant[] {
  return [...new Set(expression.terms.flatMap((term) => (term.kind === 'constant' ? [term.constant] : [])))];
}

/**
 * The sum of the terms in ms; `constants` may be left out where the expression names none. Plain times allow for work, so the
 * slowness factor stretches them; the cluster's own constants stay as they are.
 */
function msOf(expression: TimeExpression, constants?: TimeConstants, { factor }: Slowness = FULL_SPEED): number {
  let sum = 0;
  for (const term of expression.terms) {
    if (term.kind === 'ms') sum += term.ms * factor;
    else if (constants) sum += term.factor * constants[term.constant];
    else throw new LabError('bug', `'${expression.source}' was evaluated without the cluster's time constants`);
  }
  return sum;
}

const READ_CAP_MS = 10_000;

/** Reads the live cluster's constants once, from the node that answers first. */
export function createTimeKeeper(
  nodes: readonly string[],
  transport: (node: string) => Promise<Transport>,
  cluster: ClusterPort,
  clock: Clock,
  slowness: () => Slowness = () => FULL_SPEED,
): TimeKeeper {
  let constants: TimeConstants | undefined;

  async function readFrom(node: string): Promise<TimeConstants> {
    const cancel = new AbortController();
    const reading = transport(node).then((way) => cluster.readTimeConstants(way, cancel.signal));
    const patienceMs = stretched(READ_CAP_MS, slowness());
    return withDeadline(reading, patienceMs, clock, () => {
      cancel.abort();
      throw new LabError(
        'status-unreadable',
        `${node} did not return the cluster's time constants within ${patienceMs} ms`,
      );
    });
  }

  async function read(): Promise<TimeConstants> {
    try {
      return await Promise.any(nodes.map(readFrom));
    } catch (error) {
      const errors: readonly unknown[] = error instanceof AggregateError ? error.errors : [error];
      const bug = errors.find((each) => !isLabError(each));
      if (bug !== undefined) throw bug;
      throw new LabError(
        'status-unreadable',
        `no node returned the cluster's time constants: ${errors.map(messageOf).join('; ')}`,
        { cause: error },
      );
    }
  }

  const knownMs = (expression: TimeExpression) =>
    constants !== undefined || constantsIn(expression).length === 0
      ? msOf(expression, constants, slowness())
      : undefined;
  const readOnce = async () => {
    constants ??= await read();
    return constants;
  };
  return {
    knownMs,
    known: () => constants,
    read: readOnce,
    ms: async (expression) => knownMs(expression) ?? msOf(expression, await readOnce(), slowness()),
    forget: () => {
      constants = undefined;
    },
  };
}
