import { z } from 'zod';
import { strict } from '../fields/schema.js';
import { time, word } from '../fields/values.js';
import type { Breakdown } from '../model/breakdown.js';
import { defined } from '../model/defined.js';
import type { OutageWindow, ProbeResult } from '../model/event.js';
import { doubtMsOf, isKnown, longestOf } from '../model/outage.js';
import { PHASES, type Phase, PROBE_KINDS } from '../model/scenario.js';
import type { Judgement } from '../model/verdict.js';
import { defineCheck } from './define-check.js';

const schema = () =>
  strict({
    outage: strict({
      of: word,
      below: time,
      phase: z.enum(PHASES).optional().describe('Only one part of the outage, as the journals of the nodes show it.'),
    }),
  })
    .describe('The longest outage that a probe saw, by its id.')
    .transform(({ outage: { of: probe, ...rest } }) => ({ probe, ...rest }));

export const outageCheck = defineCheck({
  kind: 'outage',
  schema,
  cost: 7,
  when: 'after-probe',
  finds: 'an outage',
  targets: () => [],
  references: ({ probe: id }) => [{ kind: 'probe', at: ['outage', 'of'], id, kinds: PROBE_KINDS }],
  readsStatusText: false,
  describe: ({ probe, phase, below }) =>
    phase === undefined
      ? `the outage of ${probe} stays below ${below.source}`
      : `${phase}, of the outage of ${probe}, stays below ${below.source}`,
  observe: async ({ probe, below }, context) => ({
    belowMs: await context.ms(below),
    ...defined({ probe: context.probe(probe) }),
  }),
  judge({ probe: id, phase }, { probe, belowMs }) {
    if (probe === undefined) return { verdict: 'unknown', seen: `no probe ${id} has run` };
    if (probe.sent === 0) return { verdict: 'unknown', seen: `the probe ${id} has sent nothing` };
    return phase === undefined ? judgeWindows(probe, belowMs) : judgePhase(phase, probe.breakdown, belowMs);
  },
});

function judgeWindows({ windows, largestGapMs, answered, sent, everyMs }: ProbeResult, belowMs: number): Judgement {
  const open = windows.find(({ ended }) => !ended);
  if (open !== undefined) return { verdict: 'failed', seen: `still out after ${ms(open.durationMs)}` };
  if (answered === 0) return { verdict: 'failed', seen: `none of ${sent} requests was answered` };
  const longest = longestOf(windows);
  const seen = longest === undefined ? 'no outage seen' : `${textOf(longest, everyMs)}, allowed are ${ms(belowMs)}`;
  const verdicts = windows.map((window) => verdictOf(window, everyMs, belowMs));
  if (verdicts.includes('failed')) return { verdict: 'failed', seen };
  const heldUp = `${seen}; the probe itself was held up for ${ms(largestGapMs)}`;
  // An outage that began and ended while the probe was held up would not have been seen.
  if (verdicts.includes('unknown') || largestGapMs + everyMs >= belowMs) return { verdict: 'unknown', seen: heldUp };
  return { verdict: 'passed', seen };
}

/** By the length where there is no doubt about it; otherwise only where both bounds lead to the same verdict. */
function verdictOf(window: OutageWindow, everyMs: number, belowMs: number): Judgement['verdict'] {
  const { durationMs, atLeastMs = durationMs, atMostMs = durationMs } = window;
  if (doubtMsOf(window, everyMs) === 0) return durationMs < belowMs ? 'passed' : 'failed';
  if (atMostMs < belowMs) return 'passed';
  return atLeastMs >= belowMs ? 'failed' : 'unknown';
}

function textOf(window: OutageWindow, everyMs: number): string {
  const { durationMs, atLeastMs = durationMs, atMostMs = durationMs } = window;
  const doubtMs = doubtMsOf(window, everyMs);
  if (doubtMs === 0) return `outage of ${ms(durationMs)}`;
  if (isKnown(window, everyMs)) return `outage of ${ms(durationMs)} ± ${ms(doubtMs)}`;
  return `outage of unknown length, between ${ms(atLeastMs)} and ${ms(atMostMs)}`;
}

function judgePhase(phase: Phase, breakdown: Breakdown | undefined, belowMs: number): Judgement {
  const found = breakdown?.phases.find((each) => each.phase === phase);
  if (found === undefined) return { verdict: 'unknown', seen: `no journal shows when ${phase} was over` };
  const { durationMs, uncertainMs, node } = found;
  const seen = `${phase} took ${ms(durationMs)} ± ${ms(uncertainMs)}${node === undefined ? '' : ` by the journal of ${node}`}, allowed are ${ms(belowMs)}`;
  if (durationMs + uncertainMs < belowMs) return { verdict: 'passed', seen };
  return { verdict: durationMs - uncertainMs >= belowMs ? 'failed' : 'unknown', seen };
}

function ms(value: number): string {
  return `${Math.round(value)} ms`;
}
