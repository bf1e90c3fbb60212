import type { Scenario } from '../model/scenario.js';
import { LANGUAGES, type Language, type Text } from '../model/text.js';
import { type Verdict, worstVerdict } from '../model/verdict.js';
import { QUESTION_KINDS } from './events.js';

/** What an author's exercise is tried for, in the order in which a result is shown. */
export const TRIALS = ['text', 'halab', 'unsolved', 'question', 'mistake', 'left-out', 'solution'] as const;
/**
 * `text`: a text in every language; `halab`: a step of halab passes; `unsolved`: a task is not done before anybody does it;
 * `question`: one option turns out right; `mistake`: it leads to its hint, and the task is not done; `left-out`: without this
 * line the task is not done; `solution`: with all of them it is.
 */
export type Trial = (typeof TRIALS)[number];

/** One thing that was tried, and what came of it. */
export interface Tried {
  readonly trial: Trial;
  /** Absent where it is about the exercise as a whole. */
  readonly step?: string;
  /** The mistake, or the line that was left out. */
  readonly name?: string;
  readonly verdict: Exclude<Verdict, 'skipped'>;
  /** Why it is not as it must be; empty where it is. */
  readonly seen: string;
}

/** Pure. The first verdict that counts of all that was tried. */
export function verdictOfTrials(tried: readonly Tried[]): Verdict {
  return worstVerdict(tried.map(({ verdict }) => verdict));
}

/** Pure. How many of each kind were tried, and how many were as they must be. */
export function countsOf(tried: readonly Tried[]): {
  readonly [T in Trial]: { readonly tried: number; readonly good: number };
} {
  const of = (trial: Trial) => {
    const those = tried.filter((each) => each.trial === trial);
    return { tried: those.length, good: those.filter(({ verdict }) => verdict === 'passed').length };
  };
  return Object.fromEntries(TRIALS.map((trial) => [trial, of(trial)])) as ReturnType<typeof countsOf>;
}

/** Pure. Each step's texts as one trial, and those of the exercise as a whole. */
export function tryTexts(scenario: Scenario): readonly Tried[] {
  const { title, summary, exercise, steps } = scenario;
  return [
    textsTried({ title, summary, goal: exercise?.goal }),
    ...steps.map((step) => ({ ...textsTried(textsOf(step)), step: step.id })),
  ];
}

type Texts = Readonly<Record<string, Text | undefined>>;

function textsOf({ title, say, task, expectedViolations }: Scenario['steps'][number]): Texts {
  const questions = QUESTION_KINDS.flatMap((kind) => {
    const question = task?.[kind];
    const options = question?.options.map(({ id, say: text }) => [`${kind}.${id}`, text] as const) ?? [];
    return question === undefined ? [] : [[kind, question.ask] as const, ...options];
  });
  const hints = (task?.hints ?? []).flatMap(({ id, look, rule }) => [
    [`${id}.look`, look] as const,
    [`${id}.rule`, rule] as const,
  ]);
  const causes = expectedViolations.map(({ audit, because }) => [`${audit}.because`, because] as const);
  return { title, say, ask: task?.ask, ...Object.fromEntries([...questions, ...hints, ...causes]) };
}

function textsTried(texts: Texts): Tried {
  const lacking = LANGUAGES.flatMap((language) => {
    const names = Object.entries(texts).flatMap(([name, text]) => (lacks(text, language) ? [name] : []));
    return names.length === 0 ? [] : [`no ${language} of ${names.join(', ')}`];
  });
  if (lacking.length === 0) return { trial: 'text', verdict: 'passed', seen: '' };
  return { trial: 'text', verdict: 'failed', seen: lacking.join('; ') };
}

/** A word without blanks, as the name of a host or a parameter is, reads the same in every language. */
const NAME = /^\S+$/;

function lacks(text: Text | undefined, language: Language): boolean {
  return text !== undefined && text[language] === undefined && !NAME.test(text.en);
}
