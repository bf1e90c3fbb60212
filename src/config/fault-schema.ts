import { z } from 'zod';
import { LINK_DOWN_MEANS, LUN_TROUBLES, MOST_FAILURES, STACK_DAEMONS } from '../model/scenario.js';
import { addressSchema, targetSchema } from './expectation-schema.js';
import { strict, text } from './schema.js';

const link = text("a link's name such as eth1");
const daemon = z
  .enum(STACK_DAEMONS)
  .describe("By its name since pacemaker 2.0, without pacemaker-; older releases' names for it are found too.");

const onNode = <
  K extends 'power-off' | 'freeze' | 'cluster-stop' | 'standby' | 'maintenance' | 'target-stop' | 'initiator-cut',
>(
  kind: K,
) => strict({ kind: z.literal(kind), node: targetSchema });

/** docs/faults.md tells what each does. */
export const faultSchema = z
  .union([
    strict({
      kind: z.literal('link-down'),
      node: targetSchema,
      link,
      by: z
        .enum(LINK_DOWN_MEANS)
        .optional()
        .describe(
          "admin (default): set down in the node. carrier: the cable is pulled at its far end. drop-in, drop-out, drop: the node's packet filter drops what comes in, what goes out, or both.",
        ),
    }),
    strict({
      kind: z.literal('one-way-loss'),
      node: targetSchema.describe('Who no longer hears.'),
      from: targetSchema.describe('Whom it no longer hears.'),
      link: link.describe("The hearer's link."),
    }),
    onNode('power-off'),
    onNode('freeze'),
    strict({ kind: z.literal('daemon-kill'), node: targetSchema, daemon }),
    strict({ kind: z.literal('daemon-stop'), node: targetSchema, daemon }),
    onNode('cluster-stop'),
    onNode('standby'),
    onNode('maintenance'),
    strict({
      kind: z.literal('address-gone'),
      node: targetSchema,
      address: addressSchema.describe('One that the cluster manages.'),
    }),
    strict({
      kind: z.literal('failcount'),
      node: targetSchema,
      resource: text("a resource's id"),
      value: z.number().int().min(1).max(MOST_FAILURES).describe(`How many failures; ${MOST_FAILURES} is INFINITY.`),
    }),
    onNode('target-stop'),
    onNode('initiator-cut'),
    strict({
      kind: z.literal('lun-fault'),
      node: targetSchema,
      disk: text("a disk's name"),
      how: z
        .enum(LUN_TROUBLES)
        .describe(
          'read-only: writes are refused. io-error: everything fails. full: no space is left behind it. slow: ten operations a second.',
        ),
    }),
  ])
  .describe('A way to break the lab. It is written down before it is done, and undone at the end whatever happens.');

export type RawFault = z.infer<typeof faultSchema>;
