import type { Language } from '../model/text.js';
import { GENERAL as GENERAL_EN } from './en/general.js';
import { HISTORY as HISTORY_EN } from './en/history.js';
import { NIGHTLY as NIGHTLY_EN } from './en/nightly.js';
import { PAGE as PAGE_EN } from './en/page.js';
import { REPORT as REPORT_EN } from './en/report.js';
import { GENERAL as GENERAL_ZH } from './zh/general.js';
import { HISTORY as HISTORY_ZH } from './zh/history.js';
import { NIGHTLY as NIGHTLY_ZH } from './zh/nightly.js';
import { PAGE as PAGE_ZH } from './zh/page.js';
import { REPORT as REPORT_ZH } from './zh/report.js';

/** What the page says, in place of all that halab says: the build puts this for messages/catalogues. */
export const CATALOGUES = {
  en: { ...GENERAL_EN, ...HISTORY_EN, ...NIGHTLY_EN, ...PAGE_EN, ...REPORT_EN },
  zh: { ...GENERAL_ZH, ...HISTORY_ZH, ...NIGHTLY_ZH, ...PAGE_ZH, ...REPORT_ZH },
} satisfies { readonly [L in Language]: object };
