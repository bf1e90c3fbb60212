import { z } from 'zod';
import { strict } from '../fields/schema.js';
import { addressSchema, regex, targetSchema, timeSchema, word } from '../fields/values.js';
import { CONSTRAINT_TYPES, MOST_FAILURES, PHASES } from '../model/scenario.js';

const NODE_CONDITIONS = ['online', 'offline', 'standby', 'maintenance', 'pending', 'unclean'] as const;
const RESOURCE_CONDITIONS = ['started', 'stopped', 'promoted', 'unpromoted', 'absent', 'present'] as const;

const seenFrom = z
  .union([z.literal('majority'), targetSchema])
  .optional()
  .describe('From whose seat: majority (default) is any member of the partition with quorum; or a target; or all.');
const texts = z.union([word, z.array(word).min(1)]);
const count = z.number().int().min(0).max(1_000_000);
const SUBJECTS = {
  node: strict({ node: targetSchema, is: z.enum(NODE_CONDITIONS), 'seen-from': seenFrom }).describe(
    'State of one node.',
  ),
  nodes: strict({ nodes: z.literal('all'), are: z.enum(NODE_CONDITIONS), 'seen-from': seenFrom }).describe(
    'State of every ha node.',
  ),
  resource: strict({
    resource: word,
    is: z.enum(RESOURCE_CONDITIONS),
    on: targetSchema.optional(),
    'not-on': targetSchema.optional(),
    'seen-from': seenFrom,
  }).describe('State of a resource, and where it is or is not.'),
  address: strict({
    address: addressSchema,
    'on-exactly': z.number().int().min(0).max(32),
    on: targetSchema.optional(),
    'not-on': targetSchema.optional(),
  }).describe("On how many nodes' interfaces the address is, read from every node."),
  quorum: strict({ quorum: z.boolean(), 'seen-from': seenFrom }).describe('Whether the partition has quorum.'),
  dc: strict({ dc: z.enum(['agreed', 'none']), 'seen-from': seenFrom }).describe(
    'Whether all name the same DC, or none is known.',
  ),
  daemons: strict({ daemons: z.record(z.string(), word) }).describe(
    'Daemon to active/enabled as `pcs status` prints it, on every ha node.',
  ),
  property: strict({ property: word, is: z.union([word, z.boolean(), z.number(), z.null()]) }).describe(
    'A cluster property; unset for not set.',
  ),
  warning: strict({ warning: word, is: z.enum(['present', 'absent']) }).describe(
    'Whether `pcs status` warns of this; case does not matter.',
  ),
  ssh: strict({ ssh: addressSchema, from: targetSchema, 'lands-on': targetSchema }).describe(
    'Logs in to an address and looks where the session lands.',
  ),
  outage: strict({
    outage: strict({
      of: word,
      below: timeSchema,
      phase: z.enum(PHASES).optional().describe('One part of it alone, as the journals of the nodes tell.'),
    }),
  }).describe('The longest outage that a probe saw, by its id.'),
  writes: strict({
    writes: strict({
      of: word,
      lost: count.optional().describe('Acknowledged and not there. Default 0.'),
      doubled: count.optional().describe('There more than once. Default 0.'),
    }),
  }).describe("What became at most of a writer's records, by the probe's id."),
  'answered-by': strict({ 'answered-by': strict({ of: word, node: targetSchema }) }).describe(
    'Which node answered a probe (http, writer) last, by its id.',
  ),
  fenced: strict({
    fenced: targetSchema,
    is: z.enum(['success', 'failed']).optional().describe('Default success.'),
    before: word.optional().describe('A resource that may have been started elsewhere only after that.'),
  }).describe(
    'Whether the node was fenced since the scenario began, by the word of the cluster; or was to be, in vain.',
  ),
  exit: strict({ exit: z.union([z.number().int().min(0).max(255), z.literal('nonzero')]) }).describe(
    "Exit code of the step's own command, on every node that it ran on; 0 is implied.",
  ),
  output: strict({
    output: strict({ contains: texts.optional(), matches: regex.optional(), lacks: texts.optional() }),
  }).describe("Output of the step's own command, both streams, on every node that it ran on."),
  agent: strict({
    agent: word,
    requires: z.array(word).min(1).optional(),
    knows: z.array(word).min(1).optional(),
    operations: z.record(z.string(), z.record(z.string(), word)).optional(),
  }).describe("What a resource agent's metadata says: required parameters, known ones, default operations."),
  failcount: strict({
    failcount: word,
    on: targetSchema.optional(),
    is: z.number().int().min(0).max(MOST_FAILURES).optional(),
    'at-least': z.number().int().min(1).max(MOST_FAILURES).optional(),
  }).describe(
    `How many failures of a resource the cluster has counted, on one node or on all together; ${MOST_FAILURES} is INFINITY.`,
  ),
  constraint: strict({
    constraint: word.describe("A resource's id, or the constraint's own."),
    type: z.enum(CONSTRAINT_TYPES).optional(),
    on: targetSchema.optional().describe('The node that a location constraint names.'),
    is: z.enum(['present', 'absent']),
  }).describe('Whether the CIB has a constraint of this resource.'),
  untouched: strict({
    untouched: word.describe('A resource, a group or a clone; all for every resource.'),
    since: word.optional().describe('The step, this one or an earlier one, since whose beginning. Default: this step.'),
  }).describe(
    "No start, stop, promotion, demotion or migration on any node, by the nodes' own journals, and the cluster has none in mind.",
  ),
} as const;

type Simple = { [K in keyof typeof SUBJECTS]: z.infer<(typeof SUBJECTS)[K]> }[keyof typeof SUBJECTS];
export type RawExpectation = Simple | { 'any-of': RawExpectation[][] };

const anyOf: z.ZodType<{ 'any-of': RawExpectation[][] }> = strict({
  get 'any-of'() {
    return z.array(z.array(expectationSchema).min(1)).min(2);
  },
}).describe('Legal outcomes: one of the lists must hold whole.');

/** One thing that must hold; the subject's key tells which kind it is. */
export const expectationSchema: z.ZodType<RawExpectation> = z
  .union([...Object.values(SUBJECTS), anyOf] as unknown as readonly [
    z.ZodType<RawExpectation>,
    ...z.ZodType<RawExpectation>[],
  ])
  .meta({ id: 'expectation', description: 'One thing that must hold before the deadline of the step.' });
