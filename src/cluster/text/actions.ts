import type { FailedAction } from '../../model/cluster-state.js';
import { dropHeld, type Open, type Section, type StatusDraft, type StatusLine } from './draft.js';

/** A line that goes on with the action above: its times up to 2.0.2; in 1.1.8 also what follows a date, which ended the line. */
const CONTINUED = /^(?:(?:call|status|exitreason|last-rc-change|last-run|queued|exec)=|[,)])/;
const BEGUN = /^\S+_\d{1,12} \(node=[^)]*$/;
/** No form has more lines, and no line that goes on is longer. */
const MOST_LINES = 4;
const LONGEST = 8_192;

export const failedActions: Section = {
  part: 'failed-actions',
  titles: ['failed actions:', 'failed resource actions:'],
  read(printed, draft) {
    const line = { ...printed, text: straight(printed.text) };
    if (CONTINUED.test(line.text)) return goOn(line, draft);
    dropHeld(draft);
    const action = parseFailedAction(line.text);
    if (action !== undefined) {
      draft.failedActions.push(action);
      return true;
    }
    if (!BEGUN.test(line.text)) return false;
    draft.held = { raws: [line.raw], text: line.text };
    return true;
  },
};

/** Blogs print other quotes than crm_mon, one double one for two single ones. */
function straight(text: string): string {
  return /[‘’′”″]/.test(text) ? text.replace(/=[”″](?=[,\s]|$)/g, "=''").replace(/[‘’′]/g, "'") : text;
}

function goOn({ raw, text }: StatusLine, draft: StatusDraft): boolean {
  const { held, failedActions: actions } = draft;
  const before = held?.text ?? actions.at(-1)?.text;
  if (before === undefined || (held?.raws.length ?? 0) >= MOST_LINES) return false;
  const joined = /^[,)]/.test(text) ? `${before}${text}` : `${before} ${text}`;
  if (joined.length > LONGEST) return false;
  const action = parseFailedAction(joined);
  if (action !== undefined) {
    if (held === undefined) actions.pop();
    actions.push(action);
    delete draft.held;
    return true;
  }
  if (held === undefined) return false;
  held.raws.push(raw);
  held.text = joined;
  return true;
}

/** A failed action in any of its forms, on one line; `undefined` for anything else. */
function parseFailedAction(text: string): FailedAction | undefined {
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
 * prints `(null)` for a node that it does not know.
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

type Operation = Pick<FailedAction, 'resource' | 'operation' | 'intervalMs'>;

/** The id of a history entry, which stands for its key where 1.1 knew none: it does not name the operation. */
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

const UNITS: Readonly<Record<string, number>> = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000, ms: 1 };
const PART = /(\d{1,12}(?:\.\d{1,9})?)(ms|[dhms])/y;

/** `1m30s`, `1.066s`, `10s` as pacemaker's `pcmk__readable_interval` prints them, in ms; `undefined` for anything else. */
function millisecondsOf(printed: string): number | undefined {
  let sum = 0;
  PART.lastIndex = 0;
  while (PART.lastIndex < printed.length) {
    const [, amount, unit] = PART.exec(printed) ?? [];
    const factor = unit === undefined ? undefined : UNITS[unit];
    if (factor === undefined) return undefined;
    sum += Number(amount) * factor;
  }
  return printed === '' ? undefined : Math.round(sum);
}

const SEPARATOR =
  /,? (?=(?:node|call|rc|status|exitreason|last-rc-change|last-run|queued|exec|delegate|client|origin|completed|last-failed|last-successful)=)/;

/** `call=35, status=Timed Out, exitreason='a, b'`: a value ends where the next known key begins. */
export function fieldsOf(printed: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const field of printed.split(SEPARATOR)) {
    const equals = field.indexOf('=');
    if (equals > 0) fields.set(field.slice(0, equals).trim(), unquoted(field.slice(equals + 1)));
  }
  return fields;
}

function unquoted(value: string): string {
  const bare = value.trim().replace(/,$/, '');
  return bare.length > 1 && bare.startsWith("'") && bare.endsWith("'") ? bare.slice(1, -1).trim() : bare;
}
