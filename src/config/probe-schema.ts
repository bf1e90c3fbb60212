import { z } from 'zod';
import { idSchema, strict, text } from '../fields/schema.js';
import { parseDurationMs } from '../fields/time-expression.js';
import { addressSchema, targetSchema } from '../fields/values.js';

const port = z.number().int().min(1).max(65_535);

const asked = {
  id: idSchema.optional().describe("What outage: { of: … } calls it; default is the step's id."),
  target: addressSchema,
  from: targetSchema.describe('From whose seat.'),
  every: text('a time such as 20ms', (value) => {
    const ms = parseDurationMs(value);
    if (ms !== undefined && ms >= 1 && ms <= 10_000) return undefined;
    return { message: `'${value}' is not an interval for a probe`, hint: 'write a time from 1ms to 10s, such as 20ms' };
  }).meta({ examples: ['20ms'] }),
  resource: text("a resource's id")
    .optional()
    .describe('Whose start the outage is broken down by; default is the resource that has the address.'),
};

const probeSchema = z
  .union([
    strict({ kind: z.literal('ping'), ...asked }).describe('ICMP echo requests.'),
    strict({ kind: z.literal('arp'), ...asked }).describe('ARP requests; tells which MAC address answers.'),
    strict({ kind: z.literal('tcp'), ...asked, port }).describe('Connections.'),
    strict({
      kind: z.literal('http'),
      ...asked,
      port: port.optional().describe('Default 80.'),
      path: text('a path such as /', (value) =>
        /^\/[!-~]*$/.test(value) ? undefined : { message: `'${value}' is not a path`, hint: 'begin it with /' },
      )
        .optional()
        .describe('Default /.'),
    }).describe('GET requests; the header X-Node, or else the first line of the body, says who answered.'),
    strict({ kind: z.literal('writer'), ...asked, port: port.optional().describe('Default 8080.') }).describe(
      'Numbered records for the recorder (install: recorder), read back when the probe has ended.',
    ),
  ])
  .describe("Asks from the client's seat during the whole step; started before the step's action.");

/** One probe or several. docs/probes.md tells how each measures. */
export const probesSchema = z.union([probeSchema, z.array(probeSchema).min(1)]);

export type RawProbe = z.infer<typeof probeSchema>;
