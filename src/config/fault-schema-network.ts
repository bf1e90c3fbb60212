import { z } from 'zod';
import { strict, text } from '../fields/schema.js';
import { targetSchema } from '../fields/values.js';
import { exampleOf, quantityWrong, type ShapingKey } from './shaping.js';

const everyLink = text("a link's name such as eth1")
  .optional()
  .describe('Default: every link that carries the cluster.');

const group = z.array(targetSchema).min(1).describe('Nodes that go on hearing one another.');

const quantity = (key: ShapingKey, description: string) =>
  text(`text such as ${exampleOf(key)}`, (word) => quantityWrong(key, word))
    .optional()
    .describe(description)
    .meta({ examples: [exampleOf(key)] });

/** Faults of the network between nodes, and of what one sends into it. */
export const partitionSchema = strict({
  kind: z.literal('partition'),
  groups: z
    .array(z.union([group, z.literal('rest')]))
    .min(2)
    .describe('Two or more. The last may be `rest`: every HA node that no other names.'),
  link: everyLink,
});

export const isolateSchema = strict({ kind: z.literal('isolate'), node: targetSchema, link: everyLink });

export const ringSchema = strict({
  kind: z.literal('ring'),
  nodes: z
    .array(targetSchema)
    .min(3)
    .optional()
    .describe('In order; each no longer hears the next. Default: the HA nodes in the order of the lab.'),
  link: everyLink,
});

export const shapeSchema = strict({
  kind: z.literal('shape'),
  node: targetSchema,
  link: text("a link's name such as eth1"),
  delay: quantity('delay', 'Of every packet.'),
  jitter: quantity('jitter', 'How much the delay varies, either way.'),
  loss: quantity('loss', 'How many packets are lost.'),
  duplicate: quantity('duplicate', 'How many packets come twice.'),
  corrupt: quantity('corrupt', 'How many packets have a bit turned over.'),
  rate: quantity('rate', 'No more than this goes out.'),
}).describe('What the node sends on the link. All but a rate by itself need the ability netem.');
