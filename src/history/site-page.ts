import type { Language } from '../model/text.js';
import { translationsOfAll } from '../report/html.js';
import { framedPage, type PageProgram } from '../report/page-frame.js';
import type { HistoryJson } from './answer.js';
import { overviewLines } from './lines.js';
import type { SiteData } from './site-data.js';

/** Pure. The history as one page that loads nothing. */
export function sitePage(
  history: HistoryJson,
  reports: SiteData['reports'],
  language: Language,
  program: PageProgram | undefined,
): string {
  const data: SiteData = { language, history, translations: translationsOfAll([history]), reports };
  const text = overviewLines(history, { language, color: false, width: 110 }).join('\n');
  return framedPage({ language, title: 'halab', data, text, program });
}
