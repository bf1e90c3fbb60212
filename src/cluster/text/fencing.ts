import type { FencingEvent } from '../../model/cluster-state.js';
import { fieldsOf } from './actions.js';
import type { Open, Section, StatusDraft } from './draft.js';

const LONGEST = 8_192;
/** Up to 2.0.2 the date has a line of its own. */
const CONTINUED = /^(?:last-failed|last-successful|completed)=/;

export const failedFencing = fencingOf('failed-fencing', ['failed fencing actions:']);
/** What is pending has a title of its own where the rest is not asked for. */
export const fencingHistory = fencingOf('fencing-history', ['fencing history:', 'pending fencing actions:']);

function fencingOf(part: 'failed-fencing' | 'fencing-history', titles: readonly string[]): Section {
  const keep = (draft: StatusDraft, event: FencingEvent): boolean => {
    draft.fencingHistory.push(event);
    if (part === 'failed-fencing') draft.failedFencing.push(event);
    return true;
  };
  return {
    part,
    titles,
    read({ text }, draft) {
      const event = parseFencingEvent(text);
      if (event !== undefined) return keep(draft, event);
      const last = draft.fencingHistory.at(-1);
      if (last === undefined || last.at !== undefined || !CONTINUED.test(text) || text.length > LONGEST) return false;
      const whole = parseFencingEvent(`${last.text} ${text}`);
      if (whole?.at === undefined) return false;
      draft.fencingHistory.pop();
      if (part === 'failed-fencing') draft.failedFencing.pop();
      return keep(draft, whole);
    },
  };
}

const STATUSES: Readonly<Record<string, FencingEvent['status']>> = {
  failed: 'failed',
  successful: 'success',
  pending: 'pending',
};

/** `stonith_action_str` of pacemaker's `lib/fencing/st_client.c`; it prints `fencing` where the action is not known. */
const ACTIONS: Readonly<Record<string, string>> = {
  'turning off': 'off',
  'turned off': 'off',
  'turning on': 'on',
  'turned on': 'on',
  unfencing: 'on',
};

/** What may stand before the status: the node that did it, the client that asked, the device; `last` where like events are folded. */
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
  const event: Open<FencingEvent> = { text, action, target, status };
  const asked = clauses.get('for') ?? '';
  const at = asked.lastIndexOf('@');
  const by = clauses.get('by');
  if (by !== undefined) event.delegate = by;
  if (asked !== '') event.client = at < 0 ? asked : asked.slice(0, at);
  if (at >= 0) event.origin = asked.slice(at + 1);
  addOutcome(event, rest.slice(end));
  return event;
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

/** The reason, and when; without details, fields for both and for who did it. */
function addOutcome(event: Open<FencingEvent>, whole: string): void {
  const later = whole.lastIndexOf(LATER);
  const outcome = later < 0 ? whole : whole.slice(0, later);
  const split = FIELDS.exec(outcome);
  if (split === null) addDate(event, outcome.trim());
  else {
    addReason(event, outcome.slice(0, split.index));
    addFields(event, fieldsOf(outcome.slice(split.index + split[0].length)));
  }
}

function addDate(event: Open<FencingEvent>, outcome: string): void {
  const found = outcome.lastIndexOf('at ');
  const at = outcome.slice(found + 3);
  const isDate = found >= 0 && /\d/.test(at) && !/[()]/.test(at);
  if (isDate) event.at = at;
  addReason(event, isDate ? outcome.slice(0, found) : outcome);
}

function addFields(event: Open<FencingEvent>, fields: ReadonlyMap<string, string>): void {
  const delegate = fields.get('delegate');
  const client = fields.get('client');
  const origin = fields.get('origin');
  const at = fields.get('completed') ?? fields.get('last-failed') ?? fields.get('last-successful');
  if (delegate) event.delegate = delegate;
  if (client) event.client = client;
  if (origin) event.origin = origin;
  // 2.0.3 closes the quotes behind the note on a later attempt.
  if (at) event.at = at.replace(/^'/, '').replace(/'$/, '').trim();
}

function addReason(event: Open<FencingEvent>, printed: string): void {
  const bracket = printed.trim();
  if (bracket.length > 2 && bracket.startsWith('(') && bracket.endsWith(')')) event.reason = bracket.slice(1, -1);
}
