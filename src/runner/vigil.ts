import type { Expectation } from '../model/expectation.js';
import { stretched } from '../model/slowness.js';
import type { Judgement } from '../model/verdict.js';
import { checkOf, type StepCommand } from '../ports/check.js';
import { untilAborted } from '../ports/clock.js';
import { createRound, type Judged, judgeOnce } from './round.js';
import type { RunSession } from './session.js';

/** What is looked at again and again for a time, because it must not come true in it. */
interface Vigil {
  /** On the session's clock; in the past where nothing is to be looked at. */
  readonly untilMs: number;
  /** Looks, unless it has just done so. True as soon as one look shows what must not be. */
  look(): Promise<boolean>;
  /** What the looks so far say of each. */
  judged(): readonly Judged[];
}

/** Each takes the nodes' CPU time. */
const LOOK_EVERY_MS = 1_000;
/** Between two looks that say something, so much may pass: a resource that comes and goes within it would not be seen. */
const LONGEST_GAP_MS = 5_000;

interface Watch {
  readonly expectation: Expectation;
  readonly endMs: number;
  readonly source: string;
  looks: number;
  knownMs: number;
  gapMs: number;
  broken?: string;
  doubt?: string;
}

/** Begins the watch over those of the expectations that are about a time, at the end of the action. */
export async function keepVigil(
  session: RunSession,
  expectations: readonly Expectation[],
  commands: readonly StepCommand[] | undefined,
): Promise<Vigil> {
  const { checks, clock, slowness, signal } = session.deps;
  const begunMs = clock.monotonicMs();
  const watches: Watch[] = [];
  for (const expectation of expectations) {
    const lasting = checkOf(checks, expectation).lasting?.(expectation);
    if (lasting === undefined) continue;
    const endMs = begunMs + (await session.time.ms(lasting.during));
    watches.push({ expectation, endMs, source: lasting.during.source, looks: 0, knownMs: begunMs, gapMs: 0 });
  }
  let nextMs = begunMs;

  return {
    untilMs: Math.max(Number.NEGATIVE_INFINITY, ...watches.map(({ endMs }) => endMs)),
    async look() {
      const nowMs = clock.monotonicMs();
      if (watches.length === 0 || nowMs < nextMs) return false;
      nextMs = nowMs + stretched(LOOK_EVERY_MS, slowness());
      const round = createRound(session, { commands });
      for (const watch of watches) {
        // The last look is the one at the end of the time.
        if (watch.knownMs >= watch.endMs) continue;
        note(watch, await untilAborted(judgeOnce(checks, watch.expectation, round), signal), clock.monotonicMs());
        if (watch.broken !== undefined) return true;
      }
      return false;
    },
    judged: () =>
      watches.map((watch) => ({
        expectation: watch.expectation,
        judgement: judgementOf(watch, (ms) => stretched(ms, slowness())),
        texts: [],
        resolved: new Map(),
      })),
  };
}

function note(watch: Watch, { verdict, seen }: Judgement, nowMs: number): void {
  if (verdict === 'failed') watch.broken ??= seen;
  else if (verdict === 'unknown') watch.doubt = seen;
  else {
    watch.looks += 1;
    watch.gapMs = Math.max(watch.gapMs, nowMs - watch.knownMs);
    watch.knownMs = nowMs;
  }
}

function judgementOf(watch: Watch, stretch: (ms: number) => number): Judgement {
  const { broken, doubt, looks, gapMs, knownMs, endMs, source } = watch;
  if (broken !== undefined) return { verdict: 'failed', seen: broken };
  const looked = `${looks} ${looks === 1 ? 'look' : 'looks'} in ${source}`;
  const missedMs = Math.max(gapMs, endMs - knownMs);
  if (missedMs <= stretch(LONGEST_GAP_MS)) return { verdict: 'passed', seen: `as expected at each of ${looked}` };
  const why = doubt === undefined ? '' : `: ${doubt}`;
  return { verdict: 'unknown', seen: `${looked}, and not known for ${Math.round(missedMs / 1000)} s${why}` };
}
