import type { Hint, Task } from '../model/exercise.js';
import { HELP_GRADES, type HelpGrade, type Look } from './events.js';
import type { LearnStep } from './state.js';

/** What `hint` gives next. */
export interface NextHelp {
  readonly grade: HelpGrade;
  /** The hint that fits; absent where the step has none that does. */
  readonly hint?: Hint;
}

type Helped = Pick<LearnStep, 'help' | 'look' | 'spentMs'>;

/**
 * Pure. The next grade of the hint that fits now. State decides first, time second: the first hint whose condition holds, or else
 * the first without one. Another hint than before begins at its own first grade, because the trouble is another. The solution is
 * given once every grade before it was.
 */
export function nextHelp(task: Pick<Task, 'hints' | 'solve'>, at: Helped): NextHelp | undefined {
  const hint = fittingHint(task, at.look);
  const given = at.help.filter((each) => each.hint === hint?.id).map(({ grade }) => grade);
  const grades = gradesOf(task, hint);
  const grade = grades.find((each) => each > Math.max(0, ...given)) ?? grades.at(-1);
  if (grade === undefined) return undefined;
  return hint === undefined ? { grade } : { grade, hint };
}

/**
 * Pure. The hint that is offered without having been asked for: one that fits, has not been given, and whose time has come. A hint
 * without a condition and without a time is only given when it is asked for.
 */
export function offeredHint({ hints }: Pick<Task, 'hints'>, at: Helped): Hint | undefined {
  const isNew = ({ id }: Hint) => !at.help.some((each) => each.hint === id);
  const isDue = ({ afterMs = 0 }: Hint) => at.spentMs >= afterMs;
  const byState = hints.find((hint) => fitsByState(hint, at.look) && isDue(hint));
  const offered = byState ?? hints.find((hint) => hint.when.length === 0 && hint.afterMs !== undefined && isDue(hint));
  return offered !== undefined && isNew(offered) ? offered : undefined;
}

function fittingHint({ hints }: Pick<Task, 'hints'>, look: Look | undefined): Hint | undefined {
  return hints.find((hint) => fitsByState(hint, look)) ?? hints.find(({ when }) => when.length === 0);
}

function fitsByState({ id, when }: Hint, look: Look | undefined): boolean {
  return when.length > 0 && look?.fitting.includes(id) === true;
}

/** Without a hint there is nowhere to look and no rule; without a solution there is no last grade. */
function gradesOf({ solve }: Pick<Task, 'solve'>, hint: Hint | undefined): readonly HelpGrade[] {
  return HELP_GRADES.filter((grade) => {
    if (grade === 1 || grade === 3) return hint !== undefined;
    return grade === 2 || solve.length > 0;
  });
}
