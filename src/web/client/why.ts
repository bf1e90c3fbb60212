import type { Decision, PlacedDecision } from '../scheduler.js';
import { html, say } from './page-language.js';
import { decisions, goTo, timeText } from './store.js';

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

/** The latest decision until then that has scores. */
export function Scores({ untilMs }: { readonly untilMs: number }) {
  const latest = decisions.findLast(({ atMs, scores }) => atMs <= untilMs && scores.length > 0);
  if (latest === undefined) return null;
  return html`<h4>${say('page.why')} <small>${headOf(latest)}</small></h4><${ScoreList} decision=${latest} />`;
}

function headOf({ atMs, node, input }: PlacedDecision): string {
  return say('page.why-at', { at: timeText(atMs), node, input });
}

function ScoreList({ decision: { scores, actions } }: { readonly decision: Decision }) {
  const resources = [...new Set(scores.map(({ resource }) => resource))];
  return html`<ul class="changes">
    ${resources.map(
      (resource) =>
        html`<li><b>${resource}</b>: ${scores
          .filter((each) => each.resource === resource)
          .map(scoreText)
          .join('; ')}</li>`,
    )}
    ${actions.map((action) => html`<li><code>${action}</code></li>`)}
  </ul>`;
}

function scoreText({ node, score }: Decision['scores'][number]): string {
  if (score === '-INFINITY') return say('page.may-not', { node });
  if (score === 'INFINITY') return say('page.must', { node });
  return say('page.scored', { node, score });
}
