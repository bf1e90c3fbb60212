import { signal } from '@preact/signals';
import { LEVELS, type Level, type LogLine } from '../log-lines.js';
import { html, say } from './page-language.js';
import { areLogsWanted, cursorMs, data, goTo, logAnchorMs, logLines, openLogsAt, timeText } from './store.js';

const node = signal('');
const program = signal('');
const level = signal<Level>('notice');
const text = signal('');
const PAGE_LINES = 200;

/** The logs of all nodes as one, from the moment asked for. */
export function Logs() {
  return html`<section id="logs" aria-labelledby="logs-title"><h2 id="logs-title">${say('page.logs')}</h2>
    <p class="soft">${say('page.logs-help')}</p>
    ${areLogsWanted.value ? html`<${Filtered} />` : html`<p><button type="button" onClick=${open}>${say('page.logs')}</button></p>`}
    ${data.files.map(({ path, leftOut }) => leftOut && html`<p class="note">${say('page.left-out', { lines: leftOut.lines, file: path })}</p>`)}
  </section>`;
}

function open(): void {
  logAnchorMs.value = cursorMs.value;
  areLogsWanted.value = true;
}

/** Every line of that node around that moment, of every program and level. */
export function openLogsOf(from: string, ms: number): void {
  node.value = from;
  program.value = '';
  level.value = 'info';
  text.value = '';
  goTo(ms);
  openLogsAt(ms);
}

function Filtered() {
  const all = logLines.value;
  const kept = all.filter(isWanted);
  const after = kept.findIndex(({ atMs }) => atMs >= logAnchorMs.value);
  const first = Math.max(0, (after === -1 ? kept.length : after) - PAGE_LINES / 2);
  const shown = kept.slice(first, first + PAGE_LINES);
  const programs = [...new Set(all.map((line) => line.program))].sort();
  const nodes = [...new Set(all.map((line) => line.node))].sort();
  const jump = (line: LogLine | undefined) => {
    if (line !== undefined) logAnchorMs.value = line.atMs;
  };
  return html`<div class="tools" role="group" aria-label=${say('page.logs')}>
      <label>${say('page.node')} <select value=${node.value} onChange=${take(node)}><option value="">${say('page.every-node')}</option>${nodes.map((each) => html`<option value=${each}>${each}</option>`)}</select></label>
      <label>${say('page.program')} <select value=${program.value} onChange=${take(program)}><option value="">${say('page.every-program')}</option>${programs.map((each) => html`<option value=${each}>${each}</option>`)}</select></label>
      <label>${say('page.level')} <select value=${level.value} onChange=${take(level)}>${LEVELS.toReversed().map((each) => html`<option value=${each}>${say(`page.level.${each}`)}</option>`)}</select></label>
      <label>${say('page.text-filter')} <input type="search" value=${text.value} onInput=${take(text)} /></label>
      <button type="button" onClick=${() => jump(kept[Math.max(0, first - PAGE_LINES / 2)])}>▲ ${say('page.earlier')}</button>
      <button type="button" onClick=${() => jump(kept[Math.min(kept.length - 1, first + PAGE_LINES + PAGE_LINES / 2)])}>▼ ${say('page.later')}</button>
      <span class="soft" role="status">${say('page.shown-lines', { shown: shown.length, all: kept.length })}</span>
    </div>
    <${Lines} lines=${shown} label=${say('page.logs')} anchorMs=${logAnchorMs.value} />`;
}

function isWanted(line: LogLine): boolean {
  return (
    (node.value === '' || line.node === node.value) &&
    (program.value === '' || line.program === program.value) &&
    LEVELS.indexOf(line.level) >= LEVELS.indexOf(level.value) &&
    (text.value === '' || line.text.toLowerCase().includes(text.value.toLowerCase()))
  );
}

function take<T extends string>(into: { value: T }) {
  return (event: Event) => {
    into.value = (event.target as HTMLInputElement).value as T;
  };
}

interface LinesProps {
  readonly lines: readonly LogLine[];
  readonly label: string;
  readonly anchorMs?: number;
}

/** A table of lines that scrolls by itself; the line at the moment asked for is marked and in sight. */
export function Lines({ lines, label, anchorMs }: LinesProps) {
  const at = anchorMs === undefined ? -1 : lines.findIndex(({ atMs }) => atMs >= anchorMs);
  return html`<div class="log scroll" tabindex="0" role="region" aria-label=${label}><table>
    <thead><tr><th>${say('page.time')}</th><th>${say('page.node')}</th><th>${say('page.program')}</th><th>${say('page.line')}</th></tr></thead>
    <tbody>${lines.map(
      (
        line,
        index,
      ) => html`<tr class=${`level-${line.level}${index === at ? ' here' : ''}`} ref=${index === at ? bringIntoSight : undefined}>
        <td class="number"><button type="button" class="link" onClick=${() => goTo(line.atMs)}>${timeText(line.atMs)}</button></td>
        <td>${line.node}</td><td>${line.program}</td><td class="text">${line.text}</td></tr>`,
    )}</tbody></table></div>`;
}

function bringIntoSight(row: HTMLElement | null): void {
  const box = row?.closest<HTMLElement>('.log');
  if (row && box) box.scrollTop = row.offsetTop - box.clientHeight / 2;
}
