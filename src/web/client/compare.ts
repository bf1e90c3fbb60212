import { render } from 'preact';
import { type ComparedStep, compareRuns, type Difference } from '../../report/compare.js';
import { comparedRows } from '../../report/compare-lines.js';
import { formatDuration, VERDICT_MARKS } from '../../report/format.js';
import { summaryOf } from '../../report/summary.js';
import type { StepSpan } from '../picture.js';
import { MomentPanel } from './moment-panel.js';
import { html, LanguageChoice, say } from './page-language.js';
import { followAddress, goTo, runs, showFocus, zeros } from './store.js';
import { Timeline } from './timeline.js';
import { PhaseBars } from './verdict.js';

const [before, after] = runs.map(({ state }) => summaryOf(state));
const comparison = before && after && compareRuns(before, after);
const SIDES = ['before', 'after'] as const;

function Page() {
  if (comparison === undefined) return null;
  const { steps, facts, packages } = comparison;
  return html`<div><${LanguageChoice} /><h1>${say('compare.title')}</h1>
    <div class="heads">${SIDES.map((side) => html`<${Head} side=${side} key=${side} />`)}</div></div>
    <main>
      <section id="steps" aria-labelledby="steps-title"><h2 id="steps-title">${say('page.steps')}</h2><${Steps} steps=${steps} /></section>
      <${Outages} steps=${steps} />
      <${Alignment} />
      <${Timeline} />
      ${runs.map((run) => html`<${MomentPanel} run=${run} key=${run.state.run} />`)}
      <${Differences} id="facts" title=${say('compare.facts')} all=${facts} />
      <${Differences} id="versions" title=${say('report.versions')} all=${packages} />
      ${facts.length + packages.length === 0 && html`<p>${say('compare.alike')}</p>`}
    </main>`;
}

function Head({ side }: { readonly side: (typeof SIDES)[number] }) {
  if (comparison === undefined) return null;
  const { run, verdict, startedAt } = comparison[side];
  return html`<header class=${verdict}><p class="soft">${say(`report.${side}`)}</p>
    <h2><span class="mark">${VERDICT_MARKS[verdict]}</span> ${say(`verdict.${verdict}`)}</h2><p>${run}</p>
    ${startedAt && html`<p class="soft">${say('report.started-at')} ${startedAt}</p>`}</header>`;
}

interface Compared {
  readonly steps: readonly ComparedStep[];
}

function Steps({ steps }: Compared) {
  return html`<div class="scroll" tabindex="0" role="region" aria-labelledby="steps-title"><table>
    <thead><tr><th>${say('page.step')}</th><th class="number">${say('report.before')}</th><th class="number">${say('report.after')}</th><th class="number">${say('compare.change')}</th></tr></thead>
    <tbody>${steps.flatMap((step) =>
      comparedRows(step, say).map(
        ([
          { text, depth },
          was,
          is,
          change,
        ]) => html`<tr><th scope="row" class=${depth === 0 ? '' : `depth-${depth}`}>${text}</th>
          <td class="number">${was}</td><td class="number">${is}</td><td class="number">${change}</td></tr>`,
      ),
    )}</tbody></table></div>`;
}

/** The outages of both runs in one step to one scale; the table of steps says the same. */
function Outages({ steps }: Compared) {
  const broken = steps.filter((step) => SIDES.some((side) => step[side]?.outageMs !== undefined));
  if (broken.length === 0) return null;
  const longestMs = Math.max(...broken.flatMap((step) => SIDES.map((side) => step[side]?.outageMs ?? 0)));
  return html`<section id="outage" aria-labelledby="outage-title"><h2 id="outage-title">${say('page.outage')}</h2>
    ${broken.map(
      (step) =>
        html`<figure><figcaption><b>${step.scenario} / ${step.step}</b></figcaption>${SIDES.map((side) => {
          const { outageMs, phases = {} } = step[side] ?? {};
          const all = Object.entries(phases).map(([phase, durationMs]) => ({ phase, durationMs }));
          return html`<div class="side"><span>${say(`report.${side}`)} <small>${outageMs === undefined ? '–' : formatDuration(outageMs)}</small></span>
          ${outageMs !== undefined && html`<${PhaseBars} phases=${all} durationMs=${outageMs} longestMs=${longestMs} />`}</div>`;
        })}</figure>`,
    )}
  </section>`;
}

interface Differing {
  readonly id: string;
  readonly title: string;
  readonly all: readonly Difference[];
}

function Differences({ id, title, all }: Differing) {
  if (all.length === 0) return null;
  return html`<section id=${id} aria-labelledby=${`${id}-title`}><h2 id=${`${id}-title`}>${title}</h2>
    <div class="scroll" tabindex="0" role="region" aria-labelledby=${`${id}-title`}><table>
    <thead><tr><th>${say('compare.what')}</th><th>${say('report.before')}</th><th>${say('report.after')}</th></tr></thead>
    <tbody>${all.map((each) => html`<tr><th scope="row">${each.what}</th><td>${each.before ?? '–'}</td><td>${each.after ?? '–'}</td></tr>`)}</tbody></table></div></section>`;
}

const nameOf = ({ scenario, step }: Pick<StepSpan, 'scenario' | 'step'>) => `${scenario} / ${step}`;

/** Moments of both runs that are to lie on each other. */
interface Meeting {
  readonly name: string;
  readonly zeros: readonly number[];
}

const ASKED = 'asked';
const RUN = 'run';
const firstAsked = runs.flatMap(({ picture }) => picture.steps.find(({ asGiven }) => !asGiven)?.fromMs ?? []);
const common = (runs[0]?.picture.steps ?? []).flatMap((step): readonly Meeting[] => {
  const same = runs.map(({ picture }) => picture.steps.find((each) => nameOf(each) === nameOf(step)));
  const begins = same.flatMap((each) => each?.fromMs ?? []);
  return begins.length === runs.length ? [{ name: nameOf(step), zeros: begins }] : [];
});
const meetings: readonly Meeting[] = [
  { name: RUN, zeros: runs.map(() => 0) },
  ...(firstAsked.length === runs.length ? [{ name: ASKED, zeros: firstAsked }] : []),
  ...common,
];

/** At which moment the runs lie on each other: both go their own pace from there. */
function Alignment() {
  const words = { [RUN]: say('compare.run-begin'), [ASKED]: say('compare.asked-begin') };
  return html`<p class="tools align"><label>${say('compare.align')} <select onChange=${(event: Event) => alignAt((event.target as HTMLSelectElement).value)}>
    ${meetings.map(({ name }) => html`<option value=${name} selected=${name === usual()}>${(words as Record<string, string>)[name] ?? name}</option>`)}</select></label></p>`;
}

function alignAt(asked: string): void {
  zeros.value = meetings.find(({ name }) => name === asked)?.zeros ?? runs.map(() => 0);
  showFocus();
  goTo(0);
}

/** A step of both that had an outage in either, else the first that was asked for. */
function usual(): string {
  const broken = comparison?.steps.filter((step) => SIDES.some((side) => step[side]?.outageMs !== undefined)) ?? [];
  return common.find(({ name }) => broken.some((step) => nameOf(step) === name))?.name ?? ASKED;
}

const page = document.getElementById('page');
if (page) {
  const asked = location.hash;
  alignAt(usual());
  if (asked !== '') history.replaceState(null, '', asked);
  render(html`<${Page} />`, page);
  followAddress();
  addEventListener('hashchange', followAddress);
}
