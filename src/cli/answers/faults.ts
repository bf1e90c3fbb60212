import { z } from 'zod';
import { FAULTS } from '../../faults/index.js';
import { ABILITIES, type ResolvedFault } from '../../model/scenario.js';

const stored = Object.values(FAULTS).map((kind) => kind.stored) as unknown as readonly [
  z.ZodObject<{ kind: z.ZodLiteral }>,
];

const fault = (z.discriminatedUnion('kind', stored) as unknown as z.ZodType<ResolvedFault>).meta({
  id: 'fault',
  description: 'A fault with its nodes resolved.',
});

const entry = {
  id: z.string().describe('The name that identifies it, as in the reports.'),
  at: z.string().describe('When it was written to the journal, ISO 8601.'),
  run: z.string().describe('The run that injected it, or `by-hand`.'),
  fault,
};

/** A fault of the journal that is active, or may be. */
export const journalEntry = z.strictObject(entry);

export const faultAnswer = z
  .strictObject({ schema: z.literal('halab.fault/1'), ...entry })
  .meta({ id: 'halab.fault/1', title: 'A fault that `halab fault inject` injected' });

export const healAnswer = z
  .strictObject({
    schema: z.literal('halab.heal/1'),
    healed: z.array(journalEntry),
    failed: z.array(z.strictObject({ ...entry, error: z.string() })).describe('Still in the journal.'),
  })
  .meta({ id: 'halab.heal/1', title: 'What `halab heal` undid' });

export const faultsAnswer = z
  .strictObject({
    schema: z.literal('halab.faults/1'),
    faults: z.array(
      z.strictObject({
        kind: z.string(),
        needs: z.array(z.enum(ABILITIES)),
        possible: z.boolean().describe('Whether the backend has what it needs.'),
        summary: z.string(),
        expectedBehaviour: z.string().describe('What the cluster may do about it.'),
      }),
    ),
  })
  .meta({ id: 'halab.faults/1', title: 'The kinds of faults' });
