import { scoreText } from '../../model/pacemaker-values.js';
import type { FailedOperation } from '../failures.js';
import { failuresWithin } from '../moment.js';
import { openLogsOf } from './logs.js';
import { formatDuration, html, say } from './page-language.js';
import { picture, timeText } from './store.js';

/** Every operation that failed, of the whole run. */
export function FailedOperations() {
  if (picture.failures.length === 0) return null;
  return html`<section id="operations" aria-labelledby="operations-title"><h2 id="operations-title">${say('page.failed-operations')}</h2>
    <${FailureTable} failures=${picture.failures} /></section>`;
}

interface Failures {
  readonly failures: readonly FailedOperation[];
}

/** What failed, where, with which return code, in the agent's own words, how often and when. */
export function FailureTable({ failures }: Failures) {
  return html`<div class="scroll" tabindex="0" role="region" aria-label=${say('page.failed-operations')}><table class="failures">
    <thead><tr>${(['page.operation', 'page.node', 'page.return-code', 'page.agents-words', 'page.how-often', 'page.first-and-last'] as const).map((code) => html`<th class=${code === 'page.first-and-last' ? 'number' : ''}>${say(code)}</th>`)}</tr></thead>
    <tbody>${failures.map(
      (
        each,
      ) => html`<tr class="failed"><th scope="row">${operationText(each)}</th><td>${each.node}${faultsAt(each).map((fault) => html`<br /><small>${say('page.under-fault', { fault })}</small>`)}</td><td>${codeText(each)}</td>
        <td>${wordsOf(each).map((words) => html`<span class="own-words">${words}</span>`)}</td>
        <td>${say('page.times', { times: each.times.length })}${each.count !== undefined && html`<br /><small>${say('page.fail-count', { count: scoreText(each.count) })}</small>`}</td>
        <td class="number"><${Times} of=${each} /></td></tr>`,
    )}</tbody></table></div>`;
}

/** The faults that were in force on the node whenever it failed. */
function faultsAt({ node, times }: Pick<FailedOperation, 'node' | 'times'>): readonly string[] {
  const within = picture.faults.filter(
    (fault) => fault.nodes.includes(node) && times.every((atMs) => fault.fromMs <= atMs && atMs <= fault.toMs),
  );
  return [...new Set(within.map(({ kind }) => kind))];
}

/** Each opens the logs of that node at that moment. */
function Times({ of: { node, times } }: { readonly of: FailedOperation }) {
  const shown = [...new Set([times.at(0), times.at(-1)])].flatMap((atMs) => atMs ?? []);
  return html`${shown.map((atMs) => html`<button type="button" class="link" title=${say('page.open-logs', { at: timeText(atMs) })} onClick=${() => openLogsOf(node, atMs)}>${timeText(atMs)}</button> `)}`;
}

/** `monitor of web (every 5 s)` */
export function operationText({ operation, resource, intervalMs = 0 }: FailedOperation): string {
  const text = say('page.operation-of', { operation, resource });
  return intervalMs === 0 ? text : `${text} (${say('page.every', { time: formatDuration(intervalMs) })})`;
}

function codeText({ result, exitCode }: FailedOperation): string {
  return exitCode === undefined || result === String(exitCode) ? result : `${result} (${exitCode})`;
}

/** systemd's names of a unit's state, which pacemaker passes on as the reason and which say no more than the return code. */
const UNIT_STATE = /^(?:failed|inactive|active|activating|deactivating)$/;

function wordsOf({ reason, words }: FailedOperation): readonly string[] {
  return [...new Set([...(reason === undefined || UNIT_STATE.test(reason) ? [] : [reason]), ...words])];
}

/** What failed in that time where no fault was, a sentence for all nodes on which it failed in the same way. */
export function failureSentences(fromMs: number, toMs: number): readonly string[] {
  const failures = failuresWithin(picture.failures, fromMs, toMs).filter((each) => faultsAt(each).length === 0);
  const ways = new Set(failures.map(wayOf));
  return [...ways].map((way) => {
    const same = failures.filter((each) => wayOf(each) === way);
    const times = same.reduce((sum, each) => sum + each.times.length, 0);
    return say('page.failed-so', { way, times, nodes: [...new Set(same.map(({ node }) => node))] });
  });
}

const MOST_WORDS = 3;

function wayOf(failure: FailedOperation): string {
  const { operation, resource } = failure;
  const text = `${say('page.operation-of', { operation, resource })}: ${codeText(failure)}`;
  const words = wordsOf(failure).slice(0, MOST_WORDS);
  return words.length === 0 ? text : `${text}, “${words.join('; ')}”`;
}
