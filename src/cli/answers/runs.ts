import { z } from 'zod';
import { FAULTS } from '../../faults/index.js';
import { ABILITIES, PROBE_KINDS, type ResolvedFault } from '../../model/scenario.js';
import { probeAnswer, runAnswer, textAnswer } from '../../report/run-answer.js';
import { answer } from './answer.js';

const finding = z
  .strictObject({
    verdict: z.enum(['unknown', 'failed']),
    subjects: z.array(z.string()).describe('The resources, nodes and addresses that it concerns.'),
    operation: z.string().optional().describe('The operation that failed, where it is about one.'),
    seen: z.string().describe('One line: which node reports what.'),
  })
  .meta({ id: 'finding' });

const result = z
  .strictObject({
    audit: z.string().describe('Its kind; docs/audits.md describes each.'),
    verdict: z.enum(['passed', 'unknown', 'failed', 'skipped']),
    seen: z.string(),
    findings: z.array(finding),
    next: z
      .array(z.strictObject({ command: z.string(), why: z.string() }))
      .describe('What to type about the findings; empty where there is none.'),
    expected: z.array(z.unknown()).max(0).describe('Always empty: only steps of a scenario expect violations.'),
  })
  .meta({ id: 'result' });

export const auditAnswer = answer('audit', 'The audits against a live lab', {
  instance: z.string().describe("The lab's name here."),
  at: z.string().describe('When the nodes were observed, ISO 8601.'),
  verdict: z
    .enum(['passed', 'unknown', 'failed', 'skipped'])
    .describe('The worst of all verdicts; failed outranks unknown.'),
  results: z.array(result).describe('One for each audit; of a cluster that is not idle only `settled`.'),
  observation: z
    .strictObject({
      at: z.string(),
      nodes: z.array(
        z.looseObject({
          node: z.string(),
          answered: z.boolean(),
          problems: z.record(z.string(), z.string()),
        }),
      ),
      arp: z.array(
        z.strictObject({
          address: z.string(),
          from: z.string(),
          macs: z.array(z.string()),
          problem: z.string().optional(),
        }),
      ),
    })
    .describe('What every node reported, as it was judged (src/model/observation.ts).'),
});

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
  run: z.string().describe('The run that injected it, or `manual`.'),
  fault,
};

/** A fault of the journal that is active, or may be. */
export const journalEntry = z.strictObject(entry);

export const faultAnswer = answer('fault', 'A fault that `halab fault inject` injected', {
  ...entry,
  others: z
    .array(journalEntry)
    .optional()
    .describe('The same fault on the other nodes that were named; absent where there are none.'),
  expectedBehaviour: z.string().optional().describe('How the cluster may react to it.'),
  targets: z
    .record(z.string(), z.string())
    .optional()
    .describe('Each role that was named, and the node that it meant.'),
  probes: z
    .array(probeAnswer)
    .optional()
    .describe('What a client saw, times counted from the start of the command; absent where nothing was measured.'),
  unanswered: z
    .array(z.string())
    .optional()
    .describe('Probes whose target did not answer before the fault either; nothing was measured of them.'),
});

export const healAnswer = answer('heal', 'What `halab heal` undid', {
  healed: z.array(journalEntry),
  failed: z.array(z.strictObject({ ...entry, error: z.string() })).describe('Still in the journal.'),
});

export const faultsAnswer = answer('faults', 'The kinds of faults', {
  faults: z.array(
    z.strictObject({
      kind: z.string(),
      needs: z.array(z.enum(ABILITIES)),
      possible: z.boolean().describe('Whether the backend has what it needs.'),
      summary: z.string(),
      expectedBehaviour: z.string().describe('How the cluster may react to it.'),
    }),
  ),
});

export const scenariosAnswer = answer('scenarios', 'The scenarios there are', {
  scenarios: z.array(
    z.strictObject({
      id: z.string(),
      title: textAnswer,
      summary: textAnswer.optional(),
      file: z.string(),
      sets: z.array(z.string()),
      lab: z
        .string()
        .optional()
        .describe(
          'The lab that it, or a scenario it requires, is made for; absent if any lab with what it needs will do.',
        ),
      haNodes: z.int().min(1).describe('The number of HA nodes that it needs.'),
      abilities: z
        .array(z.string())
        .describe('The abilities that the backend must have, including those for its faults.'),
      given: z.array(z.string()).describe('Scenarios that must pass first, in order.'),
      steps: z.int().min(0).describe('How many steps it has; of a script, as far as that is known without a lab.'),
    }),
  ),
});

const expectation = z
  .looseObject({
    kind: z.string(),
  })
  .meta({ id: 'expectation', description: 'As the scenario schema has it, targets as they were written.' });

const time = z
  .looseObject({
    source: z.string(),
  })
  .meta({ id: 'time', description: "A time written in the cluster's own constants." });

const expectedViolation = z
  .strictObject({
    audit: z.string(),
    of: z
      .array(z.string())
      .optional()
      .describe('Resources, nodes or addresses, roles as they were written; absent: whatever the audit finds.'),
    operation: z.string().optional().describe('Failures of this operation only.'),
    on: z.string().optional().describe('Of that operation, those on this node only; a role as it was written.'),
    because: textAnswer,
    optional: z
      .boolean()
      .optional()
      .describe('The violation may or may not occur; it is not reported when it does not.'),
  })
  .meta({ id: 'expectedViolation', description: 'A violation that an audit is expected to find after the step.' });

const step = z
  .looseObject({
    requires: z
      .array(z.string())
      .optional()
      .describe('Its set-ups, in order; it starts from the state that the last of them leaves.'),
    id: z.string(),
    title: textAnswer,
    say: textAnswer.optional(),
    hint: textAnswer.optional(),
    action: z.looseObject({
      kind: z.enum(['run', 'form', 'fault', 'heal', 'install', 'type', 'act', 'none']),
    }),
    unless: z.array(expectation),
    moment: z
      .strictObject({ when: z.array(expectation), within: time })
      .optional()
      .describe('The action waits until all of this holds at once.'),
    isAuditedWithNext: z.literal(true).optional().describe("The next step's audits judge it too."),
    expect: z.array(expectation),
    within: time,
    expectedViolations: z.array(expectedViolation),
    settle: time,
    probes: z.array(
      z.looseObject({
        id: z.string(),
        kind: z.enum(PROBE_KINDS),
        target: z.string().describe('An IPv4 address.'),
        from: z.looseObject({}),
        everyMs: z.number().min(0),
      }),
    ),
  })
  .meta({ id: 'step' });

const scenario = z
  .looseObject({
    asGiven: z.boolean().describe('Run only because another scenario requires it.'),
    skipped: z.string().optional().describe('Why it is not run here.'),
    id: z.string(),
    title: textAnswer,
    file: z.string().optional(),
    steps: z.array(step),
    given: z.array(z.string()),
    needs: z.looseObject({}).optional(),
    sets: z.array(z.string()).optional(),
    script: z
      .strictObject({
        certain: z.int().min(0).describe('How many of the steps it makes whatever the lab answers.'),
        openEnd: z.string().optional().describe('Why no more is known beforehand.'),
      })
      .optional()
      .describe('Present if a script makes the steps.'),
  })
  .meta({ id: 'scenario' });

export const planAnswer = answer('plan', 'What a run would do', {
  lab: z.string(),
  instance: z.string(),
  backend: z.string(),
  walk: z
    .strictObject({
      seed: z.int().min(0),
      faults: z.int().min(1).max(1000),
      given: z.array(z.string()),
    })
    .optional()
    .describe('With --random: the parameters of the walk. Its scenario is the last.'),
  warnings: z
    .array(
      z.strictObject({
        file: z.string(),
        line: z.int().min(1),
        column: z.int().min(1),
        message: z.string(),
        hint: z.string().describe('What to write instead.'),
      }),
    )
    .optional()
    .describe('What can be run, and is probably not meant; absent if there is nothing.'),
  scenarios: z.array(scenario),
});

export const plansAnswer = answer('plans', 'What a run would do in several labs', {
  plans: z.array(planAnswer),
});

export const runsAnswer = answer('runs', 'Several runs', {
  runs: z.array(runAnswer),
});
