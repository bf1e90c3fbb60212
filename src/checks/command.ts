import { z } from 'zod';
import type { ScenarioFields } from '../fields/scenario-fields.js';
import { strict } from '../fields/schema.js';
import { regex } from '../fields/values.js';
import { defined } from '../model/defined.js';
import { quoted } from '../model/state-text.js';
import type { Judgement } from '../model/verdict.js';
import type { CheckContext, StepCommand } from '../ports/check.js';
import type { ExecResult } from '../ports/transport.js';
import { defineCheck, type FieldsOf, passedIf } from './define-check.js';

const exitSchema = () =>
  strict({ exit: z.union([z.number().int().min(0).max(255), z.literal('nonzero')]) }).describe(
    "Exit code of the step's own command, on every node where it ran; 0 is implied.",
  );

export const exitCheck = defineCheck({
  kind: 'exit',
  schema: exitSchema,
  cost: 0,
  when: 'of-command',
  targets: () => [],
  implied: { kind: 'exit', exit: 0 },
  readsStatusText: false,
  describe: ({ exit }) => (exit === 'nonzero' ? 'the command fails' : `the command ends with exit code ${exit}`),
  observe: observeCommand,
  judge: ({ exit }, { commands }) =>
    judgeEach(commands, (command) => {
      const holds = exit === 'nonzero' ? command.exitCode !== 0 : command.exitCode === exit;
      const seen = `exit code ${command.exitCode} on ${command.node}`;
      return passedIf(holds, holds ? seen : `${seen}: ${endOf(outputOf(command))}`);
    }),
});

const outputSchema = ({ filled }: ScenarioFields) => {
  const texts = z.union([filled, z.array(filled).min(1)]);
  const parts = strict({ contains: texts.optional(), matches: regex.optional(), lacks: texts.optional() });
  return strict({ output: parts })
    .describe("Output of the step's own command, both streams, on every node where it ran.")
    .transform(({ output: { contains, matches, lacks } }) =>
      defined({ contains: listOf(contains), matches, lacks: listOf(lacks) }),
    );
};

function listOf<T>(given: T | readonly T[] | undefined): readonly T[] | undefined {
  return given === undefined ? undefined : ([given].flat() as readonly T[]);
}

type Output = FieldsOf<typeof outputSchema>;

export const outputCheck = defineCheck({
  kind: 'output',
  schema: outputSchema,
  cost: 0,
  when: 'of-command',
  targets: () => [],
  readsStatusText: false,
  describe({ contains, matches, lacks }) {
    const parts = [
      ...(contains?.length ? [`contains ${contains.map(quoted).join(', ')}`] : []),
      ...(matches === undefined ? [] : [`matches /${matches}/`]),
      ...(lacks?.length ? [`lacks ${lacks.map(quoted).join(', ')}`] : []),
    ];
    return `the output ${parts.join(' and ')}`;
  },
  observe: observeCommand,
  judge: (expectation, { commands }) =>
    judgeEach(commands, (command) => {
      const output = outputOf(command);
      const wrong = mismatches(expectation, output);
      if (wrong.length === 0) return { verdict: 'passed', seen: `output of ${command.node} is as expected` };
      return { verdict: 'failed', seen: `the output of ${command.node} ${wrong.join(' and ')}: ${endOf(output)}` };
    }),
});

/** In the pattern, `^` and `$` match at every line. */
function mismatches({ contains = [], matches, lacks = [] }: Output, output: string): readonly string[] {
  return [
    ...contains.filter((part) => !output.includes(part)).map((part) => `lacks ${quoted(part)}`),
    ...(matches === undefined || new RegExp(matches, 'm').test(output) ? [] : [`does not match /${matches}/`]),
    ...lacks.filter((part) => output.includes(part)).map((part) => `contains ${quoted(part)}`),
  ];
}

interface CommandObservation {
  readonly commands: readonly StepCommand[];
}

async function observeCommand(_expectation: unknown, { commands }: CheckContext): Promise<CommandObservation> {
  return { commands };
}

/** Every node must pass; the first that does not decides. */
function judgeEach(commands: readonly StepCommand[], judge: (command: StepCommand) => Judgement): Judgement {
  if (commands.length === 0) return { verdict: 'unknown', seen: 'the step ran no command' };
  const judgements = commands.map(judge);
  const wrong = judgements.find(({ verdict }) => verdict !== 'passed');
  return wrong ?? { verdict: 'passed', seen: judgements.map(({ seen }) => seen).join('; ') };
}

/** Both streams: pcs reports refusals on stderr. */
function outputOf({ stdout, stderr }: Pick<ExecResult, 'stdout' | 'stderr'>): string {
  return stdout === '' || stdout.endsWith('\n') ? stdout + stderr : `${stdout}\n${stderr}`;
}

const SHOWN = 200;

/** The end of the output on one line. */
function endOf(output: string): string {
  const line = output.trim().replace(/\s*\n\s*/g, ' | ');
  if (line === '') return 'no output';
  return line.length > SHOWN ? `…${line.slice(-SHOWN)}` : line;
}
