import { audits } from '../audits/index.js';
import { pendingActivityIn } from '../audits/pending-activity.js';
import { createObserver } from '../cluster/observe.js';
import type { Auditor } from '../ports/audit.js';

/** The audits, with the observation that they judge. Apart from wire.ts, which power switches and `halab ssh` load too. */
export const auditor: Auditor = { table: audits, pendingActivityIn, ...createObserver() };
