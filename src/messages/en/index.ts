import { AUDITS } from './audits.js';
import { BISECT } from './bisect.js';
import { DIAGNOSIS_CONSTRAINTS } from './diagnosis-constraints.js';
import { DIAGNOSIS_FAILURES } from './diagnosis-failures.js';
import { DIAGNOSIS_FENCING } from './diagnosis-fencing.js';
import { DIAGNOSIS_MEMBERSHIP } from './diagnosis-membership.js';
import { DIAGNOSIS_NODES } from './diagnosis-nodes.js';
import { DIAGNOSIS_READING } from './diagnosis-reading.js';
import { DIAGNOSIS_RESOURCES } from './diagnosis-resources.js';
import { DIAGNOSIS_SETTINGS } from './diagnosis-settings.js';
import { FAULTS } from './faults.js';
import { GENERAL } from './general.js';
import { HISTORY } from './history.js';
import { LEARN } from './learn.js';
import { LIST } from './list.js';
import { NIGHTLY } from './nightly.js';
import { PAGE } from './page.js';
import { POOL } from './pool.js';
import { REPORT } from './report.js';
import { SCENARIOS } from './scenarios.js';
import { STATUS } from './status.js';
import { STEPWISE } from './stepwise.js';

/** Every message in English, by its code. The other languages have the same codes: this is their type. */
export const EN = {
  ...AUDITS,
  ...DIAGNOSIS_CONSTRAINTS,
  ...DIAGNOSIS_FAILURES,
  ...DIAGNOSIS_FENCING,
  ...DIAGNOSIS_MEMBERSHIP,
  ...DIAGNOSIS_NODES,
  ...DIAGNOSIS_READING,
  ...DIAGNOSIS_RESOURCES,
  ...DIAGNOSIS_SETTINGS,
  ...FAULTS,
  ...GENERAL,
  ...HISTORY,
  ...LEARN,
  ...LIST,
  ...BISECT,
  ...NIGHTLY,
  ...PAGE,
  ...POOL,
  ...REPORT,
  ...SCENARIOS,
  ...STATUS,
  ...STEPWISE,
};
