import { z } from 'zod';
import { EXPLANATIONS } from '../../diagnosis/explain.js';
import { SEVERITIES } from '../../diagnosis/item.js';
import { LANGUAGES } from '../../model/text.js';
import { answer } from './answer.js';
import { clusterStateAnswer } from './cluster-state.js';
import { journalEntry } from './runs.js';

const CODES = Object.keys(EXPLANATIONS) as (keyof typeof EXPLANATIONS)[];

const item = z
  .strictObject({
    code: z.enum(CODES),
    severity: z.enum(SEVERITIES),
    subject: z
      .strictObject({
        kind: z.enum(['reading', 'cluster', 'node', 'resource', 'daemon', 'ticket']),
        names: z.array(z.string()),
      })
      .describe('`names` is empty where there is only one of its kind.'),
    payload: z.looseObject({}).describe('The parameters of the code; src/diagnosis/item.ts lists them for each.'),
    causedBy: z
      .enum(CODES)
      .optional()
      .describe('The code of the cause, which stands above it; a consequence is not counted as a problem or warning.'),
    title: z.string(),
    means: z.string(),
    next: z.array(
      z.strictObject({
        command: z.string(),
        why: z.string(),
      }),
    ),
    cause: z.string().optional().describe('The likely cause; absent where the state does not show one.'),
    lines: z.array(z.string()).optional().describe('Lines of the input, unchanged.'),
  })
  .meta({ id: 'item', description: 'One statement about the state, its text in the requested language.' });

const verdict = z
  .enum(['unknown', 'trouble', 'risk', 'incomplete', 'fine'])
  .describe(
    '`unknown`: there is no state to judge; `incomplete`: no sign of trouble, but parts of the state are missing.',
  );

const view = z.strictObject({
  reportedBy: z.array(z.string()).describe('The nodes that report this view.'),
  verdict,
  headline: z.string(),
  facts: z.string().describe('Name, DC, quorum, nodes and resources in one line.'),
  items: z.array(item).describe('Problems first.'),
  placements: z
    .array(
      z.strictObject({
        resource: z.string(),
        nodes: z.array(z.string()),
        forMs: z
          .int()
          .optional()
          .describe('How long it has been active there, by the operations that the cluster keeps.'),
        atLeast: z.boolean().optional().describe('It was found running then, and may have started earlier.'),
      }),
    )
    .optional()
    .describe('Where each resource is active; only of labs.'),
});

const session = z
  .strictObject({
    outputs: z.int().describe('How many outputs the text holds; `state` and `items` are those of the last.'),
    split: z.array(z.array(z.string())).describe('Pairs of nodes that each report the other as lost.'),
    views: z.array(view).describe('Every output that is explained, the last one last.'),
    since: z
      .strictObject({
        node: z.string().optional().describe('Who printed the earlier output.'),
        updatedAt: z.string().optional().describe('When, as printed.'),
        typed: z.array(z.string()).describe('Commands between the two.'),
        changes: z.array(z.string()).describe("What differs, in pacemaker's words."),
      })
      .optional()
      .describe('The output before, if it is of the same cluster.'),
  })
  .meta({ id: 'session', description: 'Several outputs in one text.' });

export const statusFromAnswer = answer(
  'status-from',
  'The diagnosis of an output of pcs status, crm_mon or crm status',
  {
    source: z.strictObject({
      from: z.string().describe('The file as it was given; `-` for stdin.'),
      kind: z.enum(['text', 'xml']),
    }),
    language: z.enum(LANGUAGES),
    verdict,
    headline: z.string(),
    facts: z.string().describe('Name, DC, quorum, nodes and resources in one line; empty if none of it is known.'),
    items: z.array(item).describe('Problems first, then warnings, notes, and what is well.'),
    session: session.optional().describe('Only where the text holds several outputs.'),
    state: clusterStateAnswer,
  },
);

const reading = z
  .strictObject({
    node: z.string(),
    at: z.string(),
    state: clusterStateAnswer.optional().describe("By crm_mon's XML."),
    text: z.string().optional(),
    textState: clusterStateAnswer.optional().describe('By the text of pcs status.'),
    problem: z
      .strictObject({ kind: z.enum(['cluster-down', 'unreachable', 'unreadable']), message: z.string() })
      .optional(),
  })
  .meta({ id: 'reading' });

const node = z.strictObject({
  node: z.string(),
  state: z.enum(['running', 'stopped', 'frozen', 'absent']),
  owner: z
    .strictObject({ kind: z.string(), pid: z.int().optional(), unit: z.string().optional() })
    .optional()
    .describe('What keeps the node running after halab has ended.'),
});

export const statusAnswer = answer('status', 'The labs on this machine', {
  labs: z.array(
    z.strictObject({
      instance: z.string(),
      backend: z.string(),
      lab: z.string(),
      state: z.enum(['up', 'partial', 'down', 'absent']),
      image: z.string().optional(),
      imageHash: z.string().optional(),
      nodes: z.array(node),
      at: z.string().optional().describe('When the nodes were asked, ISO 8601.'),
      faults: z.array(journalEntry).optional().describe('Faults that are active, or may be.'),
      cluster: z.array(reading).optional().describe('What each running HA node reports about the cluster.'),
      views: z
        .array(view)
        .optional()
        .describe(
          'The same, grouped: each different view once, with its diagnosis. If there are two views or more, the nodes do not agree, or are not of one cluster.',
        ),
    }),
  ),
  remains: z
    .array(z.string())
    .optional()
    .describe('Labs of which something is left although halab has no record of them.'),
});
