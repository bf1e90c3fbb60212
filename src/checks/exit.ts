import type { CheckDriver } from '../ports/check.js';
import { type CommandObservation, endOf, judgeEach, observeCommand, outputOf } from './command.js';
import type { ExpectationOf } from './kinds.js';

export const exitCheck: CheckDriver<ExpectationOf<'exit'>, CommandObservation> = {
  kind: 'exit',
  standsOnStatus: false,
  describe: ({ exit }) => (exit === 'nonzero' ? 'the command fails' : `the command ends with exit code ${exit}`),
  observe: observeCommand,
  judge: ({ exit }, { commands }) =>
    judgeEach(commands, (command) => {
      const holds = exit === 'nonzero' ? command.exitCode !== 0 : command.exitCode === exit;
      const seen = `exit code ${command.exitCode} on ${command.node}`;
      return holds ? { verdict: 'passed', seen } : { verdict: 'failed', seen: `${seen}: ${endOf(outputOf(command))}` };
    }),
};
