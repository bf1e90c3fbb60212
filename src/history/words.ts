import type { Speaker } from '../messages/message.js';
import type { NightState } from '../model/night-state.js';
import type { Difference } from '../report/compare.js';

/** One column each. */
export const STATE_MARKS: { readonly [S in NightState]: string } = {
  passed: '✔',
  flaky: '~',
  failed: '✖',
  unknown: '?',
  lost: '!',
  skipped: '–',
};

const FACTS = {
  'image hash': 'history.fact.image-hash',
  kernel: 'history.fact.kernel',
  machine: 'history.fact.machine',
  processors: 'history.fact.processors',
  memory: 'history.fact.memory',
  'lab file': 'history.fact.lab-file',
  'scenario file': 'history.fact.scenario-file',
  slowness: 'history.fact.slowness',
} as const;

/** `pacemaker 2.1.5-1 → 2.1.6-1`. */
export function differenceText({ what, before = '–', after = '–' }: Difference, say: Speaker): string {
  const code = FACTS[what as keyof typeof FACTS];
  return `${code === undefined ? what : say(code)} ${before} → ${after}`;
}
