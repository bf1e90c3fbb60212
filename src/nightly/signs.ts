import { z } from 'zod';

const eventSchema = z.looseObject({
  kind: z.string(),
  at: z.string(),
  scenario: z.string().optional(),
  step: z.string().optional(),
  stage: z.string().optional(),
  result: z.looseObject({ scenario: z.string(), step: z.string().optional() }).optional(),
});

/** Where a run was when it wrote its last event, as `2026-11-29T10:00:00.000Z interface-down / cut`; undefined for no event. */
export function signOf(event: unknown): { readonly at: string; readonly where: string } | undefined {
  const { data } = eventSchema.safeParse(event);
  if (data === undefined) return undefined;
  const { at, kind, scenario = data.result?.scenario, step = data.result?.step, stage } = data;
  const where = [scenario, step].filter((each) => each !== undefined).join(' / ');
  return { at, where: where || stage || kind };
}
