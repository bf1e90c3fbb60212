import { z } from 'zod';
import { strict } from '../fields/schema.js';
import { word } from '../fields/values.js';
import { defined } from '../model/defined.js';
import type { WritesResult } from '../model/event.js';
import type { Judgement } from '../model/verdict.js';
import { defineCheck, type FieldsOf } from './define-check.js';

const count = z.number().int().max(1_000_000).min(0).prefault(0);
const schema = () =>
  strict({
    writes: strict({
      of: word,
      lost: count.describe('Records that were acknowledged and are missing.'),
      doubled: count.describe('Records that are there more than once.'),
    }),
  })
    .describe("How many of a writer's records may be lost or doubled, by the probe's id.")
    .transform(({ writes: { of: probe, ...rest } }) => ({ probe, ...rest }));

type Writes = FieldsOf<typeof schema>;

export const writesCheck = defineCheck({
  kind: 'writes',
  schema,
  cost: 7,
  when: 'after-probe',
  finds: 'what became of writes',
  targets: () => [],
  references: ({ probe: id }) => [{ kind: 'probe', at: ['writes', 'of'], id, kinds: ['writer'] }],
  readsStatusText: false,
  describe: ({ probe, lost, doubled }) =>
    `of what ${probe} wrote and was acknowledged, at most ${lost} lost and ${doubled} doubled`,
  observe: async ({ probe }, context) => defined({ probe: context.probe(probe) }),
  judge(expectation, { probe }) {
    if (probe?.writes === undefined) return { verdict: 'unknown', seen: `no writer ${expectation.probe} has run` };
    return judgeWrites(expectation, probe.writes);
  },
});

/** Without an acknowledged record none can be lost, and the verdict is inconclusive. */
function judgeWrites(allowed: Writes, writes: WritesResult): Judgement {
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
