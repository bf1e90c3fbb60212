import { render } from 'preact';
import type { HistoryJson, SeriesJson } from '../../history/answer.js';
import { limitsOf, remarksOn } from '../../history/remarks.js';
import type { SiteData } from '../../history/site-data.js';
import { STATE_MARKS } from '../../history/words.js';
import { PHASES } from '../../model/scenario.js';
import { NightBars } from './night-bars.js';
import { carriedData, formatDuration, html, inReadersLanguage, LanguageChoice, say } from './page-language.js';
import { RemarkItem } from './remark-item.js';

const data = carriedData<SiteData>();

function Site() {
  const { nights, runs, series } = data.history;
  const [from, to] = [nights[0], nights.at(-1)];
  if (from === undefined || to === undefined) return html`<main><h1>${say('history.empty')}</h1></main>`;
  const failing = series.filter(({ state }) => state === 'failed').length;
  return html`<header class=${failing > 0 ? 'failed' : 'passed'}><${LanguageChoice} />
      <h1>${say('history.heading', { failing, all: series.length })}</h1>
      <p>${say('history.nights', { count: nights.length, from, to })} · ${say('history.runs', { count: runs })}</p>
      <p class="soft">${say('history.advice')}</p></header>
    <main><${Grid} history=${data.history} />
      ${series.map((each) => html`<${Series} series=${each} key=${idOf(each)} />`)}
      <${Slowest} series=${series} /></main>`;
}

function idOf({ scenario, lab, image, backend }: SeriesJson): string {
  return [scenario, lab, image, backend].map(encodeURIComponent).join('/');
}

/** Scenarios by nights; each cell is a link to the report of that night's last run, where it is here. */
function Grid({ history }: { readonly history: HistoryJson }) {
  const { series } = history;
  // What is new is in sight where the table is wider than the screen.
  const nights = history.nights.toReversed();
  return html`<section aria-labelledby="grid-title"><h2 id="grid-title">${say('history.grid')}</h2>
    <div class="scroll" tabindex="0" role="region" aria-labelledby="grid-title"><table class="grid">
      <thead><tr><th>${say('history.scenario')}</th>${nights.map((night) => html`<th class="date"><span title=${night}>${night.slice(8)}</span></th>`)}</tr></thead>
      <tbody>${series.map((each) => {
        const known = new Map(each.nights.map((night) => [night.night, night] as const));
        return html`<tr><th scope="row">${STATE_MARKS[each.state]} <a href=${`#${idOf(each)}`}>${each.scenario}</a> <small>${each.lab} ${each.image}</small>
            ${each.words.map((word) => html`<span class="chip">${say(`history.state.${word}`)}</span> `)}</th>
          ${nights.map((night) => html`<${Cell} night=${known.get(night)} date=${night} />`)}</tr>`;
      })}</tbody></table></div>
    <p class="soft">${(['passed', 'flaky', 'failed', 'unknown', 'lost', 'skipped'] as const).map((state) => html`${STATE_MARKS[state]} ${say(`history.state.${state}`)} `)}</p></section>`;
}

function Cell({ night, date }: { readonly night: SeriesJson['nights'][number] | undefined; readonly date: string }) {
  if (night === undefined) return html`<td></td>`;
  const report = night.runs.toReversed().flatMap(({ folder }) => data.reports[folder] ?? [])[0];
  const name = `${date}: ${say(`history.state.${night.state}`)}`;
  const sign = STATE_MARKS[night.state];
  return html`<td class=${`night-${night.state}`} title=${name}>${report === undefined ? html`<span role="img" aria-label=${name}>${sign}</span>` : html`<a href=${report} aria-label=${name}>${sign}</a>`}</td>`;
}

/** Everything that is said of a series, then its outages night by night. */
function Series({ series }: { readonly series: SeriesJson }) {
  const { scenario, lab, image, backend, state, measures, nights } = series;
  const remarks = [...remarksOn(series, say), ...limitsOf(series, say)];
  const reason =
    state === 'failed' ? nights.at(-1)?.runs.findLast((run) => run.reason !== undefined)?.reason : undefined;
  return html`<section id=${idOf(series)}><h2 class=${state}><span class="mark">${STATE_MARKS[state]}</span> ${scenario} <small>${lab} ${image} ${backend}</small></h2>
    ${reason !== undefined && html`<p class="reason">${inReadersLanguage(reason, data)}</p>`}
    ${remarks.length > 0 && html`<ul>${remarks.map((each) => html`<${RemarkItem} remark=${each} />`)}</ul>`}
    ${measures.map(
      (
        measure,
      ) => html`<h3>${say('outage.title')} ${measure.step}${measure.floorMs !== undefined && html` <small>${say('page.floor-bar')} ${formatDuration(measure.floorMs)}</small>`}</h3>
      <${NightBars} label=${`${scenario}, ${measure.step}`} changes=${measure.changes.map(({ night }) => night)}
        nights=${measure.nights.map((each) => ({ night: each.night, state: stateOn(series, each.night), outageMs: each.median }))} />
      <${Phases} measure=${measure} scenario=${scenario} />`,
    )}
  </section>`;
}

function stateOn({ nights }: SeriesJson, night: string) {
  return nights.find((each) => each.night === night)?.state ?? 'skipped';
}

function Phases({
  measure,
  scenario,
}: {
  readonly measure: SeriesJson['measures'][number];
  readonly scenario: string;
}) {
  const shown = PHASES.filter((phase) => measure.nights.some(({ phases }) => phases[phase] !== undefined));
  if (shown.length === 0) return null;
  const label = `${say('history.phases')}, ${scenario}, ${measure.step}`;
  return html`<details><summary>${say('history.phases')}</summary><div class="scroll table" tabindex="0" role="region" aria-label=${label}><table>
    <thead><tr><th>${say('history.night')}</th>${shown.map((phase) => html`<th>${say(`phase.${phase}`)}</th>`)}</tr></thead>
    <tbody>${measure.nights.toReversed().map(({ night, phases }) => html`<tr><th scope="row">${night}</th>${shown.map((phase) => html`<td class="number">${textOf(phases[phase])}</td>`)}</tr>`)}</tbody></table></div></details>`;
}

function textOf(ms: number | undefined): string {
  return ms === undefined ? '–' : formatDuration(ms);
}

const SLOWEST = 10;

function Slowest({ series }: { readonly series: HistoryJson['series'] }) {
  const steps = series.flatMap((each) => each.slowest.map((step) => ({ ...step, each })));
  const rows = steps.toSorted((one, other) => other.medianMs - one.medianMs).slice(0, SLOWEST);
  if (rows.length === 0) return null;
  return html`<section aria-labelledby="slowest-title"><h2 id="slowest-title">${say('history.slowest')}</h2>
    <div class="scroll" tabindex="0" role="region" aria-labelledby="slowest-title"><table><tbody>${rows.map(
      ({
        each,
        step,
        medianMs,
        earlierMs,
      }) => html`<tr><td class="number">${formatDuration(medianMs)}</td><th scope="row">${each.scenario} / ${step} <small>${each.lab} ${each.image}</small></th>
        <td>${earlierMs !== undefined && say('history.usually', { ms: earlierMs })}</td></tr>`,
    )}</tbody></table></div></section>`;
}

const page = document.getElementById('page');
if (page) render(html`<${Site} />`, page);
