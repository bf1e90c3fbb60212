import type { List } from '../grammar.js';
import { duration, list, plural } from './grammar.js';

export const LEARN = {
  'learn.place': ({ title, number, of, lab }: { title: string; number: number; of: number; lab: string }) =>
    `${title} · step ${number} of ${of} · lab ${lab}`,
  'learn.goal': ({ goal }: { goal: string }) => `Goal: ${goal}`,
  'learn.task': ({ ask }: { ask: string }) => `Task: ${ask}`,
  'learn.by-halab': ({ title }: { title: string }) => `halab does this step: ${title}`,
  'learn.expected': ({ expected, seen }: { expected: string; seen: string }) => `${expected} (seen: ${seen})`,
  'learn.broken': ({ seen }: { seen: string }) => `Something else is broken: ${seen}`,
  'learn.untold': ({ seen }: { seen: string }) => `It is unknown whether all else is well: ${seen}`,
  'learn.busy': ({ seen }: { seen: string }) => `The cluster is still at work: ${seen}`,
  'learn.not-looked': 'Nobody has looked at the cluster in this step yet.',
  'learn.holding': ({ ms, of }: { ms: number; of: number }) =>
    `It holds; it has to hold for ${duration(of)}, and has for ${duration(ms)}.`,
  'learn.done': 'Done: it holds.',
  'learn.done-by-halab': 'Done by halab.',
  'learn.through': 'All steps are done.',
  'learn.question': ({ ask }: { ask: string }) => `Question: ${ask}`,
  'learn.prediction': ({ ask }: { ask: string }) => `Predict: ${ask}`,
  'learn.option': ({ option, say }: { option: string; say: string }) => `${option}: ${say}`,
  'learn.answered': ({ option }: { option: string }) => `Your answer: ${option}`,
  'learn.answer-right': ({ option }: { option: string }) => `Your answer is right: ${option}`,
  'learn.answer-wrong': ({ option }: { option: string }) => `Your answer is not right: ${option}`,
  'learn.answer-untold': ({ option }: { option: string }) =>
    `Your answer: ${option}; whether it is right is unknown at this moment.`,
  'learn.answer-so': 'halab learn answer OPTION answers.',
  'learn.predicted-right': ({ option, seen }: { option: string; seen: string }) =>
    `You predicted ${option}, and that is what happened: ${seen}`,
  'learn.predicted-wrong': ({ option, right, seen }: { option: string; right: string; seen: string }) =>
    `You predicted ${option}; what happened is ${right}: ${seen}`,
  'learn.predicted-untold': ({ option }: { option: string }) => `You predicted ${option}; what happened is unknown.`,
  'learn.not-predicted': ({ right, seen }: { right: string; seen: string }) => `What happened is ${right}: ${seen}`,
  'learn.preparing': ({ text }: { text: string }) => `halab prepares the lab: ${text}`,
  'learn.problem': ({ problem }: { problem: string }) => `The lab is not ready: ${problem}`,
  'learn.interrupted':
    'halab was stopped in the middle of this step; halab learn next does it again, and undoes what is in force first.',
  'learn.finished': 'This session is finished.',
  'learn.next-steps': ({ commands }: { commands: List }) => `Next: ${list(commands)}`,
  'learn.hint-grade': ({ grade }: { grade: number }) => `Hint, grade ${grade} of 4:`,
  'learn.hint-offered': 'There is a hint for this: halab learn hint.',
  'learn.hint-none': 'Everything that is asked for holds at the moment.',
  'learn.solution': 'Type this:',
  'learn.typed-on': ({ node, line }: { node: string; line: string }) => `${node}# ${line}`,
  'learn.minutes': ({ minutes }: { minutes: number }) => `${minutes} min`,
  'learn.begin-so': 'halab learn start ID begins an exercise.',
  'learn.points': ({ got, of }: { got: number; of: number }) =>
    `${got} of ${of} ${plural(of, { one: 'point', other: 'points' })}`,
};
