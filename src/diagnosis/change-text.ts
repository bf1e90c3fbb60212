import { type Message, message } from '../messages/message.js';
import type { Change } from './looks.js';

/** Pure. `vip moved a → b, away for 6.2s to 8.4s`. */
export function changeText(change: Change): Message {
  switch (change.kind) {
    case 'moved':
    case 'back': {
      const { leastMs, mostMs } = change.away;
      const away =
        leastMs === 0 ? message('change.at-most', { mostMs }) : message('change.between', { leastMs, mostMs });
      return message('change.away', { what: message(`change.${change.kind}`, change), away });
    }
    case 'started':
      return message('change.started', change);
    case 'stopped':
      return message('change.stopped', change);
    case 'other':
      return message('change.other', change);
  }
}
