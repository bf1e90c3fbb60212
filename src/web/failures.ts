import { defined } from '../model/defined.js';
import type { ReportedFailure } from '../model/node-view.js';
import { baseId } from '../model/resource-tree.js';
import type { RunState } from '../report/state.js';
import type { ClusterLog } from './cluster-log.js';

/** An operation that failed on one node, once or again and again in the same way. */
export interface FailedOperation
  extends Pick<ReportedFailure, 'node' | 'resource' | 'operation' | 'intervalMs' | 'exitCode' | 'reason' | 'count'> {
  /** `error`, `not running`, `Timed Out` …: the return code or the end of the execution in pacemaker's words. */
  readonly result: string;
  /** Each time that a journal has, in ms on the run's clock; where none has it, when a node first reported it. */
  readonly times: readonly number[];
  /** What the agent logged on that node, each text once. */
  readonly words: readonly string[];
}

/** Those of the run and those that were there before, in the order in which they first failed. */
export function failedOperationsOf(
  { sightings }: Pick<RunState, 'sightings'>,
  log: ClusterLog,
): readonly FailedOperation[] {
  const all = new Map<string, FailedOperation>();
  for (const { atMs, view } of sightings)
    for (const failure of view.failures ?? []) {
      const key = keyOf(failure);
      const known = all.get(key);
      const count = Math.max(known?.count ?? 0, failure.count ?? 0);
      const { node, operation, intervalMs, exitCode, reason } = failure;
      all.set(key, {
        ...{ node, operation, resource: baseId(failure.resource), result: resultOf(failure) },
        ...defined({ intervalMs, exitCode, reason, count: count || undefined }),
        ...{ times: known?.times ?? [atMs], words: known?.words ?? wordsOf(log, failure) },
      });
    }
  const dated = new Map<string, number[]>();
  for (const operation of log.operations.filter(({ failed }) => failed)) {
    const key = keyOf(operation);
    if (operation.atMs < 0 && !all.has(key)) continue;
    const times = dated.get(key) ?? [];
    dated.set(key, times);
    times.push(operation.atMs);
    const { node, resource, exitCode, reason, result } = operation;
    const facts = { node, resource, operation: operation.operation, result, ...defined({ exitCode, reason }) };
    const known = all.get(key) ?? { ...facts, words: wordsOf(log, operation) };
    all.set(key, { ...known, times });
  }
  return [...all.values()].sort((one, other) => (one.times[0] ?? 0) - (other.times[0] ?? 0));
}

function keyOf({ node, resource, operation }: Pick<FailedOperation, 'node' | 'resource' | 'operation'>): string {
  return `${node} ${baseId(resource)} ${operation}`;
}

/** The execution says it where it did not end by itself. */
function resultOf({ exitStatus, execution, exitCode }: ReportedFailure): string {
  const isDone = execution === undefined || /^(?:complete|done|error)$/i.test(execution);
  return isDone ? (exitStatus ?? String(exitCode ?? '')) : execution;
}

function wordsOf({ agents }: ClusterLog, { node, resource }: Pick<ReportedFailure, 'node' | 'resource'>) {
  return [
    ...new Set(
      agents.filter((each) => each.node === node && baseId(each.resource) === baseId(resource)).map(({ text }) => text),
    ),
  ];
}
