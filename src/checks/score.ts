import { z } from 'zod';
import { checked, type ScenarioFields } from '../fields/scenario-fields.js';
import { parsed, strict } from '../fields/schema.js';
import type { ValueProblem } from '../fields/value-problem.js';
import { word } from '../fields/values.js';
import { parseScore, scoreText } from '../model/pacemaker-values.js';
import { baseId } from '../model/resource-tree.js';
import { targetText } from '../model/target.js';
import type { CheckContext } from '../ports/check.js';
import { camelKeys, complaintOf, defineCheck, type FieldsOf, passedIf } from './define-check.js';
import { askMajority } from './view.js';

const TIMEOUT_MS = 15_000;
const EXAMPLE = 'write a number, INFINITY or -INFINITY';

const score = z.union([
  z.number().int(),
  parsed({ what: 'a score', example: 'INFINITY' }, (value): number | ValueProblem => {
    return parseScore(value) ?? { message: `'${value}' is not a score`, hint: EXAMPLE };
  }),
]);

const schema = ({ target }: ScenarioFields) =>
  checked(
    strict({
      score: word,
      on: target,
      is: score.optional(),
      'at-least': score.optional(),
      'at-most': score.optional(),
    }).describe(
      'How much the scheduler wants the resource on a node, by crm_simulate: the sum of stickiness and constraints. INFINITY is 1000000.',
    ),
    ({ is, 'at-least': atLeast, 'at-most': atMost }) =>
      (is === undefined) === (atLeast === undefined && atMost === undefined)
        ? { message: 'which score is not said, or said twice', hint: 'write is: 100, or at-least: 1 and at-most: 200' }
        : undefined,
    'score',
  ).transform(({ score: resource, ...rest }) => ({ resource, ...camelKeys(rest) }));

type Score = FieldsOf<typeof schema>;

type ScoreObservation =
  | { readonly of: string; readonly node: string; readonly score?: number; readonly known: readonly string[] }
  | { readonly problem: string };

/** The scheduler's own sums, in the live cluster as it is now. */
export const scoreCheck = defineCheck({
  kind: 'score',
  schema,
  cost: 5,
  when: 'now',
  targets: ({ on }) => [on],
  readsStatusText: false,
  describe({ resource, on, is, atLeast, atMost }) {
    const limits = [
      ...(is === undefined ? [] : [scoreText(is)]),
      ...(atLeast === undefined ? [] : [`${scoreText(atLeast)} or more`]),
      ...(atMost === undefined ? [] : [`${scoreText(atMost)} or less`]),
    ];
    return `the score of ${resource} on ${targetText(on)} is ${limits.join(' and ')}`;
  },
  observe: readScore,
  judge({ resource, is, atLeast = Number.NEGATIVE_INFINITY, atMost = Number.POSITIVE_INFINITY }, found) {
    if ('problem' in found) return { verdict: 'unknown', seen: found.problem };
    const { node, of, score: value, known } = found;
    if (value === undefined) {
      const others = known.length === 0 ? '' : `; there are scores of ${known.join(', ')}`;
      return { verdict: 'failed', seen: `crm_simulate on ${node} has no score of ${resource} on ${of}${others}` };
    }
    const holds = is === undefined ? value >= atLeast && value <= atMost : value === is;
    return passedIf(holds, `the score of ${resource} on ${of} is ${scoreText(value)} (according to ${node})`);
  },
});

async function readScore({ resource, on }: Score, context: CheckContext): Promise<ScoreObservation> {
  const of = await context.resolve(on);
  const answer = await askMajority(context, ['crm_simulate', '--live-check', '--show-scores'], TIMEOUT_MS);
  if ('problem' in answer) return answer;
  const { node, result } = answer;
  if (result.exitCode !== 0) return { problem: `crm_simulate on ${node}: ${complaintOf(result)}` };
  const scores = scoresIn(result.stdout);
  const found = scores.filter((each) => each.node === of && [each.resource, baseId(each.resource)].includes(resource));
  const last = found.findLast(({ isFinal }) => isFinal) ?? found.at(-1);
  const known = [...new Set(scores.map((each) => each.resource))];
  return { of, node, known, ...(last === undefined ? {} : { score: last.score }) };
}

/**
 * `pcmk__primitive_assign: vip allocation score on ha-host1: 200`, up to 2.0 `native_color: …`. Groups and clones print what they
 * begin with under the names of their members too; the line of the primitive comes last and is the one that decides.
 */
const LINE = /^(?:(\S+): )?(\S+) allocation score on (\S+): (\S+)$/gm;

function scoresIn(stdout: string) {
  return [...stdout.matchAll(LINE)].flatMap(([, from = '', resource = '', node = '', text]) => {
    const value = parseScore(text);
    return value === undefined ? [] : [{ resource, node, score: value, isFinal: /primitive|native/.test(from) }];
  });
}
