import { z } from 'zod';
import type { Frozen } from '../model/frozen.js';

const ms = z.number().min(0);
const verdict = z.enum(['passed', 'unknown', 'failed', 'skipped']);

/** The part of a run's summary.json that a night needs. Times in ms. */
const runFactsSchema = z.looseObject({
  schema: z.literal('halab.run/1'),
  verdict,
  reason: z.string().optional(),
  finished: z.boolean(),
  lab: z.string(),
  image: z.string(),
  scenarios: z.array(
    z.looseObject({
      scenario: z.string(),
      verdict,
      reason: z.string().optional(),
      asGiven: z.boolean(),
      durationMs: ms,
      steps: z.array(z.looseObject({ outageMs: ms.optional() })).default([]),
    }),
  ),
  stages: z.array(z.looseObject({ stage: z.string(), durationMs: ms.optional() })),
  restored: z.array(z.looseObject({ durationMs: ms })).default([]),
});

export type RunFacts = Frozen<z.output<typeof runFactsSchema>>;

/** The longest that its steps measured; undefined where none did, or the length is not known. */
export function outageOf(steps: readonly { readonly outageMs?: number | undefined }[]): number | undefined {
  const measured = steps.flatMap(({ outageMs }) => outageMs ?? []);
  return measured.length === 0 ? undefined : Math.max(...measured);
}

/** Undefined for what is no summary of a run. */
export function runFactsIn(summary: unknown): RunFacts | undefined {
  return runFactsSchema.safeParse(summary).data;
}

/** A set-up that is repeated after others has a number behind its id. */
export function baseOf(scenario: string): string {
  return scenario.replace(/~\d+$/, '');
}
