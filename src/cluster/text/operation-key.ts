import type { FailedAction } from '../../model/cluster-state.js';

type Operation = Pick<FailedAction, 'resource' | 'operation' | 'intervalMs'>;

/** The id of a history entry, which stands for its key where 1.1 knew none: it does not tell the operation. */
const ENTRY = /_last(?:_failure)?_0$/;
/** Operations whose names hold what divides the key (`lib/common/operations.c`, `parse_op_key`). */
const COMPOUND = ['_migrate_to', '_migrate_from'];

/** `p_mysql:0_monitor_10000`; `undefined` where it is no key. */
export function parseOperationKey(key: string): Operation | undefined {
  const entry = ENTRY.exec(key);
  if (entry !== null && entry.index > 0) return { resource: key.slice(0, entry.index) };
  const last = key.lastIndexOf('_');
  const interval = key.slice(last + 1);
  if (last < 1 || !/^\d{1,12}$/.test(interval)) return undefined;
  const before = key.slice(0, last);
  const compound = COMPOUND.find((operation) => before.endsWith(operation));
  const split = compound === undefined ? before.lastIndexOf('_') : before.length - compound.length;
  if (split < 1 || split === before.length - 1) return undefined;
  return { resource: before.slice(0, split), operation: before.slice(split + 1), intervalMs: Number(interval) };
}
