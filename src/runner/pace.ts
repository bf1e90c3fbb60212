import { isLabError } from '../model/errors.js';
import type { RunEvent } from '../model/event.js';
import { FULL_SPEED, type Slowness, slownessOf } from '../model/slowness.js';
import { type Clock, untilAborted } from '../ports/clock.js';

/** How slow the nodes of a run are, measured several times in its course. */
export interface Pace {
  slowness(): Slowness;
  /**
   * Measures now, unless that was done within the last minute. `before` names the scenario that comes next; without it a lab
   * has just been made. Throws LabError where a new lab cannot be measured.
   */
  measure(before?: string): Promise<void>;
}

interface PaceDeps {
  /** How many times slower than hardware the nodes are now. */
  readonly sample: () => Promise<number>;
  readonly clock: Clock;
  readonly emit: (event: RunEvent) => void;
  readonly signal: AbortSignal;
}

/** A measurement stands for this long. */
const STANDS_MS = 60_000;
/** One busy moment is over by the next sample. */
const PAUSE_MS = 2_000;
/** Samples that differ by less say the same. */
const ALIKE = 1.5;

/**
 * One sample may fall into the busiest moment of a run. One that differs from what was measured before is therefore confirmed
 * by two more, and the middle one of the three counts.
 */
export function createPace({ sample, clock, emit, signal }: PaceDeps): Pace {
  let slowness = FULL_SPEED;
  let measuredMs: number | undefined;

  async function samplesNow(): Promise<readonly number[]> {
    const first = await untilAborted(sample(), signal);
    if (areAlike(first, slowness.factor)) return [first];
    const samples = [first];
    while (samples.length < 3) {
      await clock.sleep(PAUSE_MS, signal);
      samples.push(await untilAborted(sample(), signal));
    }
    return samples;
  }

  async function measureNow(before: string | undefined): Promise<void> {
    const samples = await samplesNow();
    measuredMs = clock.monotonicMs();
    const middle = medianOf(samples);
    const was = slowness;
    if (!areAlike(middle, was.factor)) slowness = slownessOf(middle);
    const isChanged = slowness.factor !== was.factor;
    const { factor } = slowness;
    emit({
      kind: 'slowness-measured',
      factor,
      samples: samples.map(rounded),
      ...(before === undefined ? {} : { before }),
      ...(isChanged ? { was: was.factor } : {}),
    });
    if (isChanged) emit({ kind: 'warning', text: changeText(slowness, was, { middle, before }) });
  }

  return {
    slowness: () => slowness,
    async measure(before) {
      if (before === undefined) return measureNow(before);
      if (measuredMs !== undefined && clock.monotonicMs() < measuredMs + STANDS_MS) return;
      try {
        await measureNow(before);
      } catch (error) {
        // The waits stay as they are; a node that cannot be measured is for the scenario to find.
        if (!isLabError(error) && !signal.aborted) throw error;
      }
    },
  };
}

function areAlike(one: number, other: number): boolean {
  const [less, more] = [slownessOf(one).factor, slownessOf(other).factor].toSorted((a, b) => a - b) as [number, number];
  return more / less < ALIKE;
}

function medianOf(samples: readonly number[]): number {
  return samples.toSorted((a, b) => a - b)[Math.floor(samples.length / 2)] ?? 1;
}

function rounded(factor: number): number {
  return Math.round(factor * 10) / 10;
}

/** The timings of the cluster are set where it is formed, so that only the first measurement names them. */
function changeText(
  { factor, tokenMs, pcsRequestS }: Slowness,
  was: Slowness,
  { middle, before }: { readonly middle: number; readonly before: string | undefined },
): string {
  if (factor === 1)
    return `the nodes are as fast as hardware now (measured before ${before}), and waits are as written`;
  const limited =
    rounded(middle) > factor ? ` (${rounded(middle)} were measured, and waits are not stretched further)` : '';
  return [
    `the nodes are slow: ${factor} times slower than hardware, and so are all waits longer${limited}`,
    ...(before === undefined ? [] : [`measured before ${before}, ${was.factor} before that`]),
    ...(before !== undefined || tokenMs === undefined ? [] : [`corosync's token is ${tokenMs} ms`]),
    ...(before !== undefined || pcsRequestS === undefined ? [] : [`pcs gives a node ${pcsRequestS} s for a request`]),
  ].join('; ');
}
