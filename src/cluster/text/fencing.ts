import type { FencingEvent } from '../../model/cluster-state.js';
import type { StatusDraft } from './draft.js';
import { parseFencingEvent } from './fencing-event.js';
import type { Section } from './section.js';

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
