import type { FailedAction, FencingEvent } from '../../model/cluster-state.js';
import { defined } from '../../model/defined.js';
import { dropHeld, type Section, type StatusDraft, type StatusLine } from './draft.js';

/** A line that continues the action above: its times up to 2.0.2; in 1.1.8, which breaks the line after a date, also the rest. */
const CONTINUED = /^(?:(?:call|status|exitreason|last-rc-change|last-run|queued|exec)=|[,)])/;
const BEGUN = /^\S+_\d{1,12} \(node=[^)]*$/;
/** No form of an action has more lines, and no continued line is longer. */
const MOST_LINES = 4;
const LONGEST = 8_192;

export const failedActions: Section = {
  part: 'failed-actions',
  titles: ['failed actions:', 'failed resource actions:'],
  read(printed, draft) {
    const line = { ...printed, text: straight(printed.text) };
    if (CONTINUED.test(line.text)) return continueAction(line, draft);
    dropHeld(draft);
    const action = parseFailedAction(line.text);
    if (action !== undefined) {
      draft.found.failedActions.push(action);
      return true;
    }
    if (!BEGUN.test(line.text)) return false;
    draft.held = { raws: [line.raw], text: line.text };
    return true;
  },
};

/** Blogs replace crm_mon's quotes by typographic ones, and two single quotes by a double one. */
function straight(text: string): string {
  return /[‘’′”″]/.test(text) ? text.replace(/=[”″](?=[,\s]|$)/g, "=''").replace(/[‘’′]/g, "'") : text;
}

function continueAction({ raw, text }: StatusLine, draft: StatusDraft): boolean {
  const { held } = draft;
  const actions = draft.found.failedActions;
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
  return { text, ...key, ...defined({ exitStatus: exitStatus || undefined }), ...membersOf(fields) };
}

/**
 * 1.1.9 to 2.1.1, and with `--show-detail` since: `x_start_0 on a 'unknown error' (1): call=35, status=Timed Out, …`. 1.1.10
 * prints `(null)` for an unknown node.
 */
function technical(text: string): FailedAction | undefined {
  const [, key = '', node, exitStatus, exitCode, rest = ''] =
    /^([^\s()[\]]+) on ([^\s()[\]]+|\(null\)) '([^']*)' \((-?\d{1,6})\): (.*)$/.exec(text) ?? [];
  const operation = parseOperationKey(key);
  if (operation === undefined || node === undefined || exitStatus === undefined) return undefined;
  const where = defined({ node: node === '(null)' ? undefined : node });
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
    ...defined({ resource }),
    // A probe is a monitor that does not recur.
    ...(operation === undefined ? {} : { operation: operation === 'probe' ? 'monitor' : operation, intervalMs }),
    node,
    ...outcome,
    ...times,
  };
}

function membersOf(fields: ReadonlyMap<string, string>): Partial<FailedAction> {
  const reason = fields.get('exitreason');
  return defined({
    node: fields.get('node') || undefined,
    execution: fields.get('status') || undefined,
    // pacemaker prints an empty reason or `none` where there is none.
    reason: reason === 'none' ? undefined : reason || undefined,
    at: (fields.get('last-rc-change') ?? fields.get('last-run')) || undefined,
    call: integerIn(fields.get('call')),
    exitCode: integerIn(fields.get('rc')),
    queuedMs: millisecondsOf(fields.get('queued') ?? ''),
    execMs: millisecondsOf(fields.get('exec') ?? ''),
  });
}

function integerIn(printed: string | undefined): number | undefined {
  return printed !== undefined && /^-?\d{1,9}$/.test(printed) ? Number(printed) : undefined;
}

/** Splits ` at DATE after 1.066s` off the end; a reason before it may contain the same words, but only in brackets or quotes. */
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
  return { exitStatus, ...defined({ reason: reason || undefined }) };
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

/** The id of a history entry, which 1.1 prints where the entry has no key; it does not name the operation. */
const ENTRY = /_last(?:_failure)?_0$/;
/** Operations whose names contain the key's separator (`lib/common/operations.c`, `parse_op_key`). */
const COMPOUND = ['_migrate_to', '_migrate_from'];

/** `p_mysql:0_monitor_10000`; `undefined` for any text that is not a key. */
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
function fieldsOf(printed: string): ReadonlyMap<string, string> {
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

/** Up to 2.0.2 the date is on a line of its own. */
const DATE_CONTINUED = /^(?:last-failed|last-successful|completed)=/;

export const failedFencing = fencingOf('failed-fencing', ['failed fencing actions:']);
/** crm_mon prints pending actions under their own title where only those were requested. */
export const fencingHistory = fencingOf('fencing-history', ['fencing history:', 'pending fencing actions:']);

function fencingOf(part: 'failed-fencing' | 'fencing-history', titles: readonly string[]): Section {
  const keep = (draft: StatusDraft, event: FencingEvent): boolean => {
    draft.found.fencingHistory.push(event);
    if (part === 'failed-fencing') draft.found.failedFencing.push(event);
    return true;
  };
  return {
    part,
    titles,
    read({ text }, draft) {
      const event = parseFencingEvent(text);
      if (event !== undefined) return keep(draft, event);
      const last = draft.found.fencingHistory.at(-1);
      if (last === undefined || last.at !== undefined || !DATE_CONTINUED.test(text) || text.length > LONGEST)
        return false;
      const whole = parseFencingEvent(`${last.text} ${text}`);
      if (whole?.at === undefined) return false;
      draft.found.fencingHistory.pop();
      if (part === 'failed-fencing') draft.found.failedFencing.pop();
      return keep(draft, whole);
    },
  };
}

const STATUSES: Readonly<Record<string, FencingEvent['status']>> = {
  failed: 'failed',
  successful: 'success',
  pending: 'pending',
};

/** `stonith_action_str` of pacemaker's `lib/fencing/st_client.c`; it prints `fencing` for an unknown action. */
const ACTIONS: Readonly<Record<string, string>> = {
  'turning off': 'off',
  'turned off': 'off',
  'turning on': 'on',
  'turned on': 'on',
  unfencing: 'on',
};

/** What may precede the status: the node that fenced, the client that requested it, the device; `last` where crm_mon folds similar events. */
const CLAUSE = /(?:(by|for|with) (\S+)|last) /y;
const STATUS = /(failed|successful|pending)(?=$|[ :])/y;
const FIELDS = / ?: ?(?=(?:delegate|client)=)/;
const LATER = ' (a later attempt';

/**
 * `reboot of a failed: delegate=, client=…, origin=…, last-failed='…'`, and since 2.1.2 `reboot of a [by b] for
 * client@origin [last] failed [(reason)] at …` (`stonith__history_description`). `undefined` for anything else.
 */
function parseFencingEvent(text: string): FencingEvent | undefined {
  const [, printed = '', target, rest = ''] = /^((?:turn(?:ing|ed) )?\S+) of ([^\s()[\]]+) (.*)$/.exec(text) ?? [];
  const { clauses, status, end } = beforeStatus(rest);
  if (target === undefined || status === undefined) return undefined;
  const action = Object.hasOwn(ACTIONS, printed) ? (ACTIONS[printed] ?? printed) : printed;
  const requester = clauses.get('for');
  const [, client = requester, origin] = /^(.*)@(.*)$/.exec(requester ?? '') ?? [];
  const who = defined({ delegate: clauses.get('by'), client, origin });
  return { text, action, target, status, ...who, ...outcomeIn(rest.slice(end)) };
}

function beforeStatus(rest: string): {
  clauses: ReadonlyMap<string, string>;
  status: FencingEvent['status'] | undefined;
  end: number;
} {
  const clauses = new Map<string, string>();
  let at = 0;
  for (CLAUSE.lastIndex = 0; ; at = CLAUSE.lastIndex) {
    const clause = CLAUSE.exec(rest);
    if (clause === null) break;
    const [, word, value] = clause;
    if (word !== undefined && value !== undefined) clauses.set(word, value);
  }
  STATUS.lastIndex = at;
  const word = STATUS.exec(rest)?.[1] ?? '';
  return { clauses, status: STATUSES[word], end: at + word.length };
}

/** The reason and the time; without details, fields for both, for the delegate, the client and the origin. */
function outcomeIn(printed: string): Partial<FencingEvent> {
  const later = printed.lastIndexOf(LATER);
  const outcome = later < 0 ? printed : printed.slice(0, later);
  const split = FIELDS.exec(outcome);
  if (split !== null)
    return {
      ...reasonIn(outcome.slice(0, split.index)),
      ...membersOfFencing(fieldsOf(outcome.slice(split.index + split[0].length))),
    };
  const found = outcome.lastIndexOf('at ');
  const at = outcome.slice(found + 3).trim();
  const isDate = found >= 0 && /\d/.test(at) && !/[()]/.test(at);
  return isDate ? { at, ...reasonIn(outcome.slice(0, found)) } : reasonIn(outcome);
}

function membersOfFencing(fields: ReadonlyMap<string, string>): Partial<FencingEvent> {
  const at = fields.get('completed') ?? fields.get('last-failed') ?? fields.get('last-successful');
  return defined({
    delegate: fields.get('delegate') || undefined,
    client: fields.get('client') || undefined,
    origin: fields.get('origin') || undefined,
    // 2.0.3 puts the closing quote after the note on a later attempt.
    at: at?.replace(/^'/, '').replace(/'$/, '').trim() || undefined,
  });
}

function reasonIn(printed: string): Partial<FencingEvent> {
  const bracket = printed.trim();
  const isBracket = bracket.length > 2 && bracket.startsWith('(') && bracket.endsWith(')');
  return isBracket ? { reason: bracket.slice(1, -1) } : {};
}
