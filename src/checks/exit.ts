import { z } from 'zod';
import { strict } from '../fields/schema.js';
import { endOf, judgeEach, observeCommand, outputOf } from './command.js';
import { defineCheck } from './define-check.js';

const schema = () =>
  strict({ exit: z.union([z.number().int().min(0).max(255), z.literal('nonzero')]) }).describe(
    "Exit code of the step's own command, on every node that it ran on; 0 is implied.",
  );

export const exitCheck = defineCheck({
  kind: 'exit',
  schema,
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
      return holds ? { verdict: 'passed', seen } : { verdict: 'failed', seen: `${seen}: ${endOf(outputOf(command))}` };
    }),
});
