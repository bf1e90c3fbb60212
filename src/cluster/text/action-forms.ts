import type { FailedAction } from '../../model/cluster-state.js';
import type { Open } from './draft.js';
import { fieldsOf } from './fields.js';
import { millisecondsOf } from './interval.js';
import { parseOperationKey } from './operation-key.js';

/** A failed action in any of its forms, on one line; `undefined` for anything else. */
export function parseFailedAction(text: string): FailedAction | undefined {
  return inBrackets(text) ?? technical(text) ?? friendly(text);
}

/** Up to 1.1.8: `p_mysql:0_monitor_10000 (node=a, call=20, rc=7, status=complete): not running`. */
function inBrackets(text: string): FailedAction | undefined {
  const begin = text.indexOf(' (node=');
  const end = text.lastIndexOf('): ');
  const key = begin < 1 ? undefined : parseOperationKey(text.slice(0, begin));
  if (key === undefined || end < begin) return undefined;
  const fields = fieldsOf(text.slice(begin + 2, end));
  const exitStatus = text.slice(end + 3).trim();
  return { text, ...key, ...(exitStatus === '' ? {} : { exitStatus }), ...membersOf(fields) };
}

/**
 * 1.1.9 to 2.1.1, and with `--show-detail` since: `x_start_0 on a 'unknown error' (1): call=35, status=Timed Out, …`. 1.1.10
 * says `(null)` of a node that it does not know.
 */
function technical(text: string): FailedAction | undefined {
  const [, key = '', node, exitStatus, exitCode, rest = ''] =
    /^([^\s()[\]]+) on ([^\s()[\]]+|\(null\)) '([^']*)' \((-?\d{1,6})\): (.*)$/.exec(text) ?? [];
  const operation = parseOperationKey(key);
  if (operation === undefined || node === undefined || exitStatus === undefined) return undefined;
  const where = node === '(null)' ? {} : { node };
  return { text, ...operation, ...where, exitStatus, exitCode: Number(exitCode), ...membersOf(fieldsOf(rest)) };
}

/**
 * Since 2.1.2: `x 30s-interval monitor on a returned 'error' (reason) at DATE after 1.066s`, or `could not be executed
 * (Error: reason)`, which 2.1.2 prints as `(Error) because 'reason'` (`failed_action_friendly`).
 */
function friendly(text: string): FailedAction | undefined {
  const [, resource, interval, operation, node, how, rest = ''] =
    /^(?:unknown resource|([^\s()[\]]+)) (?:(\S+)-interval )?(?:unknown action|(\S+)) on ([^\s()[\]]+) (returned|could not be executed) (.+)$/.exec(
      text,
    ) ?? [];
  const intervalMs = interval === undefined ? 0 : millisecondsOf(interval);
  if (node === undefined || intervalMs === undefined) return undefined;
  const { what, ...times } = withoutTimes(rest);
  const outcome = how === 'returned' ? returned(what) : notExecuted(what);
  if (outcome === undefined) return undefined;
  return {
    text,
    ...(resource === undefined ? {} : { resource }),
    // A probe is a monitor that does not recur.
    ...(operation === undefined ? {} : { operation: operation === 'probe' ? 'monitor' : operation, intervalMs }),
    node,
    ...outcome,
    ...times,
  };
}

function membersOf(fields: ReadonlyMap<string, string>): Partial<FailedAction> {
  const members: Open<Partial<FailedAction>> = {};
  const node = fields.get('node');
  const execution = fields.get('status');
  const reason = fields.get('exitreason');
  const at = fields.get('last-rc-change') ?? fields.get('last-run');
  const numbers = { call: fields.get('call'), exitCode: fields.get('rc') };
  if (node) members.node = node;
  if (execution) members.execution = execution;
  // Both stand for no reason at all.
  if (reason && reason !== 'none') members.reason = reason;
  if (at) members.at = at;
  for (const [key, printed] of Object.entries(numbers) as ['call' | 'exitCode', string | undefined][])
    if (printed !== undefined && /^-?\d{1,9}$/.test(printed)) members[key] = Number(printed);
  const queuedMs = millisecondsOf(fields.get('queued') ?? '');
  const execMs = millisecondsOf(fields.get('exec') ?? '');
  if (queuedMs !== undefined) members.queuedMs = queuedMs;
  if (execMs !== undefined) members.execMs = execMs;
  return members;
}

/** Takes ` at DATE after 1.066s` off the end; a reason before it may hold the same words, but in brackets or quotes. */
function withoutTimes(text: string): { what: string; at?: string; execMs?: number } {
  const after = text.lastIndexOf(' after ');
  const execMs = after < 0 ? undefined : millisecondsOf(text.slice(after + 7));
  const rest = execMs === undefined ? text : text.slice(0, after);
  const found = rest.lastIndexOf(' at ');
  const at = rest.slice(found + 4);
  const times = execMs === undefined ? {} : { execMs };
  if (found < 0 || !/\d/.test(at) || /[()']/.test(at)) return { what: rest, ...times };
  return { what: rest.slice(0, found), at, ...times };
}

function returned(what: string): Pick<FailedAction, 'exitStatus' | 'reason'> | undefined {
  const [, exitStatus, reason] = /^'([^']*)'(?: \((.*)\))?$/.exec(what) ?? [];
  if (exitStatus === undefined) return undefined;
  return { exitStatus, ...(reason ? { reason } : {}) };
}

function notExecuted(what: string): Pick<FailedAction, 'execution' | 'reason'> | undefined {
  const because = what.indexOf(") because '");
  if (!what.startsWith('(')) return undefined;
  if (because > 0 && what.endsWith("'"))
    return { execution: what.slice(1, because), reason: what.slice(because + 11, -1) };
  if (!what.endsWith(')')) return undefined;
  const inside = what.slice(1, -1);
  const colon = inside.indexOf(': ');
  return colon < 0 ? { execution: inside } : { execution: inside.slice(0, colon), reason: inside.slice(colon + 2) };
}
