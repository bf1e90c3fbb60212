import type { OutageWindow, ProbeResult } from '../model/event.js';
import type { Judgement } from '../model/verdict.js';
import type { CheckDriver } from '../ports/check.js';
import type { ExpectationOf } from './kinds.js';

interface OutageObservation {
  readonly probe?: ProbeResult;
  readonly belowMs: number;
}

/** A probe that was held up longer than this knows an outage no better than by as much. */
const LARGEST_GAP_MS = 250;

export const outageCheck: CheckDriver<ExpectationOf<'outage'>, OutageObservation> = {
  kind: 'outage',
  standsOnStatus: false,
  describe: ({ probe, below }) => `the outage of ${probe} stays below ${below.source}`,
  async observe({ probe: id, below }, context) {
    const belowMs = await context.ms(below);
    const probe = context.probe(id);
    return probe === undefined ? { belowMs } : { belowMs, probe };
  },
  judge({ probe: id }, { probe, belowMs }) {
    if (probe === undefined) return { verdict: 'unknown', seen: `no probe ${id} has run` };
    if (probe.sent === 0) return { verdict: 'unknown', seen: `the probe ${id} has sent nothing` };
    return judgeWindows(probe, belowMs);
  },
};

function judgeWindows({ windows, largestGapMs, answered, sent }: ProbeResult, belowMs: number): Judgement {
  const open = windows.find(({ ended }) => !ended);
  if (open !== undefined) return { verdict: 'failed', seen: `still out after ${Math.round(open.durationMs)} ms` };
  if (answered === 0) return { verdict: 'failed', seen: `none of ${sent} requests was answered` };
  const longest = windows.reduce<OutageWindow | undefined>(
    (max, next) => (max && max.durationMs >= next.durationMs ? max : next),
    undefined,
  );
  const seen =
    longest === undefined
      ? 'no outage seen'
      : `outage of ${Math.round(longest.durationMs)} ms, allowed are ${Math.round(belowMs)} ms`;
  const longestMs = longest?.durationMs ?? 0;
  if (largestGapMs <= LARGEST_GAP_MS) return { verdict: longestMs < belowMs ? 'passed' : 'failed', seen };
  const doubt = `${seen}, give or take the ${Math.round(largestGapMs)} ms for which the probe itself was held up`;
  if (longestMs + largestGapMs < belowMs) return { verdict: 'passed', seen: doubt };
  return { verdict: longestMs - largestGapMs >= belowMs ? 'failed' : 'unknown', seen: doubt };
}
