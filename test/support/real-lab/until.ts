import { setTimeout as delay } from 'node:timers/promises';

const LOOK_EVERY_MS = 50;

/** Looks until it holds. Rejects past the deadline with what was seen last; a look that throws is a look that does not hold. */
export async function until(
  what: string,
  look: () => boolean | Promise<boolean>,
  options: { readonly withinMs: number; readonly seen?: () => string },
): Promise<void> {
  const deadline = performance.now() + options.withinMs;
  let problem = '';
  for (;;) {
    try {
      if (await look()) return;
      problem = '';
    } catch (error) {
      problem = String(error);
    }
    if (performance.now() > deadline) {
      const seen = [problem, options.seen?.() ?? ''].filter(Boolean).join('\n');
      throw new Error(`${what} did not come within ${options.withinMs} ms; last seen:\n${seen}`);
    }
    await delay(LOOK_EVERY_MS);
  }
}
