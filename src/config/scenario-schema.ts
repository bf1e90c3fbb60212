import { z } from 'zod';
import { expectationSchema, type WrittenExpectation } from '../checks/index.js';
import { checked, ipv6Wrong, type ScenarioFields } from '../fields/scenario-fields.js';
import { idSchema as id, oneByKey, parsed, strict, text } from '../fields/schema.js';
import { parseDurationMs } from '../fields/time-expression.js';
import { regex, time } from '../fields/values.js';
import { ABILITIES, FORMATION_STAGES, INSTALLABLES } from '../model/scenario.js';
import { scriptArgv } from '../model/script.js';
import { exerciseSchema, taskFields } from './exercise-schema.js';
import { expectedViolationsSchema } from './expected-violations.js';
import { faultSchema } from './fault.js';

export const DEFAULT_SETTLE = '30s';
export const DEFAULT_MOMENT = '30s';

const port = z.number().int().min(1).max(65_535);

const interval = parsed({ what: 'a time', example: '20ms' }, (value) => {
  const ms = parseDurationMs(value);
  if (ms !== undefined && ms >= 1 && ms <= 10_000) return ms;
  return { message: `'${value}' is not an interval for a probe`, hint: 'write a time from 1ms to 10s, such as 20ms' };
});

const httpPath = text('a path such as /', (value) =>
  /^\/[!-~]*$/.test(value) ? undefined : { message: `'${value}' is not a path`, hint: 'begin it with /' },
);

/** One probe or several. docs/probes.md describes how each measures. */
function probesSchema({ target, address }: ScenarioFields) {
  const asked = {
    id: id.optional().describe("The name that outage: { of: … } uses; default is the step's id."),
    target: checked(address, (to) => ipv6Wrong(to, 'probes ask IPv4 addresses', 'let a step run ping -6 on {client}')),
    from: target.describe('The node that asks.'),
    every: interval,
    resource: text("a resource's id")
      .optional()
      .describe('The resource whose start divides the outage in the report; default is the one that has the address.'),
  };
  const probe = z
    .union([
      strict({ kind: z.literal('ping'), ...asked }).describe('ICMP echo requests.'),
      strict({ kind: z.literal('arp'), ...asked }).describe('ARP requests; reports which MAC address answers.'),
      strict({ kind: z.literal('tcp'), ...asked, port }).describe('Connections.'),
      strict({
        kind: z.literal('http'),
        ...asked,
        port: port.default(80).describe('Default 80.'),
        path: httpPath.default('/').describe('Default /.'),
      }).describe('GET requests; the header X-Node, or else the first line of the body, names the node that answered.'),
      strict({ kind: z.literal('writer'), ...asked, port: port.default(8080).describe('Default 8080.') }).describe(
        'Numbered records for the recorder (install: recorder), read back when the probe has ended.',
      ),
    ])
    .describe("Sends requests as a client would during the whole step; starts before the step's action.");
  return z.union([probe.transform((one) => [one]), z.array(probe).min(1)]);
}

function runSchema({ targets, argument, command, script }: ScenarioFields) {
  return oneByKey({ what: 'key', keys: ['argv', 'command', 'shell'] }, [
    strict({ on: targets, argv: z.array(argument).min(1) }),
    strict({ on: targets, command }).transform(({ on, command: argv }) => ({ on, argv })),
    strict({ on: targets, shell: script }).transform(({ on, shell }) => ({ on, argv: scriptArgv(shell) })),
  ]).describe(
    'What runs on a node: a command without a shell, as a list (argv) or as one line split on blanks and simple quotes (command); or a script of bash that ends at the first command that fails (shell). {address vip}, {prefix vip}, {cluster} and roles such as {holder of vip} are filled in.',
  );
}

const jsonPath = text('a place in JSON such as nodes[0].name', (value) =>
  /^(?:[\w-]+|\[\d+\])(?:\.[\w-]+|\[\d+\])*$/.test(value)
    ? undefined
    : { message: `'${value}' is not a place in JSON`, hint: 'write keys and indices: nodes[0].name' },
);

const saveSchema = z
  .record(
    id,
    z.union([
      regex.transform((pattern) => ({ kind: 'match' as const, pattern })),
      strict({ json: jsonPath }).transform(({ json: path }) => ({ kind: 'json' as const, path })),
    ]),
  )
  .describe(
    'Values taken from what the command printed, on its first node: { pid: "Main PID: (\\d+)" } is what the first group of the pattern matches, { pid: { json: nodes[0].pid } } a place in JSON. {value pid} is that value in the commands of later steps.',
  );

function keepsSchema({ target }: ScenarioFields) {
  return z
    .record(id, target)
    .describe(
      'Nodes that are kept under a name: { victim: "{any other than dc}" } is resolved when the step starts, and {as victim} is that node in this step and all after it.',
    );
}

export function stepSchema(fields: ScenarioFields) {
  const expectations = z.array(expectationSchema(fields));
  return strict({
    id,
    title: fields.text.optional().describe('Default is the id.'),
    say: fields.text.optional().describe('What happens here and why, for those who follow the run.'),
    hint: fields.text.optional().describe('What to look at when the step does not pass.'),
    as: keepsSchema(fields).optional(),
    run: runSchema(fields).optional(),
    save: saveSchema.optional(),
    form: z
      .enum(FORMATION_STAGES)
      .optional()
      .describe('One stage of forming the cluster; each checks whether anything is left to do.'),
    fault: faultSchema(fields.lab).optional(),
    heal: id.optional().describe('Undoes the fault of an earlier step, by its id.'),
    install: z
      .enum(INSTALLABLES)
      .optional()
      .describe('Installs a program of halab on every HA node: recorder is the service behind ocf:halab:recorder.'),
    unless: expectations.min(1).optional().describe('If all of this holds already, the action is left out.'),
    when: expectations
      .min(1)
      .optional()
      .describe('The action waits for the moment at which all of this holds, such as a resource that is starting.'),
    'when-within': time
      .optional()
      .describe(
        `Deadline for when. If the moment has not come by then, nothing is done and the step does not pass. Default ${DEFAULT_MOMENT}.`,
      ),
    probe: probesSchema(fields).optional(),
    expect: expectations.optional().describe('What must hold at the same time before the deadline.'),
    within: time.prefault('30s').describe('Deadline for expect, from the end of the action. Default 30s.'),
    ...taskFields(fields, expectations),
    'expected-violations': expectedViolationsSchema(fields)
      .optional()
      .describe('Violations that audits are expected to find after this step; one that is not found is reported.'),
    audit: z
      .literal('with-next')
      .optional()
      .describe(
        'The step leaves the cluster in the middle of something, so it is audited together with the next one. If it does not pass, it is audited at once.',
      ),
    settle: time
      .prefault(DEFAULT_SETTLE)
      .describe('Deadline for the cluster to become idle after the step, before it is audited. Default 30s.'),
  });
}

const needsSchema = strict({
  lab: text("a lab's name")
    .optional()
    .describe('The lab that the scenario is made for. Default: any that meets its needs (linuxha, or --lab).'),
  abilities: z
    .array(z.enum(ABILITIES))
    .default([])
    .describe('What the backend must be able to do; what the faults need is added automatically.'),
  'ha-nodes': z.number().int().min(1).max(32).default(1).describe('How many ha nodes the lab must have. Default 1.'),
  addresses: z
    .number()
    .int()
    .min(0)
    .max(32)
    .default(0)
    .describe('How many floating addresses the lab must have; {address} is the first of them. Default 0.'),
  client: z
    .boolean()
    .default(false)
    .describe(
      'Whether the lab must have a node outside the cluster: {client}, of role client or storage. Default false.',
    ),
});

/** A scenario file. What its steps must be to each other is in scenario-checks.ts. */
export function scenarioSchema(fields: ScenarioFields) {
  return strict({
    id,
    title: fields.text,
    summary: fields.text.optional(),
    sets: z.array(text("a set's name")).default([]).describe('Named selections that it belongs to: ci, nightly …'),
    needs: needsSchema
      .prefault({})
      .describe('If the backend or the lab lacks any of this, the scenario is skipped, and the report says why.'),
    given: z.array(id).default([]).describe('Scenarios that must have passed before, in order.'),
    exercise: exerciseSchema(fields).optional(),
    steps: z.array(stepSchema(fields)).min(1),
  }).meta({
    title: 'halab scenario',
    description: 'Steps that inject faults into a lab and state what must hold afterwards.',
  });
}

export type RawScenario = z.input<ReturnType<typeof scenarioSchema>>;
export type RawStep = RawScenario['steps'][number];
export type RawExpectation = WrittenExpectation;

export type ReadScenario = z.output<ReturnType<typeof scenarioSchema>>;
export type ReadStep = ReadScenario['steps'][number];
