import { z } from 'zod';
import { FAULTS } from '../src/faults/index.js';

/** JSON Schemas of answers that hold faults with their nodes resolved, each at `$defs.fault`. */
export const WITH_FAULTS = ['fault.schema.json', 'heal.schema.json', 'status.schema.json'] as const;

interface Answer {
  readonly $defs: Readonly<Record<string, unknown>>;
}

/** The schema of an answer, with the faults as the table has them now. */
export function withFaults(answer: Answer): Answer {
  return { ...answer, $defs: { ...answer.$defs, fault: faultsSchema() } };
}

function faultsSchema() {
  const kinds = Object.values(FAULTS).map(({ stored }) => {
    const { $schema: _, ...schema } = z.toJSONSchema(stored, { io: 'output' });
    return schema;
  });
  return { description: 'A fault with its nodes resolved.', oneOf: kinds };
}
