import type { StepResult } from '../../model/event.js';
import { groupBy } from '../../model/group-by.js';
import { textIn } from '../../model/text.js';
import { findingsOf } from '../../report/audits.js';
import { VERDICT_MARKS } from '../../report/format.js';
import { LEVELS, type LogLine } from '../log-lines.js';
import { failuresWithin } from '../moment.js';
import { Addresses, ChangesUntil, OtherPrograms } from './beside-failure.js';
import { Lines } from './logs.js';
import { FailureTable } from './operations.js';
import { html, language, say } from './page-language.js';
import { Checks, spanOf } from './steps.js';
import { areLogsWanted, logLines, openLogsAt, picture, stepId, summary, timeText } from './store.js';
import { Scores } from './why.js';

const MOST_LINES = 24;

/** What did not hold, and what lies beside it: the configuration, the scores, the warnings of that time. */
export function Failures() {
  const { scenarios, faults, warnings, stages } = summary.value;
  const wrong = scenarios.flatMap(({ steps }) =>
    steps.filter(({ verdict }) => verdict === 'failed' || verdict === 'unknown'),
  );
  const stuck = faults.filter(({ state }) => state !== 'healed');
  const broken = stages.filter(({ error }) => error !== undefined);
  if (wrong.length + stuck.length + warnings.length + broken.length === 0) return null;
  return html`<section id="failed" aria-labelledby="failed-title">
    <h2 id="failed-title">${say(wrong.length > 0 ? 'page.failed' : 'report.warnings')}</h2>
    ${broken.map(({ title, error }) => html`<p class="reason">${title}: ${error}</p>`)}
    ${stuck.map(({ fault, state, error }) => html`<p class="reason">${fault.kind}: ${say(`fault-state.${state}`)} ${error ?? ''}</p>`)}
    ${warnings.map((warning) => html`<p class="note">${warning}</p>`)}
    ${wrong.map((step) => html`<${Failure} step=${step} key=${`${step.scenario}/${step.step}`} />`)}
  </section>`;
}

function Failure({ step }: { readonly step: StepResult }) {
  const span = spanOf(step);
  const failures = failuresWithin(picture.failures, Number.NEGATIVE_INFINITY, span?.toMs ?? 0);
  return html`<article class=${`failure ${step.verdict}`}>
    <h3><span class="mark">${VERDICT_MARKS[step.verdict]}</span> ${textIn(step.title, language.value)} <small><a href=${`#${stepId(step)}`}>${step.scenario} / ${step.step}</a></small></h3>
    ${step.reason !== undefined && html`<p class="reason">${step.reason}</p>`}
    <${Checks} step=${step} only="wrong" />
    ${failures.length > 0 && html`<h4>${say('page.failed-operations')}</h4><${FailureTable} failures=${failures} />`}
    <${Findings} step=${step} isTold=${failures.length > 0} />
    ${step.hint && html`<p class="hint"><b>${say('report.hint')}</b> ${textIn(step.hint, language.value)}</p>`}
    <${OtherPrograms} failures=${failures} />
    ${span && html`<${Scores} untilMs=${span.judgedMs} resources=${resourcesNamedIn(step)} />`}
    ${span && html`<${Addresses} failures=${failures} untilMs=${span.toMs} /><${ChangesUntil} untilMs=${span.toMs} />`}
    ${
      span &&
      html`<h4>${say('page.lines-around')}</h4><${LinesOf} fromMs=${span.fromMs} toMs=${span.judgedMs} />
      <p><button type="button" onClick=${() => openLogsAt(span.judgedMs)}>${say('page.open-logs', { at: timeText(span.judgedMs) })}</button></p>`
    }
  </article>`;
}

/** What no name of a resource has in it. */
const NO_NAME = /[^\w.-]+|[.-]+(?!\w)/;

/** Resources that its reason, or an expectation or a finding that does not hold, is about. */
function resourcesNamedIn(step: StepResult): readonly string[] {
  const wrong = step.checks.filter(({ verdict }) => verdict !== 'passed').map(({ expected }) => expected);
  const findings = findingsOf(step).map(({ seen }) => seen);
  const words = new Set([step.reason ?? '', ...wrong, ...findings].flatMap((text) => text.split(NO_NAME)));
  return picture.resources.map(({ resource }) => resource).filter((resource) => words.has(resource));
}

/** What several audits found alike is one line; so are the findings about failed operations, where a table lists those. */
function Findings({ step, isTold }: { readonly step: StepResult; readonly isTold: boolean }) {
  const all = findingsOf(step);
  const same = all.filter(({ audit, operation }) => isTold && audit === 'no-failures' && operation !== undefined);
  const others = all.filter((each) => !same.includes(each));
  const told = same.slice(0, 1).map((each) => ({ ...each, seen: say('page.same-in-table', { count: same.length }) }));
  return [...groupBy([...told, ...others], ({ verdict, seen }) => `${verdict} ${seen}`).values()].map((alike) => {
    const [{ verdict, seen }] = alike;
    const audits = [...new Set(alike.map(({ audit }) => audit))].join(', ');
    return html`<p class=${`finding ${verdict}`}><span class="mark">${VERDICT_MARKS[verdict]}</span> ${say('audits.audit')} ${audits}: ${seen}</p>`;
  });
}

function LinesOf({ fromMs, toMs }: { readonly fromMs: number; readonly toMs: number }) {
  if (!areLogsWanted.value) return null;
  const lines = logLines.value.filter(
    ({ atMs, level }) => atMs >= fromMs && atMs <= toMs && LEVELS.indexOf(level) >= LEVELS.indexOf('warning'),
  );
  if (lines.length === 0) return html`<p class="soft">${say('page.no-lines')}</p>`;
  return html`<${Lines} lines=${firstAndLast(eachOnce(lines))} label=${say('page.lines-around')} />`;
}

/** A line that is repeated is shown where it came first. */
function eachOnce(lines: readonly LogLine[]): readonly LogLine[] {
  const times = new Map<string, number>();
  const keyOf = ({ node, program, text }: LogLine) => `${node} ${program} ${text}`;
  const firsts = lines.filter((line) => {
    const before = times.get(keyOf(line)) ?? 0;
    times.set(keyOf(line), before + 1);
    return before === 0;
  });
  return firsts.map((line) => {
    const count = times.get(keyOf(line)) ?? 1;
    return count === 1 ? line : { ...line, text: `${line.text} (${say('page.repeated', { times: count })})` };
  });
}

/** The first tell of the cause, and the last of what came of it. */
function firstAndLast(lines: readonly LogLine[]): readonly LogLine[] {
  const [first, last] = [lines.slice(0, MOST_LINES / 2), lines.slice(-MOST_LINES / 2)];
  const [next] = last;
  if (lines.length <= MOST_LINES || next === undefined) return lines;
  const text = say('page.lines-between', { lines: lines.length - MOST_LINES });
  return [...first, { atMs: next.atMs, node: '', program: '', level: 'info', text }, ...last];
}
