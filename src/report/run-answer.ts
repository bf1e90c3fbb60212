import { z } from 'zod';
import { AUDITS, FAILING_OPERATIONS } from '../model/audit.js';
import { PHASES, PROBE_KINDS } from '../model/scenario.js';
import { LANGUAGES, type Language } from '../model/text.js';

/** In ms. */
const length = z.number().min(0);
const count = z.int().min(0);

const residue = z
  .strictObject({
    resources: z.array(z.string()),
    constraints: z.array(z.string()),
    properties: z.array(z.string()),
    nodes: z.array(z.string()),
    sections: z.array(z.string()),
    failures: z.array(z.string()),
    attributes: z.array(
      z.strictObject({
        node: z.string(),
        name: z.string(),
      }),
    ),
    fencings: z.array(z.string()),
  })
  .meta({ id: 'residue', description: 'What was added, removed or changed, by name.' });

const restored = z
  .strictObject({
    after: z.string().describe('The scenario that had changed the lab since.'),
    before: z.string().describe('The scenario that came next.'),
    to: z.string().describe('The set-up whose state was restored: the last one that the next scenario requires.'),
    residue,
    broughtBack: z.array(z.string()).describe('Nodes that were not in the cluster.'),
    recreated: z.string().optional().describe('Why the whole lab was recreated.'),
    durationMs: length,
  })
  .meta({ id: 'restored' });

const translations = Object.fromEntries(
  LANGUAGES.map((language) => [language, language === 'en' ? z.string() : z.string().optional()]),
) as { readonly [L in Language]: L extends 'en' ? z.ZodString : z.ZodOptional<z.ZodString> };

export const textAnswer = z
  .strictObject(translations)
  .meta({ id: 'text', description: 'Text by language; English is always there.' });

const verdict = z.enum(['passed', 'unknown', 'failed', 'skipped']).meta({ id: 'verdict' });

const check = z
  .strictObject({
    expected: z.string(),
    verdict: z.enum(['passed', 'unknown', 'failed']),
    seen: z.string(),
    evidence: z.array(z.string().describe("Path below the run's folder.")),
  })
  .meta({ id: 'check' });

const breakdown = z
  .strictObject({
    resource: z.string().optional().describe('Whose start is meant.'),
    beganMs: z.number().describe("The first failed request, or the end of the step's action if that was before."),
    phases: z.array(
      z.strictObject({
        phase: z.enum(PHASES),
        atMs: z.number(),
        durationMs: length,
        uncertainMs: length,
        node: z.string().optional().describe('Whose journal tells.'),
        source: z.string().describe('The line of the journal.'),
      }),
    ),
    missing: z.array(
      z.strictObject({
        phase: z.enum(PHASES),
        why: z.enum(['not-found', 'not-fenced', 'no-resource']),
      }),
    ),
    unread: z.array(z.string()).describe('Nodes whose journal could not be read.'),
    startReportedAfterMs: length.optional().describe('How long after the first answer the start was reported.'),
    clocks: z
      .array(
        z.strictObject({
          node: z.string(),
          offsetMs: z.number(),
          uncertainMs: length,
        }),
      )
      .describe('Empty where all nodes share one clock.'),
  })
  .meta({ id: 'breakdown', description: 'What the longest outage consisted of, by the journals of the nodes.' });

export const probeAnswer = z
  .strictObject({
    probe: z.string(),
    kind: z.enum(PROBE_KINDS),
    target: z.string().describe('An IPv4 address.'),
    sent: count,
    answered: count,
    everyMs: length,
    largestGapMs: length.describe('The longest the probe itself was not scheduled; outages are known no better.'),
    ran: z.strictObject({ fromMs: z.number(), toMs: z.number() }).optional().describe('When it began and ended.'),
    windows: z.array(
      z.strictObject({
        fromMs: z.number(),
        toMs: z.number(),
        durationMs: length,
        ended: z.boolean(),
        atLeastMs: length.optional().describe('From the first failed request to the last one.'),
        atMostMs: length.optional().describe('From the last answered request before to the first answer after.'),
      }),
    ),
    answeredBy: z
      .array(
        z.strictObject({
          who: z.string().describe('A node (http, writer) or a MAC address (arp).'),
          fromMs: z.number(),
          toMs: z.number(),
          answers: z.int().min(1),
        }),
      )
      .optional()
      .describe('Who answered, in stretches; absent where answers do not say.'),
    writes: z
      .strictObject({
        acknowledged: count,
        lost: z.array(z.int()).describe('Acknowledged and not there, by number.'),
        doubled: z.array(z.int()).describe('There more than once, by number.'),
        unacknowledged: count.describe('There, and never acknowledged.'),
        problem: z.string().optional().describe('Why nothing could be read back.'),
      })
      .optional()
      .describe("What became of a writer's records, read back after the probe had ended."),
    breakdown: breakdown.optional(),
  })
  .meta({ id: 'probe' });

const finding = z
  .strictObject({
    verdict: z.enum(['failed', 'unknown']),
    subjects: z.array(z.string()).describe('Resources, nodes and addresses that an expected violation may name.'),
    operation: z.string().optional().describe('The operation that failed, where it is about one.'),
    seen: z.string(),
  })
  .meta({ id: 'finding' });

const audit = z
  .strictObject({
    audit: z.enum(AUDITS),
    verdict,
    seen: z.string().describe('What was seen, in a line; of a skipped one why.'),
    findings: z.array(finding).describe('Those that no expected violation covers.'),
    expected: z
      .array(
        z.strictObject({
          because: textAnswer,
          of: z.array(z.string()).optional().describe('Absent: whatever the audit finds.'),
          operation: z.enum(FAILING_OPERATIONS).optional().describe('Failures of this operation only.'),
          on: z.string().optional().describe('Of that operation, those on this node only.'),
          findings: z.array(finding).describe('Empty: expected and not found.'),
        }),
      )
      .describe('What the step declared, and what of it came true.'),
  })
  .meta({ id: 'audit' });

const stepAudits = z
  .strictObject({
    skipped: z.string().optional().describe('Why none was made.'),
    results: z.array(audit),
    durationMs: length.describe(
      "Waiting until the cluster was idle, looking, and judging; not in the step's own duration.",
    ),
    settledAfterMs: length.describe('Of it, waiting until the cluster was idle.'),
    evidence: z.array(z.string().describe("Path below the run's folder.")),
  })
  .meta({
    id: 'stepAudits',
    description: 'Absent where nothing was audited: audits were off, or the step was not run to its end.',
  });

const step = z
  .strictObject({
    step: z.string(),
    title: textAnswer,
    verdict,
    reason: z.string().optional(),
    durationMs: length,
    checks: z.array(check),
    targets: z.record(z.string(), z.string()).describe('Role as written in the scenario, to the node it stood for.'),
    probes: z.array(probeAnswer).optional().describe('In the order of the scenario; absent where the step has none.'),
    outageMs: length
      .optional()
      .describe(
        "The longest window of all the step's probes; 0 where nothing was lost, absent where its length is not known.",
      ),
    audits: stepAudits.optional(),
    constants: z.record(z.string(), z.number()).optional().describe("The live cluster's time constants."),
  })
  .meta({ id: 'step' });

const scenario = z
  .strictObject({
    scenario: z.string(),
    title: textAnswer,
    asGiven: z.boolean().describe('True for a scenario that only prepared another one.'),
    verdict,
    reason: z.string().optional(),
    durationMs: length,
    steps: z.array(step),
  })
  .meta({ id: 'scenario' });

const fault = z
  .strictObject({
    id: z.string(),
    fault: z.looseObject({ kind: z.string() }),
    state: z.enum(['journalled', 'injected', 'healed', 'notHealed']),
    error: z.string().optional(),
    injectedAtMs: length.optional(),
    healedAtMs: length.optional(),
  })
  .meta({ id: 'fault' });

export const runAnswer = z
  .strictObject({
    schema: z.literal('halab.run/1'),
    run: z.string(),
    verdict,
    reason: z.string().optional().describe('Why the run did not pass, in one line.'),
    finished: z.boolean().describe('False where the events end before the run did.'),
    durationMs: length,
    lab: z.string(),
    instance: z.string().optional(),
    backend: z.string(),
    image: z.string(),
    imageHash: z.string().optional(),
    stack: z
      .strictObject({ sources: z.array(z.string()), packages: z.record(z.string(), z.string()) })
      .optional()
      .describe('Packages under test: what they were asked from, and each with its version.'),
    seed: z.number().optional(),
    folder: z.string().describe("Path of the run's folder."),
    outage: z
      .strictObject({
        scenario: z.string(),
        step: z.string(),
        probe: z.string(),
        durationMs: length,
        ended: z.boolean().describe('False while no answer had come back when the probe ended.'),
        known: z
          .boolean()
          .describe(
            'False where the probe was held up so long at an edge of it that the duration is no number to stand by.',
          ),
      })
      .optional()
      .describe('The longest outage that any probe of the run measured.'),
    audits: z
      .strictObject({
        on: z.boolean().describe('False with --no-audits.'),
        steps: count.describe('After how many steps audits were made.'),
        stepsWithout: count.describe('After how many steps none could be made.'),
        held: count,
        broken: count,
        unknown: count,
        expected: count.describe('Broken as their steps had declared, and in no other way.'),
        skipped: count,
        expectedNotFound: count.describe('Violations that were expected and not found.'),
        durationMs: length.describe('Looking and judging.'),
        settlingMs: length.describe('Waiting until the cluster was idle.'),
      })
      .optional()
      .describe('The audits of all steps together; absent in runs from before there were audits.'),
    scenarios: z.array(scenario),
    stages: z.array(
      z.strictObject({
        stage: z.string(),
        title: z.string(),
        durationMs: length.optional(),
        error: z.string().optional(),
      }),
    ),
    faults: z.array(fault),
    slowness: z
      .array(
        z.strictObject({
          factor: z.number().min(1).describe('How many times slower than hardware the nodes count as from then on.'),
          samples: z.array(z.number()).min(1).describe('One, or three of which the middle one counts.'),
          before: z.string().optional().describe('The scenario that came next; absent if a lab had just been made.'),
          was: z.number().optional().describe('The factor until then, if it changed.'),
          atMs: length.optional().describe('Since the run began.'),
        }),
      )
      .optional()
      .describe(
        'When the speed of the nodes was measured, and what it was; every wait for work is longer by the factor.',
      ),
    warnings: z.array(z.string()),
    walk: z
      .strictObject({
        seed: count,
        faults: z.int().min(1).max(1000),
        given: z.array(z.string()),
        file: z.string().describe("The walk as a scenario file, in the run's folder."),
        shrunk: z
          .strictObject({
            stopped: z
              .strictObject({
                step: z.string(),
                what: z.string(),
                faults: z.int().min(1),
              })
              .describe('What stopped the walk, and after how many of its faults.'),
            tries: z.array(
              z.strictObject({
                faults: z.array(z.int().min(1)).min(1).describe('Numbers of faults of the walk, from 1.'),
                outcome: z
                  .enum(['alike', 'otherwise', 'passed', 'inconclusive'])
                  .describe(
                    'alike: stopped by the same audit or the same part of a step. inconclusive: for example, its lab did not come up.',
                  ),
                seen: z.string().optional().describe('What stopped it, or why the result is inconclusive.'),
                durationMs: length,
                folder: z.string().optional(),
              }),
            ),
            cutShort: z
              .enum(['runs', 'time', 'interrupted'])
              .optional()
              .describe('Why no more was tried, where more could have been.'),
            shortest: z
              .strictObject({
                faults: z.array(z.int().min(1)).min(1).describe('Numbers of faults of the walk, from 1.'),
                file: z.string().describe('It as a scenario file.'),
                command: z.string().describe('How to run it again.'),
              })
              .optional()
              .describe('The shortest that is known to fail alike; absent where nothing that was run again did.'),
          })
          .optional()
          .describe('What was run again after the walk had failed.'),
      })
      .optional()
      .describe(
        'Of --random: what was drawn, and what became of it where it failed. In what the command prints, not in summary.json.',
      ),
    restored: z
      .array(restored)
      .optional()
      .describe('What was restored between scenarios, so that each finds the lab as its set-up leaves it.'),
  })
  .meta({
    id: 'halab.run/1',
    title: 'A run of halab',
    description: "Printed by `halab run --json` and kept as summary.json in the run's folder. Times are milliseconds.",
  });
