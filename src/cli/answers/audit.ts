import { z } from 'zod';

const finding = z
  .strictObject({
    verdict: z.enum(['unknown', 'failed']),
    subjects: z.array(z.string()).describe('Resources, nodes and addresses it is about.'),
    seen: z.string().describe('One line: who says what.'),
  })
  .meta({ id: 'finding' });

const result = z
  .strictObject({
    audit: z.string().describe('Its kind; docs/audits.md describes each.'),
    verdict: z.enum(['passed', 'unknown', 'failed', 'skipped']),
    seen: z.string(),
    findings: z.array(finding),
    expected: z.array(z.unknown()).max(0).describe('Always empty: only steps of a scenario expect violations.'),
  })
  .meta({ id: 'result' });

export const auditAnswer = z
  .strictObject({
    schema: z.literal('halab.audit/1'),
    instance: z.string().describe("The lab's name here."),
    at: z.string().describe('When the nodes were looked at, ISO 8601.'),
    verdict: z.enum(['passed', 'unknown', 'failed', 'skipped']).describe('The worst of all; failed outranks unknown.'),
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
      .describe('What every node said for itself, as it was judged (src/model/observation.ts).'),
  })
  .meta({ id: 'halab.audit/1', title: 'The audits against a live lab' });
