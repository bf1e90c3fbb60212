import type { ProbeResult, WritesResult } from '../model/event.js';
import type { Judgement } from '../model/verdict.js';
import type { CheckDriver } from '../ports/check.js';
import type { ExpectationOf } from './kinds.js';

interface WritesObservation {
  readonly probe?: ProbeResult;
}

export const writesCheck: CheckDriver<ExpectationOf<'writes'>, WritesObservation> = {
  kind: 'writes',
  standsOnStatus: false,
  describe: ({ probe, lost, doubled }) =>
    `of what ${probe} wrote and was acknowledged, at most ${lost} lost and ${doubled} doubled`,
  async observe({ probe: id }, context) {
    const probe = context.probe(id);
    return probe === undefined ? {} : { probe };
  },
  judge(expectation, { probe }) {
    if (probe?.writes === undefined) return { verdict: 'unknown', seen: `no writer ${expectation.probe} has run` };
    return judgeWrites(expectation, probe.writes);
  },
};

/** Where nothing was acknowledged there is nothing that could have been lost, and nothing is shown. */
function judgeWrites(allowed: ExpectationOf<'writes'>, writes: WritesResult): Judgement {
  const { acknowledged, lost, doubled, unacknowledged, problem } = writes;
  if (problem !== undefined) return { verdict: 'unknown', seen: `${acknowledged} acknowledged, but ${problem}` };
  const seen = `${acknowledged} acknowledged: ${some(lost)} lost, ${some(doubled)} doubled; ${unacknowledged} kept without an answer`;
  if (lost.length > allowed.lost || doubled.length > allowed.doubled) return { verdict: 'failed', seen };
  return { verdict: acknowledged === 0 ? 'unknown' : 'passed', seen };
}

const SHOWN = 5;

function some(numbers: readonly number[]): string {
  if (numbers.length === 0) return 'none';
  const more = numbers.length > SHOWN ? ', …' : '';
  return `${numbers.length} (${numbers.slice(0, SHOWN).join(', ')}${more})`;
}
