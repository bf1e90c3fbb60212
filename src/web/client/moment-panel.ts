import { momentAt } from '../moment.js';
import type { LoadedRun } from './loaded-run.js';
import { html, say } from './page-language.js';
import { nodeLook, wordOf } from './rows.js';
import { cursorMs, openLogsAt, runs, timeText, zeroOf } from './store.js';

interface OfRun {
  readonly run: LoadedRun;
}
type Moment = ReturnType<typeof momentAt>;

/** The lab at the cursor: a picture of the machines, and the same as a table. Of two runs, each on its own clock. */
export function MomentPanel({ run }: OfRun) {
  const moment = momentAt(run.picture, cursorMs.value + zeroOf(run));
  const { atMs, nodes, stopped, probes, faults, step, failures, fencing } = moment;
  const id = runs.length === 1 ? 'moment' : `moment-${runs.indexOf(run) + 1}`;
  const failed = failures.map(
    (each) => `${say('page.operation-of', each)} (${each.node}, ${say('page.times', { times: each.times.length })})`,
  );
  const at = timeText(atMs);
  const outside = outsideOf(run);
  return html`<section class="moment" id=${id} aria-labelledby=${`${id}-title`}>
    <h3 id=${`${id}-title`} aria-live="polite">${runs.length > 1 && `${run.state.run}: `}${say('page.moment', { at })}</h3>
    <p class="soft">
      ${step === undefined ? say('page.between-steps') : say('page.in-step', { step: `${step.scenario} / ${step.step}` })}
      ${faults.map((fault) => html` · <span class="fault-word">${fault.kind} ${fault.place}</span>`)}
      ${probes.map(
        ({ probe, span }) =>
          span !== undefined &&
          html` · ${probe}: <span class=${span.value === 'silent' ? 'bad' : 'good'}>${say(span.value === 'silent' ? 'page.value.unanswered' : 'page.value.answered')}</span>`,
      )}
    </p>
    ${
      runs.length === 1 &&
      html`<p class="moment-links"><a href=${`#t=${Math.round(atMs)}`}>${say('page.link-moment')}</a>
      <button type="button" onClick=${() => openLogsAt(atMs)}>${say('page.open-logs', { at })}</button></p>`
    }
    <div class="lab">
      <${LabPicture} moment=${moment} of=${run.picture.nodes} outside=${outside} />
      <div class="scroll" tabindex="0" role="region" aria-labelledby=${`${id}-title`}><table>
        <thead><tr><th>${say('page.node')}</th><th>${say('page.membership')}</th><th>${say('page.quorum')}</th><th>${say('page.power')}</th><th>${say('page.resources')}</th></tr></thead>
        <tbody>${nodes.map(
          ({ node, membership, quorum, power, isDc, resources }) => html`<tr>
            <th scope="row">${node}${isDc && html` <span class="chip">DC</span>`}</th>
            <td>${textOf(membership)}${membership?.by !== undefined && html`<br /><small>${say('page.by', { nodes: membership.by })}</small>`}</td>
            <td>${textOf(quorum)}</td><td>${textOf(power)}${fencing.includes(node) && html` <span class="bad">${say('page.being-fenced')}</span>`}</td><td>${resources.join(', ')}</td></tr>`,
        )}${outside.map((node) => html`<tr><th scope="row">${node}</th><td colspan="4">${say('page.outside')}</td></tr>`)}</tbody>
      </table>
      ${stopped.length > 0 && html`<p>${say('page.stopped', { resources: stopped })}</p>`}
      ${failed.length > 0 && html`<p class="bad">${say('page.failed-until', { failures: failed })}</p>`}</div>
    </div>
  </section>`;
}

function textOf(span: { readonly value: string } | undefined): string {
  return span === undefined ? say('page.not-known') : wordOf(span.value);
}

/** Nodes of the lab that are no members and report none: storage, clients. */
function outsideOf({ state, picture }: LoadedRun): readonly string[] {
  const members = picture.nodes.map(({ node }) => node);
  return Object.keys(state.info?.packages ?? {}).filter((node) => !members.includes(node));
}

const BOX = { width: 128, height: 76, gap: 14, top: 34 };

interface LabProps {
  readonly moment: Moment;
  readonly of: LoadedRun['picture']['nodes'];
  readonly outside: readonly string[];
}

/** The nodes on their network: what is in force on each, and what runs there. The table beside it says the same. */
function LabPicture({ moment, of, outside }: LabProps) {
  const { faults, probes } = moment;
  if (moment.nodes.length === 0) return null;
  const nodes: Moment['nodes'] = [...moment.nodes, ...outside.map((node) => ({ node, isDc: false, resources: [] }))];
  const perRow = Math.min(3, nodes.length);
  const rows = Math.ceil(nodes.length / perRow);
  const width = perRow * (BOX.width + BOX.gap) + BOX.gap;
  const height = rows * (BOX.height + BOX.top) + 12;
  const isSilent = probes.some(({ span }) => span?.value === 'silent');
  return html`<svg class="machines" viewBox=${`0 0 ${width} ${height}`} aria-hidden="true">
    ${nodes.map((each, index) => {
      const x = BOX.gap + (index % perRow) * (BOX.width + BOX.gap);
      const y = BOX.top + Math.floor(index / perRow) * (BOX.height + BOX.top);
      const broken = faults.filter((fault) => fault.nodes.includes(each.node));
      const look = `member-${each.membership?.value ?? 'none'} power-${each.power?.value ?? 'none'}`;
      const middle = x + BOX.width / 2;
      return html`<g>
        <line class=${broken.length > 0 ? 'cable cut' : 'cable'} x1=${middle} x2=${middle} y1=${y} y2=${y - 18} />
        <line class="bus" x1=${x - BOX.gap} x2=${x + BOX.width + BOX.gap} y1=${y - 18} y2=${y - 18} />
        ${broken.length > 0 && html`<text class="cross" x=${middle} y=${y - 4} text-anchor="middle">✕</text>`}
        <rect class=${`machine ${look}`} x=${x} y=${y} width=${BOX.width} height=${BOX.height} rx="6" />
        <text class="machine-name" x=${x + 8} y=${y + 17}>${each.node}${each.isDc ? ' · DC' : ''}</text>
        <text class="machine-state" x=${x + 8} y=${y + 33}>${outside.includes(each.node) ? say('page.outside') : each.membership === undefined ? '' : wordOf(each.membership.value)}${each.quorum?.value === 'no' ? ` · ${say('page.value.no')}` : ''}</text>
        ${each.resources.slice(0, 3).map(
          (
            resource,
            place,
          ) => html`<g><rect class=${nodeLook(each.node, of)} x=${x + 8 + place * 38} y=${y + 44} width="36" height="20" rx="4" />
            <text class="on" x=${x + 12 + place * 38} y=${y + 58}>${resource.slice(0, 5)}</text></g>`,
        )}
      </g>`;
    })}
    ${isSilent && html`<text class="cross" x=${width - 12} y="11" text-anchor="end">${say('page.value.unanswered')}</text>`}
  </svg>`;
}
