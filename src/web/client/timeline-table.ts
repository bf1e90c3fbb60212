import { signal } from '@preact/signals';
import type { LoadedRun } from './loaded-run.js';
import { html, say } from './page-language.js';
import { fencingWord, markWord, operationWord, placeWord, probeWord, transitionWord, wordOf } from './rows.js';
import { runs, timeText, zeroOf } from './store.js';

type Line = readonly [lane: string, fromMs: number, toMs: number, value: string];

/** So many that a page would be slow to open with them. */
const MANY = 1_500;
const isOpen = signal(false);

/** The same as the picture, span by span. */
export function TimelineTable() {
  const lines = runs.flatMap(linesOnAxis);
  const shown = isOpen.value || lines.length <= MANY ? lines : [];
  return html`<details class="table" onToggle=${(event: Event) => {
    isOpen.value = (event.target as HTMLDetailsElement).open;
  }}><summary>${say('page.as-table')}</summary>
    <div class="scroll" tabindex="0" role="region" aria-label=${say('page.timeline')}><table>
      <thead><tr><th>${say('page.lane')}</th><th>${say('page.from')}</th><th>${say('page.to')}</th><th>${say('page.value')}</th></tr></thead>
      <tbody>${shown.map(
        ([lane, fromMs, toMs, value]) =>
          html`<tr><td>${lane}</td><td class="number">${timeText(fromMs)}</td><td class="number">${timeText(toMs)}</td><td>${value}</td></tr>`,
      )}</tbody>
    </table></div></details>`;
}

/** On the clock of the axis, with the run's name before each lane where there are two. */
function linesOnAxis(run: LoadedRun, index: number): readonly Line[] {
  const zeroMs = zeroOf(run);
  const before = runs.length === 1 ? '' : `${say(index === 0 ? 'report.before' : 'report.after')}, `;
  return linesOf(run).map(([lane, fromMs, toMs, value]) => [before + lane, fromMs - zeroMs, toMs - zeroMs, value]);
}

function linesOf({ picture }: LoadedRun): readonly Line[] {
  const { nodes, resources, probes, faults, steps, marks, fencing, transitions, operations, failures } = picture;
  const lane = (
    name: string,
    spans: readonly { readonly fromMs: number; readonly toMs: number; readonly value: string }[],
    word: (value: string) => string,
  ) => spans.map(({ fromMs, toMs, value }): Line => [name, fromMs, toMs, word(value)]);
  return [
    ...steps.map(({ scenario, step, verdict = 'unknown', fromMs, toMs }): Line => {
      return [say('page.lane.steps'), fromMs, toMs, `${scenario} / ${step} ${say(`verdict.${verdict}`)}`];
    }),
    ...faults.map(({ kind, place, fromMs, toMs }): Line => [say('page.lane.faults'), fromMs, toMs, `${kind} ${place}`]),
    ...probes.flatMap(({ probe, spans }) => lane(say('page.lane.probe', { probe }), spans, probeWord)),
    ...fencing.map(({ fromMs, toMs = fromMs, ...each }): Line => {
      return [say('page.lane.fencing'), fromMs, toMs, fencingWord(each)];
    }),
    ...transitions.map((each): Line => [say('page.lane.scheduler'), each.fromMs, each.toMs, transitionWord(each)]),
    ...resources.flatMap(({ resource, spans }) => lane(resource, spans, placeWord)),
    ...operations.map((each): Line => {
      return [say('page.lane.operations', each), each.atMs, each.atMs, operationWord(each)];
    }),
    ...failures.flatMap((each) =>
      each.times.map(
        (atMs): Line => [say('page.failed-operations'), atMs, atMs, `${each.resource}: ${operationWord(each)}`],
      ),
    ),
    ...nodes.flatMap(({ node, power, membership, quorum, dc }) => [
      ...lane(say('page.lane.membership', { node }), membership, wordOf),
      ...lane(say('page.lane.quorum', { node }), quorum, wordOf),
      ...lane(say('page.lane.dc', { node }), dc, wordOf),
      ...lane(say('page.lane.power', { node }), power, wordOf),
    ]),
    ...marks.map(({ atMs, kind, node = '', text }): Line => [markWord(kind), atMs, atMs, `${node} ${text}`]),
  ];
}
