import { message } from '../messages/message.js';
import type { AuditTable } from '../ports/audit.js';
import { unknown } from './finding.js';

export const settled: AuditTable['settled'] = {
  kind: 'settled',
  holds: message('audit.settled.holds'),
  reads: message('audit.settled.reads'),
  judge: ({ unsettled }) => (unsettled === undefined ? [] : [unknown([], unsettled)]),
};
