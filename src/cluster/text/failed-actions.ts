import { parseFailedAction } from './action-forms.js';
import { dropHeld, type StatusDraft } from './draft.js';
import type { Section, StatusLine } from './section.js';

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
