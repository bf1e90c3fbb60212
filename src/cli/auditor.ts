import { audits } from '../audits/index.js';
import { unrestIn } from '../audits/unrest.js';
import { createObserver } from '../cluster/observe/observe.js';
import type { Auditor } from '../ports/audit.js';

export const auditor: Auditor = { table: audits, unrestIn, ...createObserver() };
