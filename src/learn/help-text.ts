import { explanationOf } from '../diagnosis/explain.js';
import { type DiagnosisItem, isRootProblem } from '../diagnosis/item.js';
import { message, sentences } from '../messages/message.js';
import type { Task } from '../model/exercise.js';
import { targetText } from '../model/target.js';
import { LANGUAGES, type Text } from '../model/text.js';
import type { NextHelp } from './choose-hint.js';
import type { GivenHelp, Look } from './events.js';
import type { LearnStep } from './state.js';

/** Pure. The text of a hint; grade 2 is computed from what was seen, and grades before the last name no command. */
export function helpOf(
  { grade, hint }: NextHelp,
  task: Task,
  at: Pick<LearnStep, 'look' | 'given'>,
  items: readonly DiagnosisItem[],
): GivenHelp {
  const lines: { readonly [G in GivenHelp['grade']]: () => readonly Text[] } = {
    1: () => (hint === undefined ? [] : [hint.look]),
    2: () => whatIsWrong(task, at, items),
    3: () => (hint === undefined ? [] : [hint.rule]),
    4: () => [message('learn.solution'), ...task.solve.map(typedLine)],
  };
  return { grade, ...(hint === undefined ? {} : { hint: hint.id }), lines: lines[grade]() };
}

function typedLine({ on, line }: Task['solve'][number]): Text {
  return message('learn.typed-on', { node: targetText(on), line });
}

/** What does not hold, and what the explanation of `halab status` has of it. */
function whatIsWrong(
  task: Task,
  { look, given }: Pick<LearnStep, 'look' | 'given'>,
  items: readonly DiagnosisItem[],
): readonly Text[] {
  if (look === undefined) return [message('learn.not-looked')];
  const isAsked = task.answer !== undefined && given.answer === undefined;
  const wrong = [
    ...look.checks.filter(({ verdict }) => verdict !== 'passed').map((check) => message('learn.expected', check)),
    ...answerLines(look, given),
    ...(isAsked ? [message('learn.question', { ask: task.answer?.ask ?? { en: '' } })] : []),
    ...(look.disorders ?? []).map(({ verdict, seen }) =>
      message(verdict === 'failed' ? 'learn.broken' : 'learn.untold', { seen }),
    ),
    ...(look.busy === undefined ? [] : [message('learn.busy', { seen: look.busy })]),
  ];
  if (wrong.length === 0) return [message('learn.hint-none')];
  return [...wrong, ...items.filter(isRootProblem).map(meaningOf)];
}

function answerLines({ right }: Look, { answer }: LearnStep['given']): readonly Text[] {
  if (answer === undefined || right.answer === undefined || right.answer === answer.option) return [];
  return [message('learn.answer-wrong', { option: answer.option })];
}

function meaningOf(item: DiagnosisItem): Text {
  const { title, means, cause } = explanationOf(item);
  const text = sentences(message('status.title-and-meaning', { title, means }), cause);
  return Object.fromEntries(LANGUAGES.map((language) => [language, withoutCommands(text[language])])) as Text & object;
}

/** The programs that an explanation names where it says what to type. */
const COMMAND = /\b(?:pcs|crm|crm_\w+|crmadmin|cibadmin|stonith_admin|systemctl|corosync-\w+|ip|ifconfig) [a-z-]/;

/** Sentences that say what to type are left out: the student finds out, or asks for the solution. */
function withoutCommands(text: string): string {
  return text
    .split(/(?<=[.!?]) |(?<=[。！？])/)
    .filter((sentence) => !COMMAND.test(sentence))
    .join(' ');
}
