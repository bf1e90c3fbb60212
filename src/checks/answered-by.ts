import type { AnsweredBy } from '../model/event.js';
import type { CheckDriver } from '../ports/check.js';
import type { ExpectationOf } from './kinds.js';
import { describeTarget } from './wording.js';

interface AnsweredByObservation {
  readonly node: string;
  /** Absent where no such probe has run. */
  readonly answeredBy?: readonly AnsweredBy[];
}

export const answeredByCheck: CheckDriver<ExpectationOf<'answered-by'>, AnsweredByObservation> = {
  kind: 'answered-by',
  standsOnStatus: false,
  describe: ({ probe, node }) => `${probe} was answered by ${describeTarget(node)} in the end`,
  async observe({ probe: id, node }, context) {
    const probe = context.probe(id);
    return { node: await context.resolve(node), ...(probe ? { answeredBy: probe.answeredBy ?? [] } : {}) };
  },
  judge({ probe }, { node, answeredBy }) {
    if (answeredBy === undefined) return { verdict: 'unknown', seen: `no probe ${probe} has run` };
    const last = answeredBy.at(-1);
    if (last === undefined) return { verdict: 'unknown', seen: `nobody has told ${probe} who answered` };
    const seen = `answered by ${answeredBy.map(({ who, answers }) => `${who} (${answers})`).join(', then ')}`;
    return { verdict: last.who === node ? 'passed' : 'failed', seen };
  },
};
