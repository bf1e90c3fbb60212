import { audits } from '../audits/index.js';
import { pendingActivityIn } from '../audits/pending-activity.js';
import { createObserver } from '../cluster/observe.js';
import type { Auditor } from '../ports/audit.js';

export const auditor: Auditor = { table: audits, pendingActivityIn, ...createObserver() };
