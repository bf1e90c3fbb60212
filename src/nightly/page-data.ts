import type { LinkedPage } from '../report/page-data.js';
import type { NightJson } from './night-answer.js';

/** What the page of a night carries as data, and its program draws. */
export interface NightPageData extends LinkedPage {
  readonly night: NightJson;
}
