import { defined } from '../../model/defined.js';
import { baseId } from '../../model/resource-tree.js';
import { obstaclesOf, type Settings, settingsAt } from '../configuration.js';
import type { PlacedDecision } from '../scheduler.js';
import { spanAt } from '../spans.js';
import { html, say } from './page-language.js';
import { decisions, goTo, picture, state, timeText } from './store.js';

/** Each decision of the scheduler whose input was stored. */
export function Why() {
  if (decisions.length === 0) return null;
  return html`<section id="why" aria-labelledby="why-title"><h2 id="why-title">${say('page.why')}</h2>
    <p class="soft">${say('page.why-help')}</p>
    ${decisions.map(
      (
        each,
      ) => html`<details><summary>${headOf(each)} <small>${each.actions.join('; ') || say('page.nothing-planned')}</small></summary>
      <p><button type="button" class="link" onClick=${() => goTo(each.atMs)}>${say('page.show-moment')}</button></p><${ScoreList} decision=${each} /></details>`,
    )}
  </section>`;
}

/** The latest decision until then that has scores, as far as it is about these resources; of two partitions', that of the one with quorum. */
export function Scores({ untilMs, resources }: { readonly untilMs: number; readonly resources: readonly string[] }) {
  const scored = decisions.filter(({ atMs, scores }) => atMs <= untilMs && scores.length > 0);
  const latest = scored.findLast(hasQuorum) ?? scored.at(-1);
  if (latest === undefined) return null;
  const scores = latest.scores.filter(({ resource }) => resources.includes(baseId(resource)));
  const decision = scores.length === 0 ? latest : { ...latest, scores };
  return html`<h4>${say('page.why')} <small>${headOf(latest)}</small></h4><${ScoreList} decision=${decision} asOfMs=${untilMs} />`;
}

function hasQuorum({ node, atMs, actions }: PlacedDecision): boolean {
  const quorum = picture.nodes.find((each) => each.node === node)?.quorum ?? [];
  return spanAt(quorum, atMs)?.value !== 'no' && !actions.some((action) => /due to no quorum/.test(action));
}

function headOf({ atMs, node, input }: PlacedDecision): string {
  return say('page.why-at', { at: timeText(atMs), node, input });
}

interface ScoreListProps {
  readonly decision: PlacedDecision;
  /** The nodes are shown as they stand then; by default, at the decision. */
  readonly asOfMs?: number;
}

function ScoreList({ decision, asOfMs = decision.atMs }: ScoreListProps) {
  const { scores, actions, atMs } = decision;
  const step = picture.steps.find(({ toMs }) => toMs >= atMs);
  const settings = settingsAt(state, step?.toMs ?? atMs);
  const resources = [...new Set(scores.map(({ resource }) => resource))];
  return html`<ul class="changes">
    ${resources.map(
      (resource) =>
        html`<li><b>${resource}</b>: ${scores
          .filter((each) => each.resource === resource)
          .map((each) => scoreText(each, { atMs, asOfMs }, settings))
          .join('; ')}</li>`,
    )}
    ${actions.map((action) => html`<li><code>${action}</code></li>`)}
  </ul>`;
}

function scoreText(
  { resource, node, score }: PlacedDecision['scores'][number],
  { atMs, asOfMs }: { readonly atMs: number; readonly asOfMs: number },
  settings: Settings,
): string {
  if (score === '-INFINITY')
    return say('page.may-not', {
      node,
      because: obstacleTexts(obstaclesOf({ resource, node, atMs }, settings, picture)),
    });
  if (score === 'INFINITY') return say('page.must', { node });
  const { standing: now } = obstaclesOf({ resource, node, atMs: asOfMs }, settings, picture);
  const standing = now && say(`page.value.${now}`);
  return say('page.scored', { node, score, ...defined({ standing }) });
}

function obstacleTexts({ constraints, failures, standing }: ReturnType<typeof obstaclesOf>): readonly string[] {
  return [
    ...constraints.map((id) => say('page.because-constraint', { id })),
    ...failures.map(({ operation, times: [atMs = 0] }) =>
      say('page.because-failed', { operation, at: timeText(atMs) }),
    ),
    ...(standing === undefined ? [] : [say('page.because-node', { standing: say(`page.value.${standing}`) })]),
  ];
}
