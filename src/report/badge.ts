import { speakerOf } from '../messages/message.js';
import { isKnown } from '../model/outage.js';
import type { Language } from '../model/text.js';
import type { Verdict } from '../model/verdict.js';
import { displayWidth, formatDuration } from './format.js';
import type { RunSummary } from './summary.js';

const COLOURS: { readonly [V in Verdict]: string } = {
  passed: '#1a7f37',
  failed: '#b91c24',
  unknown: '#7d5700',
  skipped: '#5b636b',
};
const LETTER = 7;
const PADDING = 7;

/** An SVG of one line: the verdict, and the longest outage where one was measured. Only our own words and numbers are in it. */
export function renderBadge({ verdict, longestOutage }: RunSummary, language: Language): string {
  const say = speakerOf(language);
  const isMeasured = longestOutage?.window.ended && isKnown(longestOutage.window, longestOutage.probe.everyMs);
  const outage = isMeasured ? ` · ${say('outage.title')} ${formatDuration(longestOutage.window.durationMs)}` : '';
  const value = `${say(`verdict.${verdict}`)}${outage}`;
  const [left, right] = ['halab', value].map((text) => displayWidth(text) * LETTER + 2 * PADDING) as [number, number];
  const text = (x: number, shown: string) => `<text x="${x + PADDING}" y="14">${shown}</text>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${left + right}" height="20" role="img" aria-label="halab: ${value}"><title>halab: ${value}</title><rect width="${left}" height="20" fill="#3c454f"/><rect x="${left}" width="${right}" height="20" fill="${COLOURS[verdict]}"/><g fill="#fff" font-family="Verdana,'DejaVu Sans',sans-serif" font-size="11">${text(0, 'halab')}${text(left, value)}</g></svg>\n`;
}
