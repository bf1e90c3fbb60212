import type { Language } from '../model/text.js';
import { VERDICT_MARKS } from '../report/format.js';
import { translationsOfAll } from '../report/html.js';
import { framedPage, type PageProgram } from '../report/page-frame.js';
import type { NightJson } from './night-answer.js';
import { nightOverview } from './overview.js';
import type { NightPageData } from './page-data.js';

/** Pure. What a night came to as one page that loads nothing. */
export function nightPage(
  night: NightJson,
  reports: NightPageData['reports'],
  language: Language,
  program: PageProgram | undefined,
): string {
  const data: NightPageData = { language, night, translations: translationsOfAll([night]), reports };
  const title = `${VERDICT_MARKS[night.verdict]} ${night.nights[0]?.night ?? 'halab'}`;
  const text = nightOverview(night, { language, color: false, width: 110 });
  return framedPage({ language, title, data, text, program });
}
