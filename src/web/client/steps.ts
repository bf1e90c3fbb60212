import type { CibChange } from '../../model/cib-changes.js';
import type { StepResult } from '../../model/event.js';
import { textIn } from '../../model/text.js';
import {
  auditOutcomeOf,
  auditTallyOf,
  expectedAndFound,
  expectedNotFoundOf,
  expectedSentence,
  findingsOf,
  notFoundSentence,
  stepTallySentence,
} from '../../report/audits.js';
import { VERDICT_MARKS } from '../../report/format.js';
import { answeredByText, breakdownNotes, writesText } from '../../report/probe-text.js';
import type { CommandSummary } from '../../report/state.js';
import type { ScenarioSummary } from '../../report/summary.js';
import { seenWithin } from '../configuration.js';
import type { StepSpan } from '../picture.js';
import { formatDuration, html, language, say } from './page-language.js';
import { goTo, picture, state, stepId, summary } from './store.js';

/** So many that a browser is slow to lay them out. */
const MANY_STEPS = 200;

export function Steps() {
  const isLong = picture.steps.length > MANY_STEPS;
  return html`<section id="steps" class=${isLong ? 'long' : ''} aria-labelledby="steps-title"><h2 id="steps-title">${say('page.steps')}</h2>
    ${summary.value.scenarios.map(
      (scenario) => html`<section class="scenario">
        <h3 class=${scenario.verdict}><span class="mark">${VERDICT_MARKS[scenario.verdict]}</span> ${textIn(scenario.title, language.value)}
          <small> ${scenario.scenario}${scenario.asGiven ? ` (${say('report.setup')})` : ''}, ${formatDuration(scenario.durationMs)}</small></h3>
        ${scenario.reason !== undefined && html`<p class="reason">${scenario.reason}</p>`}
        ${scenario.steps.map((step) => html`<${Step} scenario=${scenario} step=${step} key=${step.step} />`)}
      </section>`,
    )}
  </section>`;
}

export function spanOf(step: Pick<StepResult, 'scenario' | 'step'>): StepSpan | undefined {
  return picture.steps.findLast((each) => each.scenario === step.scenario && each.step === step.step);
}

function Step({ scenario, step }: { readonly scenario: ScenarioSummary; readonly step: StepResult }) {
  const span = spanOf(step);
  const told = scenario.says[step.step];
  const commands = state.commands.filter((each) => each.scenario === scenario.scenario && each.step === step.step);
  const changes = span === undefined ? [] : seenWithin(state, span).flatMap((each) => each.changes);
  const targets = Object.entries(step.targets);
  return html`<details class="step" id=${stepId(step)} open=${!scenario.asGiven || step.verdict !== 'passed'}>
    <summary class=${step.verdict}><span class="mark">${VERDICT_MARKS[step.verdict]}</span> ${textIn(step.title, language.value)} <small>${step.step}, ${formatDuration(step.durationMs)}</small></summary>
    <p class="links"><a href=${`#${stepId(step)}`}>${say('page.link-step')}</a>
      ${span && html`<button type="button" class="link" onClick=${() => showOnTimeline(span)}>${say('page.show-moment')}</button>`}</p>
    ${told && html`<p class="say">${textIn(told, language.value)}</p>`}
    ${step.reason !== undefined && html`<p class="reason">${step.reason}</p>`}
    ${targets.length > 0 && html`<p class="soft">${say('report.targets')}: ${targets.map(([target, node]) => html`<code>${target}</code> → <code>${node}</code> `)}</p>`}
    <${Checks} step=${step} />
    ${step.hint && step.verdict !== 'passed' && html`<p class="hint"><b>${say('report.hint')}</b> ${textIn(step.hint, language.value)}</p>`}
    ${(step.probes ?? []).map(
      (probe) => html`
        ${(probe.breakdown ? breakdownNotes(probe.breakdown, language.value) : []).map((note) => html`<p class="soft">${note}</p>`)}
        ${probe.answeredBy && html`<p class="soft">${probe.probe}: ${say('outage.answered-by')} ${answeredByText(probe, language.value)}</p>`}
        ${probe.writes && html`<p><b>${say('writes.title')}</b> ${probe.probe}: ${writesText(probe.writes, language.value)}</p>`}`,
    )}
    <${Audits} step=${step} />
    ${changes.length > 0 && html`<details><summary>${say('page.changes-in-step')} <small>${changes.length}</small></summary><${Changes} changes=${changes} /></details>`}
    ${commands.length > 0 && html`<details><summary>${say('page.commands', { count: commands.length })}</summary>${commands.map((each) => html`<${Command} command=${each} />`)}</details>`}
  </details>`;
}

function showOnTimeline(span: StepSpan): void {
  goTo(span.fromMs);
  document.getElementById('timeline')?.scrollIntoView();
  document.querySelector<HTMLElement>('.axis')?.focus({ preventScroll: true });
}

export function Changes({ changes }: { readonly changes: readonly CibChange[] }) {
  return html`<ul class="changes">${changes.map(({ what, before, after }) => {
    const text =
      before === undefined
        ? say('page.change-added', { what, after: after ?? '' })
        : after === undefined
          ? say('page.change-removed', { what, before })
          : say('page.changed', { what, before, after });
    return html`<li><code>${text}</code></li>`;
  })}</ul>`;
}

export function Checks({ step, only }: { readonly step: StepResult; readonly only?: 'wrong' }) {
  const checks = step.checks.filter(({ verdict }) => only === undefined || verdict !== 'passed');
  if (checks.length === 0) return null;
  return html`<div class="checks scroll" tabindex="0" role="region" aria-label=${`${say('report.expected')}, ${step.step}`}><table>
    <thead><tr><th>${say('page.verdict')}</th><th>${say('report.expected')}</th><th>${say('report.seen')}</th><th>${say('report.evidence')}</th></tr></thead>
    <tbody>${checks.map(
      (
        check,
      ) => html`<tr class=${check.verdict}><td class="mark">${VERDICT_MARKS[check.verdict]} <small>${say(`verdict.${check.verdict}`)}</small></td>
        <td>${check.expected}</td><td>${check.seen}${reportersOf(check.evidence)}</td>
        <td>${check.evidence.map((file) => html`<${FileLink} path=${file} /> `)}</td></tr>`,
    )}</tbody></table></div>`;
}

/** A file of evidence is named for the node that it is from. */
function reportersOf(evidence: readonly string[]) {
  const nodes = picture.nodes.map(({ node }) => node).filter((node) => evidence.some((file) => file.includes(node)));
  return nodes.length === 0 ? '' : html`<br /><small>${say('page.by', { nodes })}</small>`;
}

/** Relative to the run's folder whatever the name holds: neither a scheme nor a way up can come out of it. */
export function FileLink({ path }: { readonly path: string }) {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.' && part !== '..');
  return html`<a href=${`./${parts.map(encodeURIComponent).join('/')}`}>${parts.at(-1)}</a>`;
}

const MARKS = { held: '✔', broken: '✖', unknown: '?', skipped: '–', expected: '~' } as const;
const LOOKS = {
  held: 'passed',
  broken: 'failed',
  unknown: 'unknown',
  skipped: 'skipped',
  expected: 'skipped',
} as const;

function Audits({ step }: { readonly step: StepResult }) {
  const { audits } = step;
  if (audits === undefined) return null;
  if (audits.skipped !== undefined)
    return html`<p class="soft">${say('audits.audits')}: ${say('audits.not-made')}, ${audits.skipped}</p>`;
  const tally = auditTallyOf([{ steps: [step] }], true);
  const expected = audits.results.flatMap((result) =>
    expectedAndFound(result).map((each) => expectedSentence(result.audit, each, language.value)),
  );
  const missed = audits.results.flatMap((result) =>
    expectedNotFoundOf(result).map((each) => notFoundSentence(result.audit, each, language.value)),
  );
  return html`<details class="audits"><summary>${say('page.audits-of-step')} <small>${tally && stepTallySentence(tally, language.value)}; ${say('audits.time-and-idle', { ms: audits.durationMs, idleAfterMs: audits.settledAfterMs })}</small></summary>
      <div class="scroll" tabindex="0" role="region" aria-label=${`${say('page.audits-of-step')}, ${step.step}`}><table><tbody>${audits.results.map(
        (result) => {
          const outcome = auditOutcomeOf(result);
          return html`<tr class=${LOOKS[outcome]}><td class="mark">${MARKS[outcome]}</td><th scope="row">${result.audit}</th><td>${say(`audits.outcome.${outcome}`)}</td><td>${result.seen}</td></tr>`;
        },
      )}</tbody></table></div>
    </details>
    ${findingsOf(step).map(({ audit, verdict, seen }) => html`<p class=${`finding ${verdict}`}><span class="mark">${VERDICT_MARKS[verdict]}</span> ${say('audits.audit')} ${audit}: ${seen}</p>`)}
    ${missed.map((text) => html`<p class="note"><b>${say('audits.note')}</b> ${text}</p>`)}
    ${expected.map((text) => html`<p class="soft">~ ${say('audits.as-expected', { what: text })}</p>`)}
    ${audits.evidence.length > 0 && html`<p class="soft">${say('report.evidence')}: ${audits.evidence.map((file) => html`<${FileLink} path=${file} /> `)}</p>`}`;
}

export function Command({ command }: { readonly command: CommandSummary }) {
  const { node, argv, exitCode, durationMs, stdout, stderr, atMs } = command;
  return html`<details class="command"><summary><code>${node}$ ${argv.join(' ')}</code> <small>${say('report.exit-code')} ${exitCode}, ${formatDuration(durationMs)}</small></summary>
    ${atMs !== undefined && html`<p><button type="button" class="link" onClick=${() => goTo(atMs)}>${say('page.show-moment')}</button></p>`}
    <pre tabindex="0">${stdout}${stderr}</pre></details>`;
}
