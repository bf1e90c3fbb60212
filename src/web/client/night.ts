import { render } from 'preact';
import { STATE_MARKS } from '../../history/words.js';
import { groupBy } from '../../model/group-by.js';
import { type CellState, countText, countTexts, TOLD_STATES } from '../../nightly/cell-states.js';
import type { CellJson } from '../../nightly/night-answer.js';
import type { NightPageData } from '../../nightly/page-data.js';
import { VERDICT_MARKS } from '../../report/format.js';
import {
  carriedData,
  formatDuration,
  html,
  inReadersLanguage,
  LanguageChoice,
  outageWords,
  say,
} from './page-language.js';

type Attempt = CellJson['attempts'][number];

const data = carriedData<NightPageData>();
const MARKS: { readonly [S in CellState | Attempt['outcome']]: string } = {
  ...STATE_MARKS,
  ...{ 'left-out': '…', missing: '?', stopped: '–', open: '?' },
};

function Night() {
  const night = inReadersLanguage(data.night, data);
  const { verdict, reason, cells } = night;
  return html`<header class=${verdict}><${LanguageChoice} />
      <h1><span class="mark">${VERDICT_MARKS[verdict]}</span> ${say(`verdict.${verdict}`)} <span class="outage">· ${countTexts(night.counts, say).join(' · ')}</span></h1>
      ${reason !== undefined && html`<p class="reason">${reason}</p>`}
      <dl class="facts">${factsOf(night).map(([name, value]) => value && html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl></header>
    <main><${Told} cells=${cells} /><${Grid} cells=${cells} /></main>`;
}

function factsOf(night: NightPageData['night']): readonly (readonly [string, string | undefined])[] {
  const { nights, machines, stack, started, durationMs, workMs } = night;
  return [
    [say('history.night'), nights.map((each) => each.night).join(', ')],
    [say('report.started-at'), started && minuteOf(started)],
    [say('report.duration'), say('nightly.took', { time: formatDuration(durationMs), work: formatDuration(workMs) })],
    [say('history.fact.machine'), machines.join(', ')],
    [say('report.stack'), stack?.join(', ')],
  ];
}

/** What did not simply pass, the worst first: each with its reason and its attempts, and what was never begun by its reason. */
function Told({ cells }: { readonly cells: readonly CellJson[] }) {
  const again = cells.filter(({ state, attempts }) => state === 'passed' && isLostBefore(attempts));
  const blocks = [
    ...[...TOLD_STATES, 'skipped' as const].map((state) => {
      const own = cells.filter((cell) => cell.state === state);
      return { title: countText(state, own.length, say), own };
    }),
    { title: say('nightly.count-again', { count: again.length }), own: again },
  ].filter(({ own }) => own.length > 0);
  if (blocks.length === 0) return null;
  return html`<section aria-labelledby="told-title"><h2 id="told-title">${say('history.attention')}</h2>
    ${blocks.map(({ title, own }) => {
      const begun = own.filter(({ attempts }) => attempts.length > 0);
      const others = groupBy(
        own.filter(({ attempts }) => attempts.length === 0),
        ({ reason = '', lastSign = '' }) => [reason, lastSign].filter(Boolean).join('; '),
      );
      return html`<h3>${title}</h3>
        ${begun.map((cell) => html`<${Begun} cell=${cell} key=${cell.id} />`)}
        ${[...others].map(([reason, alike]) => html`<p class="note">${reason}<br /><small>${alike.map(({ id }) => id).join(', ')}</small></p>`)}`;
    })}</section>`;
}

function isLostBefore(attempts: CellJson['attempts']): boolean {
  return attempts.some(({ outcome }) => outcome === 'lost');
}

function Begun({ cell }: { readonly cell: CellJson }) {
  const { id, state, verdict, reason, lastSign, attempts } = cell;
  return html`<article id=${id} class=${`failure ${verdict === 'failed' ? verdict : 'unknown'}`}>
    <h4 class=${state === 'flaky' ? 'unknown' : verdict}><span class="mark">${MARKS[state]}</span> ${titleOf(cell)} <small>${cell.lab} ${cell.image}</small></h4>
    ${reason !== undefined && html`<p class="reason">${reason}</p>`}
    ${lastSign !== undefined && html`<p>${say('nightly.last-sign', { sign: lastSign })}</p>`}
    <ul class="changes">${attempts.map((each) => {
      const { machine, at, durationMs, outageMs } = each;
      const facts = [machine, minuteOf(at), ...timesOf({ durationMs, outageMs })].filter(Boolean).join(' · ');
      return html`<li><${Outcome} state=${each.outcome} href=${each.run && data.reports[each.run]} /> · ${facts}${each.reason !== undefined && each.reason !== reason && html`<br /><span class="soft">${each.reason}</span>`}</li>`;
    })}</ul></article>`;
}

function titleOf({ scenario, repeat }: Pick<CellJson, 'scenario' | 'repeat'>): string {
  return repeat > 1 ? `${scenario} #${repeat}` : scenario;
}

/** `2026-11-29 02:10 UTC` */
function minuteOf(at: string): string {
  return `${at.slice(0, 16).replace('T', ' ')} UTC`;
}

function timesOf({ durationMs, outageMs }: Pick<Attempt, 'durationMs' | 'outageMs'>): readonly string[] {
  return [
    ...(outageMs === undefined ? [] : [outageWords(outageMs)]),
    ...(durationMs === undefined ? [] : [formatDuration(durationMs)]),
  ];
}

interface Shown {
  readonly state: CellState | Attempt['outcome'];
  readonly href: string | undefined;
}

function Outcome({ state, href }: Shown) {
  const text = `${MARKS[state]} ${say(`nightly.state.${state}`)}`;
  return href === undefined ? html`<span>${text}</span>` : html`<a href=${href}>${text}</a>`;
}

/** Scenarios by images; repeats stand below each other. */
function Grid({ cells }: { readonly cells: readonly CellJson[] }) {
  const images = [...new Set(cells.map(({ image }) => image))].toSorted();
  const rows = [...groupBy(cells, ({ scenario, lab }) => `${scenario} ${lab}`)].toSorted(([one], [other]) =>
    one < other ? -1 : 1,
  );
  return html`<section aria-labelledby="grid-title"><h2 id="grid-title">${say('nightly.grid')}</h2>
    <div class="scroll" tabindex="0" role="region" aria-labelledby="grid-title"><table class="grid cells">
      <thead><tr><th>${say('history.scenario')}</th>${images.map((image) => html`<th>${image}</th>`)}</tr></thead>
      <tbody>${rows.map(([, own]) => {
        const [{ scenario, lab }] = own;
        return html`<tr><th scope="row">${scenario} <small>${lab}</small></th>
          ${images.map((image) => html`<td>${own.filter((cell) => cell.image === image).map((cell) => html`<${Cell} cell=${cell} key=${cell.id} />`)}</td>`)}</tr>`;
      })}</tbody></table></div></section>`;
}

/** Its link is to the report of the attempt that counts, or to what is said of it above. */
function Cell({ cell }: { readonly cell: CellJson }) {
  const { id, state, attempts } = cell;
  const counted = attempts.findLast(({ outcome }) => outcome === cell.verdict) ?? attempts.at(-1);
  const report = counted?.run && data.reports[counted.run];
  const isTold = attempts.length > 0 && (state !== 'passed' || isLostBefore(attempts));
  const facts = [
    ...timesOf(cell),
    data.night.machines.length > 1 && counted?.machine,
    attempts.length > 1 && say('nightly.attempts', { count: attempts.length }),
  ];
  return html`<div class=${`night-${state}`}><${Outcome} state=${state} href=${report ?? (isTold ? `#${id}` : undefined)} />
    <small>${facts.filter(Boolean).join(' · ')}</small></div>`;
}

const page = document.getElementById('page');
if (page) render(html`<${Night} />`, page);
