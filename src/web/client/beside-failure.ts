import { addressesIn, linesBefore } from '../beside-failure.js';
import { agentOf, seenWithin, settingsAt } from '../configuration.js';
import type { FailedOperation } from '../failures.js';
import type { StepSpan } from '../picture.js';
import { Lines } from './logs.js';
import { operationText } from './operations.js';
import { html, say } from './page-language.js';
import { Changes, Command } from './steps.js';
import { areLogsWanted, data, goTo, logLines, picture, state, timeText } from './store.js';

type Seen = (typeof state.configuration)[number];

/** Changes of the configuration, the latest first, with the steps and the commands that made them; those of set-ups apart. */
export function ChangesUntil({ untilMs }: { readonly untilMs: number }) {
  const before = seenWithin(state, { fromMs: 0, toMs: untilMs }).toReversed();
  const ofSetUps = before.filter(({ atMs }) => stepAt(atMs)?.asGiven === true);
  const own = before.filter((each) => !ofSetUps.includes(each));
  if (before.length === 0) return null;
  return html`<h4>${say('page.changed-before')}</h4>
    ${own.map((each) => html`<${ChangesSeen} seen=${each} />`)}
    ${ofSetUps.length > 0 && html`<details><summary>${say('page.changed-in-set-ups')} <small>${ofSetUps.length}</small></summary>${ofSetUps.map((each) => html`<${ChangesSeen} seen=${each} />`)}</details>`}`;
}

function ChangesSeen({ seen: { atMs, changes } }: { readonly seen: Seen }) {
  const last = stepAt(atMs);
  const steps = last === undefined ? [] : [...last.unaudited, last.step];
  const commands = state.commands.filter(
    (each) => last?.asGiven === false && each.scenario === last.scenario && steps.includes(each.step),
  );
  const at = timeText(atMs);
  const place = last === undefined ? at : say('page.changed-in', { scenario: last.scenario, steps, at });
  return html`<p class="soft"><button type="button" class="link" onClick=${() => goTo(atMs)}>${place}</button></p>
    <${Changes} changes=${changes} />${commands.map((each) => html`<${Command} command=${each} />`)}`;
}

/** The step whose audits observed the cluster then. */
function stepAt(atMs: number): StepSpan | undefined {
  return picture.steps.findLast(({ fromMs }) => fromMs <= atMs);
}

const MOST_MONITORS = 2;

/** What else a node did shortly before monitors failed on it: most likely what they found. */
export function OtherPrograms({ failures }: { readonly failures: readonly FailedOperation[] }) {
  if (!areLogsWanted.value) return null;
  const found = failures.map((failure) => ({ failure, lines: linesBefore(logLines.value, failure) }));
  return found
    .filter(({ lines }) => lines.length > 0)
    .slice(0, MOST_MONITORS)
    .map(({ failure, lines }) => {
      const facts = { node: failure.node, operation: operationText(failure), at: timeText(failure.times[0] ?? 0) };
      const label = say('page.lines-before', facts);
      return html`<h4>${label}</h4><${Lines} lines=${lines} label=${label} />`;
    });
}

/** Where the agent of an address failed: what addresses the nodes have, with their prefixes. */
export function Addresses({
  failures,
  untilMs,
}: {
  readonly failures: readonly FailedOperation[];
  readonly untilMs: number;
}) {
  const settings = settingsAt(state, untilMs);
  const isOfAddress = failures.some(({ resource }) => /:IPaddr2?$/.test(agentOf(settings, resource) ?? ''));
  const addresses = isOfAddress ? addressesIn(data.files) : [];
  if (addresses.length === 0) return null;
  const nodes = [...new Set(addresses.map(({ node }) => node))];
  return html`<h4>${say('page.addresses')}</h4><ul class="changes">${nodes.map(
    (node) =>
      html`<li><b>${node}</b>: ${addresses
        .filter((each) => each.node === node)
        .map((each) => `${each.interface} ${each.address}`)
        .join(', ')}</li>`,
  )}</ul>`;
}
