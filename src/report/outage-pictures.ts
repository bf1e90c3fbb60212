import { speakerOf } from '../messages/message.js';
import type { Breakdown } from '../model/breakdown.js';
import type { ProbeResult } from '../model/event.js';
import { isKnown, longestOf } from '../model/outage.js';
import type { Language } from '../model/text.js';
import { formatDuration } from './format.js';

const WIDTH = 720;
const MARGIN = 8;
const BAR_TOP = 34;
const BAR_HEIGHT = 26;
const CONTEXT_MS = 2000;

interface TimelineFloor {
  readonly token: number;
  readonly consensus: number;
}

/**
 * An SVG of a probe's outages: answered before and after, silent in between, and where the cluster's own time constants end.
 * Only numbers and our own words go in, so nothing needs escaping. Empty where there was no outage.
 */
export function renderTimeline(probe: ProbeResult, floor: TimelineFloor | undefined, language: Language): string {
  const [first] = probe.windows;
  const longest = longestOf(probe.windows);
  const last = probe.windows.at(-1);
  if (!first || !last || !longest) return '';
  const say = speakerOf(language);
  const startMs = first.fromMs - CONTEXT_MS;
  const spanMs = last.toMs + CONTEXT_MS - startMs;
  const x = (ms: number) => round(MARGIN + ((ms - startMs) / spanMs) * (WIDTH - 2 * MARGIN));
  const length = isKnown(longest, probe.everyMs) ? formatDuration(longest.durationMs) : '?';

  const silent = probe.windows.map(({ fromMs, toMs }) => rect('silent', x(fromMs), Math.max(1, x(toMs) - x(fromMs))));
  const labels = [
    text(x((longest.fromMs + longest.toMs) / 2), BAR_TOP + 18, 'middle', 'on-silent', length),
    text(x(longest.fromMs), BAR_TOP - 8, 'middle', 'tick', '0'),
    text(MARGIN, BAR_TOP + BAR_HEIGHT + 44, 'start', 'tick', `■ ${say('outage.answered')}`),
    text(MARGIN + 110, BAR_TOP + BAR_HEIGHT + 44, 'start', 'tick silent-word', `■ ${say('outage.silent')}`),
  ];
  const marks = floor ? floorMarks(longest.fromMs, floor, startMs + spanMs, x) : [];
  const title = `<title>${say('outage.title')} ${length}</title>`;
  const body = [title, rect('answered', MARGIN, WIDTH - 2 * MARGIN), ...silent, ...marks, ...labels].join('');
  return `<svg class="timeline" viewBox="0 0 ${WIDTH} ${BAR_TOP + BAR_HEIGHT + 52}" role="img">${body}</svg>`;
}

function floorMarks(
  fromMs: number,
  { token, consensus }: TimelineFloor,
  endMs: number,
  x: (ms: number) => number,
): string[] {
  const marks = [
    { ms: fromMs + token, label: `token ${formatDuration(token)}`, row: 14 },
    { ms: fromMs + token + consensus, label: `+ consensus ${formatDuration(consensus)}`, row: 28 },
  ];
  return marks
    .filter((mark) => mark.ms <= endMs)
    .map(({ ms, label, row }) => {
      const bottom = BAR_TOP + BAR_HEIGHT + row - 10;
      const anchor = x(ms) > WIDTH / 2 ? 'end' : 'start';
      const line = `<line class="mark" x1="${x(ms)}" x2="${x(ms)}" y1="${BAR_TOP - 4}" y2="${bottom}"/>`;
      return line + text(x(ms), bottom + 10, anchor, 'tick', label);
    });
}

const PHASE_HEIGHT = 22;
const LEGEND_ROW = 18;
/** Narrower than this a phase has no room for its duration. */
const LABEL_WIDTH = 46;

/**
 * An SVG of an outage's phases one after the other, to scale, with a legend below. Only numbers and our own words go in, so
 * nothing needs escaping. Empty where nothing is known but the first answer.
 */
export function renderBreakdown({ beganMs, phases }: Breakdown, language: Language): string {
  const endMs = phases.at(-1)?.atMs ?? beganMs;
  if (phases.length < 2 || endMs <= beganMs) return '';
  const say = speakerOf(language);
  const x = (ms: number) => MARGIN + ((ms - beganMs) / (endMs - beganMs)) * (WIDTH - 2 * MARGIN);
  const bars = phases.map(({ phase, atMs, durationMs }) => {
    const from = x(atMs - durationMs);
    const width = Math.max(1, x(atMs) - from);
    const bar = `<rect class="phase ${phase}" x="${round(from)}" y="4" width="${round(width)}" height="${PHASE_HEIGHT}"/>`;
    if (width < LABEL_WIDTH) return bar;
    return `${bar}<text class="on-phase" x="${round(from + width / 2)}" y="20" text-anchor="middle">${formatDuration(durationMs)}</text>`;
  });
  const legend = phases.map(({ phase, durationMs }, index) => {
    const at = MARGIN + index * ((WIDTH - 2 * MARGIN) / phases.length);
    return (
      `<rect class="phase ${phase}" x="${round(at)}" y="${PHASE_HEIGHT + LEGEND_ROW - 8}" width="10" height="10"/>` +
      `<text x="${round(at + 15)}" y="${PHASE_HEIGHT + LEGEND_ROW + 1}">${say(`phase.${phase}`)} ${formatDuration(durationMs)}</text>`
    );
  });
  const title = `<title>${phases.map(({ phase, durationMs }) => `${say(`phase.${phase}`)} ${formatDuration(durationMs)}`).join(', ')}</title>`;
  return `<svg class="breakdown" viewBox="0 0 ${WIDTH} ${PHASE_HEIGHT + LEGEND_ROW + 8}" role="img">${title}${bars.join('')}${legend.join('')}</svg>`;
}

function rect(kind: string, x: number, width: number): string {
  return `<rect class="${kind}" x="${x}" y="${BAR_TOP}" width="${round(width)}" height="${BAR_HEIGHT}" rx="3"/>`;
}

function text(x: number, y: number, anchor: string, kind: string, content: string): string {
  return `<text class="${kind}" x="${x}" y="${y}" text-anchor="${anchor}">${content}</text>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
