import { type Judgement, worstVerdict } from '../model/verdict.js';
import type { Outcome } from './events.js';

/** An option of a question, with the judgements of its expectations; none for the option that is the rest. */
export interface JudgedOption {
  readonly id: string;
  readonly judgements: readonly Judgement[];
}

/**
 * Pure. The first option whose expectations all hold. An option that is unknown, before any that holds, leaves it open: what
 * comes after it might not be the first. `seen` is what was seen of the option that is right; of the rest, of those before it.
 */
export function outcomeOf(options: readonly JudgedOption[]): Outcome {
  const before: string[] = [];
  for (const { id, judgements } of options) {
    const seen = judgements.map((each) => each.seen);
    const verdict = worstVerdict(judgements.map(decided));
    if (verdict === 'unknown') return { seen };
    if (verdict !== 'failed') return { right: id, seen: seen.length > 0 ? seen : [...new Set(before)] };
    before.push(...seen);
  }
  return { seen: [...new Set(before)] };
}

/** What is failed only because it is not known, such as the place of a resource that there is not, decides nothing. */
function decided({ verdict, isUndecided }: Judgement): Judgement['verdict'] {
  return isUndecided === true ? 'unknown' : verdict;
}
