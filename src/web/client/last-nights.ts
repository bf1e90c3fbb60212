import { greenRemark } from '../../history/remarks.js';
import { NightBars } from './night-bars.js';
import { html, say } from './page-language.js';
import { RemarkItem } from './remark-item.js';
import { data } from './store.js';

/** The nights before this run, where there are any, of each scenario that was asked for, as the run knew them when it ended. */
export function LastNightsOfRun() {
  const known = data.lastNights.filter(({ nights }) => nights.length > 1);
  if (known.length === 0) return null;
  return html`<section id="nights" aria-labelledby="nights-title"><h2 id="nights-title">${say('history.last-nights')}</h2>
    ${known.map(({ scenario, nights, lastGreen }) => {
      const [from, to] = [nights[0]?.night ?? '', nights.at(-1)?.night ?? ''];
      return html`<h3>${scenario} <small>${say('history.nights', { count: nights.length, from, to })}</small></h3>
        ${lastGreen !== undefined && html`<ul><${RemarkItem} remark=${greenRemark(lastGreen, say)} /></ul>`}
        <${NightBars} nights=${nights} label=${`${say('history.last-nights')}, ${scenario}`} />`;
    })}</section>`;
}
