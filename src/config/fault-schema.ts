import { z } from 'zod';
import { strict, text } from '../fields/schema.js';
import { addressSchema, targetSchema } from '../fields/values.js';
import { DEFAULT_FULL_PATH, fullPathRefusal, MOST_WORKERS, processRefusal } from '../model/fault-limits.js';
import { CONTROLLER_FAILURES } from '../model/fencing.js';
import {
  LINK_DOWN_MEANS,
  LUN_TROUBLES,
  MOST_FAILURES,
  MOST_KILLS,
  type ServiceFaultKind,
  STACK_DAEMONS,
} from '../model/scenario.js';
import { isolateSchema, partitionSchema, ringSchema, shapeSchema } from './fault-schema-network.js';
import { DEFAULT_EVERY, everyWrong } from './repetition.js';
import { readSkew } from './skew.js';

const link = text("a link's name such as eth1");
const daemon = z
  .enum(STACK_DAEMONS)
  .describe("By its name since pacemaker 2.0, without pacemaker-; older releases' names for it are found too.");

const onNode = <
  K extends
    | 'power-off'
    | 'freeze'
    | 'cluster-stop'
    | 'standby'
    | 'maintenance'
    | 'reboot'
    | 'target-stop'
    | 'initiator-cut',
>(
  kind: K,
) => strict({ kind: z.literal(kind), node: targetSchema });

const onService = <K extends ServiceFaultKind>(kind: K) =>
  strict({
    kind: z.literal(kind),
    node: targetSchema,
    resource: text("a primitive's id").describe('A primitive of an ocf: agent or a systemd: unit.'),
  });

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
    strict({
      kind: z.literal('daemon-kill'),
      node: targetSchema,
      daemon,
      times: z.number().int().min(2).max(MOST_KILLS).optional().describe('How often; default is once.'),
      every: text('a time such as 5s', everyWrong)
        .optional()
        .describe(`From one kill to the next; default is ${DEFAULT_EVERY}.`)
        .meta({ examples: [DEFAULT_EVERY] }),
    }),
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
    partitionSchema,
    isolateSchema,
    ringSchema,
    shapeSchema,
    onNode('reboot'),
    strict({
      kind: z.literal('process-kill'),
      node: targetSchema,
      process: text("a process's name", processRefusal).describe('As `ps -o comm` shows it, such as nginx.'),
    }),
    onService('monitor-fail'),
    onService('start-fail'),
    onService('stop-hang'),
    strict({
      kind: z.literal('disk-full'),
      node: targetSchema,
      path: text('a folder', fullPathRefusal).optional().describe(`Default ${DEFAULT_FULL_PATH}.`),
    }),
    strict({
      kind: z.literal('cpu-load'),
      node: targetSchema,
      workers: z
        .number()
        .int()
        .min(1)
        .max(MOST_WORKERS)
        .optional()
        .describe('How many that each take a whole processor; as many as the lab gives the node where it is left out.'),
    }),
    strict({
      kind: z.literal('memory-load'),
      node: targetSchema,
      megabytes: z.number().int().min(1).describe('In MiB; less than the lab gives the node.'),
    }),
    strict({
      kind: z.literal('clock-skew'),
      node: targetSchema,
      by: text('how far the clock is off', (value) => {
        const skew = readSkew(value);
        return 'message' in skew ? skew : undefined;
      }).describe('Ahead (+5min) or behind (-30s); one second to 24 hours.'),
    }),
    strict({
      kind: z.literal('controller-fail'),
      node: targetSchema,
      how: z
        .enum(CONTROLLER_FAILURES)
        .describe('What is wrong with its management controller. lies: it says that the power is off, and it is not.'),
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
