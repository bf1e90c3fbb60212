import { quote } from 'zx';
import { unknownWord } from '../fields/value-problem.js';
import { rolesIn, textWordsWrong } from '../fields/words.js';
import type { Exercise, Task, TypedLine } from '../model/exercise.js';
import type { Lab } from '../model/lab.js';
import type { Action } from '../model/scenario.js';
import { scriptIn } from '../model/script.js';
import { TASK_WORDS } from './exercise-schema.js';
import type { ReadScenario, ReadStep } from './scenario-schema.js';
import { entriesOf, fieldOf, isRecord, listOf, type Path, type Source, textOf } from './source.js';

type ReadTask = Pick<
  ReadStep,
  'ask' | 'by' | 'solve' | 'hold' | 'points' | 'until' | 'predict' | 'answer' | 'hints' | 'mistakes' | 'run'
>;

/** The file's exercise, with what was drawn for the student. */
export function exerciseOf(
  { vary: _, ...exercise }: NonNullable<ReadScenario['exercise']>,
  variant: Exercise['variant'],
): Exercise {
  return { ...exercise, variant };
}

/** Who does a step: the student where something is asked of one, unless the file says otherwise. */
function doerOf({ by, ask, answer }: Pick<ReadTask, 'by' | 'ask' | 'answer'>): Task['by'] {
  return by ?? (ask === undefined && answer === undefined ? 'halab' : 'student');
}

export function taskOf(step: ReadTask): Task {
  const { ask, hold: holdMs, points, until, predict, answer, hints = [], mistakes = [], solve, run } = step;
  const by = doerOf(step);
  return {
    by,
    ...(ask === undefined ? {} : { ask }),
    holdMs,
    points: points ?? (by === 'student' ? 1 : 0),
    ...(until === undefined ? {} : { until }),
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

/** Reports what the schema cannot see in an exercise, and what belongs to one where there is none. A step that cannot be read is undefined. */
export function checkExercise(source: Source, steps: readonly (ReadStep | undefined)[], lab: Lab | undefined): void {
  const written = listOf(fieldOf(source.data, 'steps'));
  if (fieldOf(source.data, 'exercise') === undefined) {
    for (const [index, step] of written.entries()) reportStray(source, ['steps', index], step);
    return;
  }
  if (lab !== undefined) checkTexts(source, lab, source.data, []);
  for (const [index, step] of steps.entries())
    if (step !== undefined) {
      checkTask(source, ['steps', index], step, written[index]);
      checkUntil(source, ['steps', index, 'until'], step, steps.slice(index + 1));
    }
  if (steps.every((step) => step !== undefined && doerOf(step) === 'halab')) {
    const hint = 'add ask and solve to a step, or answer: a question';
    source.reportKey(['exercise'], { message: 'no step of this exercise is for the student', hint });
  }
}

/** Reports the words of an exercise in what is none. */
export function reportStray(source: Source, path: Path, step: unknown): void {
  for (const [key] of entriesOf(step))
    if (TASK_WORDS.some((word) => word === key)) {
      const hint = 'add exercise: { goal: …, minutes: …, level: …, teaches: […] } at the top, or remove this';
      source.reportKey([...path, key], { message: `${key} is for exercises, and this scenario is none`, hint });
    }
}

function checkTask(source: Source, path: Path, step: ReadStep, written: unknown): void {
  if (doerOf(step) === 'student') checkForStudent(source, path, step);
  else checkForHalab(source, path, step, written);
  checkOptions(source, [...path, 'predict', 'options'], step.predict?.options ?? []);
  checkOptions(source, [...path, 'answer', 'options'], step.answer?.options ?? []);
  const { hints = [], mistakes = [] } = step;
  checkOnce(source, [...path, 'hints'], 'hint', hints);
  checkOnce(source, [...path, 'mistakes'], 'mistake', mistakes);
  reportUnreached(source, [...path, 'hints'], 'hint', hints, ({ when }) => when.length === 0);
  for (const [index, { hint }] of mistakes.entries())
    if (hints.every(({ id }) => id !== hint)) {
      const known = hints.map(({ id }) => id);
      const none = { message: `there is no hint '${hint}'`, hint: `add hints: [{ id: ${hint}, look: …, rule: … }]` };
      const wrong = known.length === 0 ? none : unknownWord('hint of this step', hint, known);
      source.report([...path, 'mistakes', index, 'hint'], wrong);
    }
}

function checkUntil(source: Source, path: Path, { until }: ReadStep, later: readonly (ReadStep | undefined)[]): void {
  if (until === undefined || later.some((step) => step === undefined || step.id === until)) return;
  source.report(
    path,
    unknownWord(
      'later step',
      until,
      later.flatMap((step) => step?.id ?? []),
    ),
  );
}

/** What only halab can do. */
const NOT_TYPED = ['form', 'fault', 'heal', 'install'] as const;

function checkForStudent(source: Source, path: Path, step: ReadStep): void {
  const key = NOT_TYPED.find((each) => step[each] !== undefined);
  if (key !== undefined) {
    const hint = 'write solve: what a person would type, or by: halab';
    source.reportKey([...path, key], { message: `${key} is nothing that a student can type`, hint });
  } else if (step.run !== undefined && step.solve !== undefined) {
    const hint = 'keep solve, which is run too, or keep run, which is shown too';
    source.reportKey([...path, 'solve'], { message: 'this step has its solution twice, as run and as solve', hint });
  } else if (step.run === undefined && step.solve === undefined && step.answer === undefined) {
    const hint = 'add solve: [what a person would type], or answer: a question';
    source.report(path, { message: "this student's step has no solution", hint });
  }
  if ((step.expect ?? []).length === 0 && step.answer === undefined) {
    const hint = 'add expect: what must hold, or answer: a question';
    source.report(path, { message: "nothing shows when this student's step is done", hint });
  }
  if (step.probe !== undefined) {
    const hint = 'measure in a step that halab does: one with fault, heal or run, and without ask';
    source.reportKey([...path, 'probe'], { message: "halab measures nothing in a student's step", hint });
  }
  if (step.ask === undefined && step.answer === undefined) {
    const message = "this student's step does not say what to do";
    source.report(path, { message, hint: 'add ask: a sentence in the imperative' });
  }
}

const OF_STUDENTS = ['ask', 'solve', 'until', 'answer', 'hints', 'mistakes'] as const;

function checkForHalab(source: Source, path: Path, { by }: ReadStep, written: unknown): void {
  for (const key of OF_STUDENTS)
    if (fieldOf(written, key) !== undefined) {
      const hint = by === 'halab' ? 'remove this, or by: halab' : 'add ask: what the student is to do, or remove this';
      source.reportKey([...path, key], { message: `${key} in a step that halab does`, hint });
    }
}

interface Option {
  readonly id: string;
  readonly when: readonly unknown[];
}

function checkOptions(source: Source, path: Path, options: readonly Option[]): void {
  checkOnce(source, path, 'option', options);
  reportUnreached(source, path, 'option', options, ({ when }) => when.length === 0);
}

/** Of several that always fit, the first is taken; of options, whatever comes after such a one is never reached either. */
function reportUnreached<T extends Option>(
  source: Source,
  path: Path,
  what: 'hint' | 'option',
  all: readonly T[],
  fitsAlways: (one: T) => boolean,
): void {
  const first = all.findIndex(fitsAlways);
  for (const [index, one] of all.entries()) {
    if (first < 0 || index <= first || (what === 'hint' && !fitsAlways(one))) continue;
    const message = `${what} '${one.id}' is never reached, because '${all[first]?.id}' before it has no when`;
    source.report([...path, index], { message, hint: `give '${all[first]?.id}' a when, or put it last` });
  }
}

function checkOnce(source: Source, path: Path, what: string, all: readonly { readonly id: string }[]): void {
  const ids = all.map(({ id }) => id);
  for (const [index, id] of ids.entries())
    if (ids.indexOf(id) < index) {
      const hint = `give each ${what} an id of its own`;
      source.report([...path, index, 'id'], { message: `${what} id '${id}' is there already`, hint });
    }
}

/** The keys of sentences for people. */
const TEXTS = ['title', 'summary', 'goal', 'say', 'hint', 'ask', 'look', 'rule', 'because'];

function checkTexts(source: Source, lab: Lab, value: unknown, path: Path): void {
  for (const [index, each] of listOf(value).entries()) checkTexts(source, lab, each, [...path, index]);
  for (const [key, each] of entriesOf(value)) {
    const at = [...path, key];
    if (!TEXTS.includes(key)) checkTexts(source, lab, each, at);
    else if (isRecord(each))
      for (const [language, text] of entriesOf(each)) checkText(source, lab, text, [...at, language]);
    else checkText(source, lab, each, at);
  }
}

function checkText(source: Source, lab: Lab, value: unknown, path: Path): void {
  const text = textOf(value);
  const wrong = text === undefined ? undefined : textWordsWrong(text, lab);
  if (wrong !== undefined) source.report(path, wrong);
}
