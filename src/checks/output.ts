import type { CheckDriver } from '../ports/check.js';
import { type CommandObservation, endOf, judgeEach, observeCommand, outputOf } from './command.js';
import type { ExpectationOf } from './kinds.js';
import { quoted } from './wording.js';

export const outputCheck: CheckDriver<ExpectationOf<'output'>, CommandObservation> = {
  kind: 'output',
  standsOnStatus: false,
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
      const wrong = faultsIn(expectation, output);
      if (wrong.length === 0) return { verdict: 'passed', seen: `output of ${command.node} is as expected` };
      return { verdict: 'failed', seen: `the output of ${command.node} ${wrong.join(' and ')}: ${endOf(output)}` };
    }),
};

/** The pattern's `^` and `$` mean lines. */
function faultsIn({ contains = [], matches, lacks = [] }: ExpectationOf<'output'>, output: string): readonly string[] {
  return [
    ...contains.filter((part) => !output.includes(part)).map((part) => `lacks ${quoted(part)}`),
    ...(matches === undefined || new RegExp(matches, 'm').test(output) ? [] : [`does not match /${matches}/`]),
    ...lacks.filter((part) => output.includes(part)).map((part) => `contains ${quoted(part)}`),
  ];
}
