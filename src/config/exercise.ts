import { quote } from 'zx';
import { rolesIn } from '../fields/words.js';
import type { Exercise, Task, TypedLine } from '../model/exercise.js';
import type { Action } from '../model/scenario.js';
import { scriptIn } from '../model/script.js';
import type { ReadScenario, ReadStep } from './scenario-schema.js';

type ReadTask = Pick<
  ReadStep,
  'ask' | 'by' | 'solve' | 'hold' | 'points' | 'predict' | 'answer' | 'hints' | 'mistakes' | 'run'
>;

/** The file's exercise, with what was drawn for the student. */
export function exerciseOf(
  { vary: _, ...exercise }: NonNullable<ReadScenario['exercise']>,
  variant: Exercise['variant'],
): Exercise {
  return { ...exercise, variant };
}

/** Who does a step: the student where something is asked of one, unless the file says otherwise. */
export function doerOf({ by, ask, answer }: Pick<ReadTask, 'by' | 'ask' | 'answer'>): Task['by'] {
  return by ?? (ask === undefined && answer === undefined ? 'halab' : 'student');
}

export function taskOf(step: ReadTask): Task {
  const { ask, hold: holdMs, points, predict, answer, hints = [], mistakes = [], solve, run } = step;
  const by = doerOf(step);
  return {
    by,
    ...(ask === undefined ? {} : { ask }),
    holdMs,
    points: points ?? (by === 'student' ? 1 : 0),
    ...(predict === undefined ? {} : { predict }),
    ...(answer === undefined ? {} : { answer }),
    hints: hints.map(({ after, ...hint }) => ({ ...hint, ...(after === undefined ? {} : { afterMs: after }) })),
    solve: solve ?? (by === 'student' && run !== undefined ? [typedAs(run)] : []),
    mistakes,
  };
}

/** A student's step without an action of its own is done by typing its solution. */
export function actionOfTask(action: Action, { by, solve }: Task): Action {
  return by === 'student' && action.kind === 'none' && solve.length > 0 ? { kind: 'type', lines: solve } : action;
}

function typedAs({ on, argv }: NonNullable<ReadTask['run']>): TypedLine {
  const line = scriptIn(argv)?.trimEnd() ?? argv.map(wordAsTyped).join(' ');
  const roles = rolesIn([line]);
  return { on, line, ...(Object.keys(roles).length === 0 ? {} : { roles }) };
}

function wordAsTyped(word: string): string {
  return Object.keys(rolesIn([word])).length > 0 ? word : quote(word);
}
