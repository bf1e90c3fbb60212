import { defined } from '../../model/defined.js';
import { isKnown, longestOf } from '../../model/outage.js';
import { tallySentence } from '../../report/audits.js';
import { VERDICT_MARKS } from '../../report/format.js';
import { floorClauses, outageText, phaseDuration } from '../../report/probe-text.js';
import type { StepSpan } from '../picture.js';
import { failureSentences } from './operations.js';
import { formatDuration, html, LanguageChoice, language, say } from './page-language.js';
import { goTo, picture, summary } from './store.js';

/** The first thing to read: the verdict and the outage in a line, then what was run. */
export function Verdict() {
  const { verdict, reason, longestOutage, run, lab, instance, backend, info, durationMs, audits, image } =
    summary.value;
  const facts: readonly (readonly [string, string | undefined])[] = [
    [say('report.run'), run],
    [say('report.lab'), instance === undefined || instance === lab ? lab : `${lab} (${instance})`],
    [say('report.backend'), backend],
    [say('report.image'), info?.imageHash ? `${image} (${info.imageHash.slice(0, 12)})` : image],
    [say('report.stack'), info?.stack?.sources.join(', ')],
    [say('report.kernel'), info?.kernel],
    [say('report.started-at'), info?.startedAt],
    [say('report.duration'), formatDuration(durationMs)],
    [say('report.seed'), info && String(info.seed)],
    ['halab', info?.halab],
    [say('report.slowness'), slownessText()],
    [say('audits.audits'), audits && tallySentence(audits, durationMs, language.value)],
  ];
  const outage = longestOutage && outageWords(longestOutage);
  const isOutageKnown = longestOutage !== undefined && isKnown(longestOutage.window, longestOutage.probe.everyMs);
  return html`<header class=${verdict}>
    <${LanguageChoice} />
    <h1><span class="mark">${VERDICT_MARKS[verdict]}</span> ${say(`verdict.${verdict}`)}${
      outage !== undefined && isOutageKnown && html` <span class="outage">· ${outage}</span>`
    }</h1>
    ${reason !== undefined && html`<p class="reason">${reason}</p>`}
    ${outage !== undefined && !isOutageKnown && html`<p class="soft">${outage}</p>`}
    ${failuresOfWrongSteps().map((sentence) => html`<p class="reason">${sentence}</p>`)}
    ${
      longestOutage?.step.constants &&
      longestOutage.window.ended &&
      isOutageKnown &&
      html`<p>${say('audits.clauses', { clauses: floorClauses(longestOutage.window.durationMs, longestOutage.step.constants, language.value) })}</p>`
    }
    <dl class="facts">${facts.map(([name, value]) => value && html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
  </header>`;
}

function outageWords({ window, probe }: NonNullable<(typeof summary.value)['longestOutage']>): string {
  const text = `${say('outage.title')} ${outageText(window, probe.everyMs, language.value)}`;
  return window.ended ? text : `${text}, ${say('outage.open')}`;
}

/** What failed while steps ran that did not hold: most likely why. */
function failuresOfWrongSteps(): readonly string[] {
  const wrong = picture.steps.filter(({ verdict }) => verdict === 'failed' || verdict === 'unknown');
  const beginOf = ({ scenario, fromMs, unaudited: [first] }: StepSpan) =>
    picture.steps.find((each) => each.scenario === scenario && each.step === first)?.fromMs ?? fromMs;
  return [...new Set(wrong.flatMap((span) => failureSentences(beginOf(span), span.toMs)))];
}

/** The first measurement and each that changed something; nothing where the nodes are as fast as hardware. */
function slownessText(): string | undefined {
  const { slowness } = summary.value;
  if (slowness.every(({ factor }) => factor <= 1)) return undefined;
  return slowness
    .filter(({ was }, index) => index === 0 || was !== undefined)
    .map(({ factor, atMs = 0, before }) => say('report.slowness-from', { factor, atMs, ...defined({ before }) }))
    .join(say('report.slowness-then'));
}

/** The phases of each outage, to scale, against the floor that corosync's timeouts set. */
export function Outages() {
  const steps = summary.value.scenarios.flatMap((scenario) => scenario.steps);
  const all = steps.flatMap((step) =>
    (step.probes ?? []).flatMap((probe) => {
      const window = longestOf(probe.windows);
      return window === undefined ? [] : [{ step, probe, window }];
    }),
  );
  return html`<section id="outage" aria-labelledby="outage-title"><h2 id="outage-title">${say('page.outage')}</h2>
    ${all.length === 0 && html`<p>${say('page.no-outage')}</p>`}
    ${all.map(({ step, probe, window }) => {
      const phases = probe.breakdown?.phases ?? [];
      const beganMs = probe.breakdown?.beganMs ?? window.fromMs;
      return html`<figure>
        <figcaption><b>${step.scenario} / ${step.step}, ${probe.probe}</b>: ${outageText(window, probe.everyMs, language.value)}
          <small> ${say('outage.requests', { sent: probe.sent, lost: probe.sent - probe.answered, everyMs: probe.everyMs })}</small></figcaption>
        ${isKnown(window, probe.everyMs) && html`<${PhaseBars} phases=${phases} durationMs=${window.toMs - beganMs} floor=${step.constants} />`}
        <div class="scroll" tabindex="0" role="region" aria-label=${say('page.outage')}><table><thead><tr><th>${say('page.phase')}</th><th>${say('page.took')}</th><th>${say('page.ended-at')}</th><th>${say('page.by-line')}</th></tr></thead>
          <tbody>${phases.map(
            ({
              phase,
              durationMs,
              uncertainMs,
              atMs,
              node,
              source,
            }) => html`<tr><th scope="row"><span class=${`swatch phase-${phase}`}></span> ${say(`phase.${phase}`)}</th>
              <td class="number">${phaseDuration({ durationMs, uncertainMs })}</td>
              <td class="number"><button type="button" class="link" onClick=${() => goTo(atMs)}>${formatDuration(atMs - beganMs)}</button></td>
              <td>${node ?? ''} <code>${source}</code></td></tr>`,
          )}
          ${step.constants && html`<tr><th scope="row">${say('page.floor-bar')}</th><td class="number">${formatDuration(step.constants.token + step.constants.consensus)}</td><td></td><td></td></tr>`}
          </tbody></table></div>
      </figure>`;
    })}
  </section>`;
}

interface Bars {
  readonly phases: readonly { readonly phase: string; readonly durationMs: number }[];
  readonly durationMs: number;
  readonly floor?: { readonly token: number; readonly consensus: number };
  /** What the whole width is. */
  readonly longestMs?: number;
}

export function PhaseBars({ phases, durationMs: wholeMs, floor, longestMs = 0 }: Bars) {
  const floorMs = floor === undefined ? 0 : floor.token + floor.consensus;
  const longest = Math.max(wholeMs, floorMs, longestMs, 1);
  const percent = (ms: number) => `${(100 * ms) / longest}%`;
  return html`<div class="bars" aria-hidden="true">
    <div class="bar">${phases.map(
      ({ phase, durationMs }) =>
        html`<span class=${`phase-${phase}`} style=${`width:${percent(durationMs)}`}>${durationMs / longest > 0.12 ? `${say(`phase.${phase as 'detect'}`)} ${formatDuration(durationMs)}` : ''}</span>`,
    )}${phases.length === 0 && html`<span class="phase-silent" style=${`width:${percent(wholeMs)}`}>${formatDuration(wholeMs)}</span>`}</div>
    ${
      floor &&
      html`<div class="bar floor"><span style=${`width:${percent(floor.token)}`}>token ${formatDuration(floor.token)}</span><span style=${`width:${percent(floor.consensus)}`}>consensus ${formatDuration(floor.consensus)}</span></div>`
    }
  </div>`;
}
