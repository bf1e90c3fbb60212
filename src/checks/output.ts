import { z } from 'zod';
import type { ScenarioFields } from '../fields/scenario-fields.js';
import { strict } from '../fields/schema.js';
import { regex } from '../fields/values.js';
import { quoted } from '../model/state-text.js';
import { endOf, judgeEach, observeCommand, outputOf } from './command.js';
import { defineCheck, type FieldsOf } from './define-check.js';

const schema = ({ filled }: ScenarioFields) => {
  const texts = z.union([filled, z.array(filled).min(1)]);
  const parts = strict({ contains: texts.optional(), matches: regex.optional(), lacks: texts.optional() });
  return strict({ output: parts })
    .describe("Output of the step's own command, both streams, on every node that it ran on.")
    .transform(({ output: { contains, matches, lacks } }) => ({
      ...(contains === undefined ? {} : { contains: [contains].flat() }),
      ...(matches === undefined ? {} : { matches }),
      ...(lacks === undefined ? {} : { lacks: [lacks].flat() }),
    }));
};

type Output = FieldsOf<typeof schema>;

export const outputCheck = defineCheck({
  kind: 'output',
  schema,
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
      const wrong = faultsIn(expectation, output);
      if (wrong.length === 0) return { verdict: 'passed', seen: `output of ${command.node} is as expected` };
      return { verdict: 'failed', seen: `the output of ${command.node} ${wrong.join(' and ')}: ${endOf(output)}` };
    }),
});

/** The pattern's `^` and `$` mean lines. */
function faultsIn({ contains = [], matches, lacks = [] }: Output, output: string): readonly string[] {
  return [
    ...contains.filter((part) => !output.includes(part)).map((part) => `lacks ${quoted(part)}`),
    ...(matches === undefined || new RegExp(matches, 'm').test(output) ? [] : [`does not match /${matches}/`]),
    ...lacks.filter((part) => output.includes(part)).map((part) => `contains ${quoted(part)}`),
  ];
}
