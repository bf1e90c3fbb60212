import { speakerOf } from '../messages/message.js';
import type { Breakdown } from '../model/breakdown.js';
import type { Language } from '../model/text.js';
import { formatDuration } from './format.js';

const WIDTH = 720;
const MARGIN = 8;
const BAR_HEIGHT = 22;
const ROW = 18;
/** Narrower than this a bar has no room for its duration. */
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
    const bar = `<rect class="phase ${phase}" x="${round(from)}" y="4" width="${round(width)}" height="${BAR_HEIGHT}"/>`;
    if (width < LABEL_WIDTH) return bar;
    return `${bar}<text class="on-phase" x="${round(from + width / 2)}" y="20" text-anchor="middle">${formatDuration(durationMs)}</text>`;
  });
  const legend = phases.map(({ phase, durationMs }, index) => {
    const at = MARGIN + index * ((WIDTH - 2 * MARGIN) / phases.length);
    return (
      `<rect class="phase ${phase}" x="${round(at)}" y="${BAR_HEIGHT + ROW - 8}" width="10" height="10"/>` +
      `<text x="${round(at + 15)}" y="${BAR_HEIGHT + ROW + 1}">${say(`phase.${phase}`)} ${formatDuration(durationMs)}</text>`
    );
  });
  const title = `<title>${phases.map(({ phase, durationMs }) => `${say(`phase.${phase}`)} ${formatDuration(durationMs)}`).join(', ')}</title>`;
  return `<svg class="breakdown" viewBox="0 0 ${WIDTH} ${BAR_HEIGHT + ROW + 8}" role="img">${title}${bars.join('')}${legend.join('')}</svg>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
