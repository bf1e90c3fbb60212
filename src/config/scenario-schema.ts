import { z } from 'zod';
import { expectationSchema, type WrittenExpectation } from '../checks/index.js';
import type { ScenarioFields } from '../fields/scenario-fields.js';
import { idSchema as id, strict, text, textSchema } from '../fields/schema.js';
import { targetSchema, timeSchema } from '../fields/values.js';
import { splitCommand } from '../fields/words.js';
import { AUDITS } from '../model/audit.js';
import { ABILITIES, FORMATION_STAGES, INSTALLABLES } from '../model/scenario.js';
import { faultSchema } from './fault.js';
import { probesSchema } from './probe-schema.js';

const runSchema = z
  .union([
    strict({ on: targetSchema, argv: z.array(text('text (put it in quotes)')).min(1) }),
    strict({
      on: targetSchema,
      command: text('a command line', (value) => {
        const argv = splitCommand(value);
        return 'message' in argv ? argv : undefined;
      }),
    }),
  ])
  .describe(
    'One command on a node, without a shell: as a list (argv), or as one line split on blanks and simple quotes (command). {address vip}, {prefix vip} and {cluster} are filled in.',
  );

const expectedViolationSchema = strict({
  audit: z
    .enum([...AUDITS, 'any'])
    .describe('any: whatever audits cannot tell of what of names; never what they find broken.'),
  of: z
    .array(text('a resource, a node or an address'))
    .min(1)
    .optional()
    .describe(
      'Resources, nodes or addresses that it is about, by name or by role; {address vip} is filled in. Default is whatever the audit finds.',
    ),
  because: textSchema.describe('Why, for whoever reads the report.'),
  optional: z
    .boolean()
    .optional()
    .describe(
      'The violation may or may not occur. Without it, a violation that was expected and not found is reported.',
    ),
}).describe('A violation that an audit is expected to find after this step.');

export const stepSchema = (fields: ScenarioFields) => {
  const expectations = z.array(expectationSchema(fields));
  return strict({
    id,
    title: textSchema.optional().describe('Default is the id.'),
    say: textSchema.optional().describe('What happens here and why, for whoever follows along.'),
    hint: textSchema.optional().describe('What to look at when the step does not pass.'),
    run: runSchema.optional(),
    form: z
      .enum(FORMATION_STAGES)
      .optional()
      .describe('One stage of forming the cluster; each finds out by itself whether there is anything left to do.'),
    fault: faultSchema.optional(),
    heal: id.optional().describe('Undoes the fault of an earlier step, by its id.'),
    install: z
      .enum(INSTALLABLES)
      .optional()
      .describe('Brings a program of halab to every ha node: recorder is the service behind ocf:halab:recorder.'),
    unless: expectations.min(1).optional().describe('If all of this holds already, the action is left out.'),
    probe: probesSchema.optional(),
    expect: expectations.optional().describe('What must hold, all of it at once, before the deadline.'),
    within: timeSchema.optional().describe('Deadline for expect, from the end of the action. Default 30s.'),
    'expected-violations': z
      .array(expectedViolationSchema)
      .min(1)
      .optional()
      .describe('Violations that audits are expected to find after this step; one that is not found is reported.'),
    settle: timeSchema
      .optional()
      .describe('Deadline for the cluster to become idle after the step, before it is audited. Default 30s.'),
  });
};

/** A scenario file as it is written; reading it is scenario.ts, judging it as a whole scenario-checks.ts. */
export const scenarioSchema = (fields: ScenarioFields) =>
  strict({
    id,
    title: textSchema,
    summary: textSchema.optional(),
    sets: z.array(text("a set's name")).optional().describe('Named selections that it belongs to: ci, nightly …'),
    needs: strict({
      lab: text("a lab's name")
        .optional()
        .describe(
          'The lab that it is made for, by its name. Default is any that has what it needs: linuxha, or --lab.',
        ),
      abilities: z
        .array(z.enum(ABILITIES))
        .optional()
        .describe('What the backend must be able to do; what the faults need is added by itself.'),
      'ha-nodes': z
        .number()
        .int()
        .min(1)
        .max(32)
        .optional()
        .describe('How many ha nodes the lab must have. Default 1.'),
    })
      .optional()
      .describe('Where this is not to be had, the scenario is skipped with the reason.'),
    given: z.array(id).optional().describe('Scenarios that must have passed before, in order.'),
    steps: z.array(stepSchema(fields)).min(1),
  }).meta({ title: 'halab scenario', description: 'Steps that break a lab and say what must hold afterwards.' });

/** As written; see scenarioSchema's output for what is read from it. */
export type RawScenario = z.input<ReturnType<typeof scenarioSchema>>;
export type RawStep = RawScenario['steps'][number];

export type ReadScenario = z.output<ReturnType<typeof scenarioSchema>>;
export type ReadStep = ReadScenario['steps'][number];
export type RawExpectation = WrittenExpectation;
