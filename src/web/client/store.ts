import { computed, signal } from '@preact/signals';
import type { PageData } from '../../report/page-data.js';
import { summaryOf } from '../../report/summary.js';
import { mergeLogs } from '../log-lines.js';
import { type LoadedRun, loadRun } from './loaded-run.js';
import { carriedData, inReadersLanguage } from './page-language.js';

/** Everything that the page shows follows from its data and these. */
export const data = carriedData<PageData>();
export const first = loadRun(data);
export const { state, picture, decisions } = first;
/** One in report.html, two in a page that compares. */
export const runs: readonly LoadedRun[] = data.compared === undefined ? [first] : [first, loadRun(data.compared)];

/** For each run: which of its moments is at 0 on the axis. */
export const zeros = signal<readonly number[]>(runs.map(() => 0));
export const zeroOf = (run: LoadedRun) => zeros.value[runs.indexOf(run)] ?? 0;
/** From where to where anything is on the axis. */
export const extent = computed(() => ({
  fromMs: Math.min(...runs.map((run) => -zeroOf(run))),
  toMs: Math.max(...runs.map((run) => run.picture.toMs - zeroOf(run))),
}));
export const changes = computed(() => {
  const all = runs.flatMap((run) => run.changes.map((atMs) => atMs - zeroOf(run)));
  return [...new Set(all)].sort((one, other) => one - other);
});

/** Where the timeline's cursor is, and which part of it is shown. */
export const cursorMs = signal(firstMoment());
export const view = signal<{ readonly fromMs: number; readonly toMs: number }>(picture.focus);

export const summary = computed(() => inReadersLanguage(summaryOf(state), data));

/** When the first step that did not hold was judged; else just after the first fault, or where the scenario asked for begins. */
function firstMoment(): number {
  const wrong = picture.steps.find(({ verdict }) => verdict === 'failed' || verdict === 'unknown');
  if (wrong !== undefined) return wrong.judgedMs;
  const injected = picture.marks.find(({ kind, atMs }) => kind === 'injected' && atMs >= picture.focus.fromMs);
  return injected?.atMs ?? picture.steps.find(({ asGiven }) => !asGiven)?.fromMs ?? 0;
}

/** Read only once something shows lines: it may take a second. */
export const logLines = computed(() => mergeLogs(first.logs, first.clock));
export const areLogsWanted = signal(false);
export const logAnchorMs = signal(0);

/** `1:02.345` on the run's clock, `−0:02.345` before it began. */
export function timeText(ms: number): string {
  if (ms < 0) return `−${timeText(-ms)}`;
  const [seconds, rest] = [Math.floor(ms / 1000), Math.floor(ms % 1000)];
  const [minutes, left] = [Math.floor(seconds / 60), seconds % 60];
  const fraction = `${String(left).padStart(2, '0')}.${String(rest).padStart(3, '0')}`;
  return `${minutes}:${fraction}`;
}

export function stepId({ scenario, step }: { readonly scenario: string; readonly step: string }): string {
  return `step=${encodeURIComponent(`${scenario}/${step}`)}`;
}

/** Puts the cursor there and the moment into the address of the page. */
export function goTo(ms: number): void {
  const atMs = Math.max(extent.value.fromMs, Math.min(extent.value.toMs, ms));
  cursorMs.value = atMs;
  const { fromMs, toMs } = view.value;
  if (atMs < fromMs || atMs > toMs) showFrom(atMs - (toMs - fromMs) / 2, toMs - fromMs);
  writeAddress(`#t=${Math.round(atMs)}`);
}

/** Browsers refuse more than about a hundred changes in half a minute, and a key that is held down makes more. */
const ADDRESS_EVERY_MS = 350;
let address = '';
let isResting = false;

function writeAddress(hash: string): void {
  address = hash;
  if (isResting) return;
  isResting = true;
  history.replaceState(null, '', hash);
  const go = () => {
    isResting = false;
    if (address !== hash) writeAddress(address);
  };
  setTimeout(go, ADDRESS_EVERY_MS);
}

/** As much of that stretch as there is. */
function showFrom(fromMs: number, lengthMs: number): void {
  const all = extent.value;
  const length = Math.min(all.toMs - all.fromMs, Math.max(20, lengthMs));
  const begin = Math.max(all.fromMs, Math.min(all.toMs - length, fromMs));
  view.value = { fromMs: begin, toMs: begin + length };
}

/** Larger than 1 shows less. The cursor stays where it is on the screen. */
export function zoom(factor: number, aroundMs = cursorMs.value): void {
  const { fromMs, toMs } = view.value;
  const length = (toMs - fromMs) / factor;
  showFrom(aroundMs - ((aroundMs - fromMs) / (toMs - fromMs)) * Math.max(20, length), length);
}

export function move(share: number): void {
  const { fromMs, toMs } = view.value;
  showFrom(fromMs + share * (toMs - fromMs), toMs - fromMs);
}

export function showWhole(): void {
  view.value = extent.value;
}

/** What was asked for, in every run. */
export function showFocus(): void {
  view.value = {
    fromMs: Math.min(...runs.map((run) => run.picture.focus.fromMs - zeroOf(run))),
    toMs: Math.max(...runs.map((run) => run.picture.focus.toMs - zeroOf(run))),
  };
}

export function openLogsAt(ms: number): void {
  areLogsWanted.value = true;
  logAnchorMs.value = ms;
  requestAnimationFrame(() => {
    const logs = document.getElementById('logs');
    logs?.scrollIntoView();
    logs?.querySelector<HTMLElement>('.log')?.focus({ preventScroll: true });
  });
}

/** What the address of the page asks for, `#t=MS` or `#step=SCENARIO/STEP`. */
export function followAddress(): void {
  const at = /^#t=(-?\d+)$/.exec(location.hash)?.[1];
  if (at !== undefined) {
    const { fromMs, toMs } = view.value;
    cursorMs.value = Math.max(extent.value.fromMs, Math.min(extent.value.toMs, Number(at)));
    if (cursorMs.value < fromMs || cursorMs.value > toMs) showWhole();
    return;
  }
  const step = picture.steps.find((each) => `#${stepId(each)}` === location.hash);
  if (step === undefined) return;
  cursorMs.value = step.fromMs;
  const element = document.getElementById(stepId(step));
  element?.setAttribute('open', '');
  element?.scrollIntoView();
}
