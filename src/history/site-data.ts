import type { LinkedPage } from '../report/page-data.js';
import type { HistoryJson } from './answer.js';

/** What the site carries as data, and its program draws. */
export interface SiteData extends LinkedPage {
  readonly history: HistoryJson;
}
