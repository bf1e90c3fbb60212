import { STATE_MARKS } from '../../history/words.js';
import type { LastNights } from '../../model/night-state.js';
import { formatDuration, html, outageWords, say } from './page-language.js';

type Night = LastNights['nights'][number];

const BAR = { width: 8, gap: 2, height: 48, least: 10 };

interface Props {
  readonly nights: readonly Night[];
  readonly label: string;
  /** Nights on which an outage changed, which get a line before them. */
  readonly changes?: readonly string[];
}

/** A bar for each night: its colour is the state, its height the outage where one was measured. The table says the same. */
export function NightBars({ nights, label, changes = [] }: Props) {
  const longest = Math.max(1, ...nights.map(({ outageMs = 0 }) => outageMs));
  const step = BAR.width + BAR.gap;
  return html`<div class="nights scroll" ref=${showNewest} tabindex="0" role="region" aria-label=${label}>
    <svg width=${nights.length * step} height=${BAR.height + 14} aria-hidden="true">${nights.map((night, index) => {
      const height =
        night.outageMs === undefined ? BAR.least : Math.max(BAR.least, (BAR.height * night.outageMs) / longest);
      return html`<g transform=${`translate(${index * step} 0)`}><title>${textOf(night)}</title>
        ${changes.includes(night.night) && html`<line class="change" x1="-1" x2="-1" y1="0" y2=${BAR.height + 14} />`}
        <rect class=${`night-${night.state}`} y=${BAR.height - height} width=${BAR.width} height=${height} />
        ${night.state !== 'passed' && html`<text x=${BAR.width / 2} y=${BAR.height + 11}>${STATE_MARKS[night.state]}</text>`}</g>`;
    })}</svg></div>
    <details><summary>${say('page.as-table')}</summary><div class="scroll table" tabindex="0" role="region" aria-label=${label}><table>
      <thead><tr><th>${say('history.night')}</th><th>${say('history.state')}</th><th>${say('outage.title')}</th></tr></thead>
      <tbody>${nights.toReversed().map(({ night, state, outageMs }) => html`<tr><th scope="row">${night}</th><td>${STATE_MARKS[state]} ${say(`history.state.${state}`)}</td><td class="number">${outageMs === undefined ? '' : formatDuration(outageMs)}</td></tr>`)}</tbody>
    </table></div></details>`;
}

/** Where the bars are wider than the screen. */
function showNewest(box: HTMLElement | null): void {
  if (box !== null) box.scrollLeft = box.scrollWidth;
}

function textOf({ night, state, outageMs }: Night): string {
  const outage = outageMs === undefined ? '' : `, ${outageWords(outageMs)}`;
  return `${night}: ${say(`history.state.${state}`)}${outage}`;
}
