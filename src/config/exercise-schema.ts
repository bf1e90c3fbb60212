import { z } from 'zod';
import type { ScenarioFields } from '../fields/scenario-fields.js';
import { idSchema as id, oneByKey, parsed, strict, text } from '../fields/schema.js';
import { parseDurationMs } from '../fields/time-expression.js';
import { rolesIn } from '../fields/words.js';
import type { TypedLine } from '../model/exercise.js';
import type { Expectation } from '../model/expectation.js';
import { haNodesOf } from '../model/lab.js';
import type { Target } from '../model/target.js';

/** The keys of a step that only an exercise has. */
export const TASK_WORDS = [
  'ask',
  'by',
  'solve',
  'hold',
  'points',
  'until',
  'predict',
  'answer',
  'hints',
  'mistakes',
] as const;

const duration = parsed({ what: 'a time', example: '5s' }, (value) => {
  const ms = parseDurationMs(value);
  return ms ?? { message: `'${value}' is not a time`, hint: 'units are ms, s and min: 500ms, 10s, 2min' };
});

const aWord = text('text (put numbers in quotes)', (value) =>
  value.trim() === '' ? { message: 'an empty text', hint: 'write what is meant' } : undefined,
);

/** What is drawn for each student. */
export const variationSchema = oneByKey({ what: 'key', keys: ['free-in', 'any-of'] }, [
  strict({
    'free-in': aWord.describe("A network of the lab: an address in it that no node has and that is none of the lab's."),
  }),
  strict({
    'any-of': z
      .union([z.literal('ha-nodes'), z.array(z.union([aWord, z.number()])).min(2)])
      .describe('One of these, or one of the HA nodes (ha-nodes).'),
    'other-than': z
      .union([id.transform((name) => [name]), z.array(id).min(1)])
      .default([])
      .describe('A name above this one, or several, whose values this one must not have.'),
  }),
]);

/** What makes a scenario an exercise. */
export function exerciseSchema({ text: sentences }: ScenarioFields) {
  return strict({
    goal: sentences.describe('What the student can do afterwards, in one sentence.'),
    minutes: z.number().int().min(1).max(480).describe('How long it takes the first time.'),
    level: z
      .literal([1, 2, 3])
      .describe('1 for beginners, 2 for those who know the commands, 3 for those who run clusters.'),
    teaches: z.array(aWord).min(1).describe('Words of the field: quorum, resource …'),
    after: z.array(id).default([]).describe('Exercises that a student should have done before.'),
    vary: z
      .record(id, variationSchema)
      .default({})
      .describe('What differs from student to student; {vary NAME} is filled in everywhere in the file.'),
  }).describe('Makes the scenario an exercise: a student does its steps, and halab watches what holds.');
}

/** What a step has in an exercise; all optional. */
export function taskFields(fields: ScenarioFields, expectations: z.ZodType<Expectation[], unknown>) {
  const { text: sentences, targets, typed, lab } = fields;
  const firstNode: Target = { kind: 'node', name: (lab && haNodesOf(lab)[0]?.name) ?? 'ha-host1' };
  const line = z.union([
    typed.transform((written) => typedLine(firstNode, written)),
    strict({ on: targets, line: typed }).transform(({ on, line: written }) => typedLine(on, written)),
  ]);
  const lines = z.array(line).min(1);
  const option = strict({ id, say: sentences, when: expectations.default([]) });
  const question = strict({
    ask: sentences,
    reason: z.boolean().default(false).describe('Whether the student is asked for a reason.'),
    options: z
      .array(option, { error: 'expected at least two options, each with id and say' })
      .min(2)
      .describe('The first whose when holds is right; one without when is right if none before it is.'),
  });
  const hint = strict({
    id,
    when: expectations.default([]).describe('It fits while all of this holds; without it, if no other fits.'),
    after: duration.optional().describe('It is offered unasked once the step has taken this long.'),
    look: sentences.describe('Where to look. No command that solves it.'),
    rule: sentences.describe('The rule behind it.'),
  });
  const mistake = strict({
    id,
    do: lines.describe('What the student types.'),
    hint: id.describe('The hint that fits afterwards.'),
  });
  return {
    ask: sentences.optional().describe('What the student is to do.'),
    by: z
      .enum(['student', 'halab'])
      .optional()
      .describe('Who does the step. Default: the student where there is ask or answer, and else halab.'),
    solve: lines.optional().describe('The solution as a person types it; text alone is typed on the first HA node.'),
    hold: duration.prefault('3s').describe('How long expect must hold without a break. Default 3s.'),
    points: z.number().int().min(0).max(100).optional().describe("Default 1 for a student's step, 0 for one of halab."),
    until: id
      .optional()
      .describe(
        'A later step that undoes this one: from its beginning on, expect need not hold. Default: it must hold at the end.',
      ),
    predict: question.optional().describe('Asked before the step, and settled by what the cluster does in it.'),
    answer: question.optional().describe('A question about the cluster as it is; done with the right option only.'),
    hints: z.array(hint).min(1).optional(),
    mistakes: z.array(mistake).min(1).optional().describe('Usual mistakes, and the hint that each must lead to.'),
  };
}

function typedLine(on: Target, line: string): TypedLine {
  const roles = rolesIn([line]);
  return { on, line, ...(Object.keys(roles).length === 0 ? {} : { roles }) };
}
