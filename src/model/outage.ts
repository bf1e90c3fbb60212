import type { OutageWindow } from './event.js';

/** What a measured outage is good for where the probe was not held up. */
const ACCURACY_MS = 25;

/** How far off a duration may be: between two requests nobody looked. */
export function uncertaintyOf({ durationMs, atLeastMs = durationMs, atMostMs = durationMs }: OutageWindow): number {
  return Math.max(durationMs - atLeastMs, atMostMs - durationMs);
}

/** False where the probe was held up so long at an edge of the window that its duration is no number to stand by. */
export function isKnown(window: OutageWindow, everyMs: number): boolean {
  return uncertaintyOf(window) <= Math.max(ACCURACY_MS, everyMs + 5);
}

/** The same stretch of time on another clock. */
export function shiftedBy(byMs: number) {
  return <T extends { readonly fromMs: number; readonly toMs: number }>(stretch: T): T => ({
    ...stretch,
    fromMs: stretch.fromMs + byMs,
    toMs: stretch.toMs + byMs,
  });
}

export function longestOf(windows: readonly OutageWindow[]): OutageWindow | undefined {
  return windows.reduce<OutageWindow | undefined>(
    (longest, next) => (longest && longest.durationMs >= next.durationMs ? longest : next),
    undefined,
  );
}
