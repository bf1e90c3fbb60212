import type { EN } from '../en/index.js';
import type { Translation } from '../translation.js';
import { AUDITS } from './audits.js';
import { DIAGNOSIS_AGENTS } from './diagnosis-agents.js';
import { DIAGNOSIS_CONSTRAINTS } from './diagnosis-constraints.js';
import { DIAGNOSIS_DAEMONS } from './diagnosis-daemons.js';
import { DIAGNOSIS_FAILURES } from './diagnosis-failures.js';
import { DIAGNOSIS_FENCING } from './diagnosis-fencing.js';
import { DIAGNOSIS_MEMBERSHIP } from './diagnosis-membership.js';
import { DIAGNOSIS_NODES } from './diagnosis-nodes.js';
import { DIAGNOSIS_QUORUM } from './diagnosis-quorum.js';
import { DIAGNOSIS_READING } from './diagnosis-reading.js';
import { DIAGNOSIS_RESOURCES } from './diagnosis-resources.js';
import { DIAGNOSIS_SETTINGS } from './diagnosis-settings.js';
import { DIAGNOSIS_STEPS } from './diagnosis-steps.js';
import { DIAGNOSIS_STOPPED } from './diagnosis-stopped.js';
import { DIAGNOSIS_SUMMARY } from './diagnosis-summary.js';
import { FAULTS } from './faults.js';
import { GENERAL } from './general.js';
import { REPORT } from './report.js';
import { REPORT_AUDITS } from './report-audits.js';
import { SCENARIOS } from './scenarios.js';
import { STATUS } from './status.js';

export const ZH: Translation<typeof EN> = {
  ...AUDITS,
  ...DIAGNOSIS_AGENTS,
  ...DIAGNOSIS_CONSTRAINTS,
  ...DIAGNOSIS_DAEMONS,
  ...DIAGNOSIS_FAILURES,
  ...DIAGNOSIS_FENCING,
  ...DIAGNOSIS_MEMBERSHIP,
  ...DIAGNOSIS_NODES,
  ...DIAGNOSIS_QUORUM,
  ...DIAGNOSIS_READING,
  ...DIAGNOSIS_RESOURCES,
  ...DIAGNOSIS_SETTINGS,
  ...DIAGNOSIS_STEPS,
  ...DIAGNOSIS_STOPPED,
  ...DIAGNOSIS_SUMMARY,
  ...FAULTS,
  ...GENERAL,
  ...REPORT,
  ...REPORT_AUDITS,
  ...SCENARIOS,
  ...STATUS,
};
