import type { Expectation } from './expectation.js';
import type { Target } from './target.js';
import type { Text } from './text.js';

/** What makes a scenario an exercise: a student does its steps manually, and halab watches what holds. */
export interface Exercise {
  /** What the student can do afterwards, in one sentence. */
  readonly goal: Text;
  /** How long it takes a student who does it for the first time. */
  readonly minutes: number;
  readonly level: 1 | 2 | 3;
  /** Words of the field, such as `quorum`. */
  readonly teaches: readonly string[];
  /** Ids of the exercises that a student should have done before. */
  readonly after: readonly string[];
  /** What was drawn for this student, by the names under `vary`; already filled in everywhere. */
  readonly variant: Readonly<Record<string, string>>;
}

/** What a step is in an exercise. */
export interface Task {
  /** Who does what the step's action would do. */
  readonly by: 'student' | 'halab';
  /** What is asked of the student, as a sentence in the imperative. */
  readonly ask?: Text;
  /** How long the expectations must hold without a break. */
  readonly holdMs: number;
  readonly points: number;
  /** The id of the step from whose beginning on the expectations need not hold any more; absent: they have to at the end. */
  readonly until?: string;
  /** Asked before the step, and settled by what the cluster has done at its end. A wrong prediction costs nothing. */
  readonly predict?: Question;
  /** A question about the cluster as it is; the step is done only with the right answer. */
  readonly answer?: Question;
  readonly hints: readonly Hint[];
  /** The solution, as a person types it; in the order in which it is typed. */
  readonly solve: readonly TypedLine[];
  /** Usual mistakes, each with the hint that it must lead to. */
  readonly mistakes: readonly Mistake[];
}

export interface Question {
  readonly ask: Text;
  /** In this order the first whose expectations all hold is the right one. */
  readonly options: readonly QuestionOption[];
  /** Whether the student is asked for a reason, in a line of text. */
  readonly reason: boolean;
}

interface QuestionOption {
  readonly id: string;
  readonly say: Text;
  /** None: it is right where no option before it is. */
  readonly when: readonly Expectation[];
}

/** Help with one cause of trouble. The wrong state itself, and the solution, are computed or typed elsewhere. */
export interface Hint {
  readonly id: string;
  /** It fits while all of this holds; empty: always. */
  readonly when: readonly Expectation[];
  /** It is offered, without having been asked for, once the step has taken this long; absent: as soon as it fits. */
  readonly afterMs?: number;
  /** Grade 1: where to look. */
  readonly look: Text;
  /** Grade 3: the rule behind it. */
  readonly rule: Text;
}

/** A line that a person types into a shell of this node. */
export interface TypedLine {
  /** `all`: into one of each HA node. */
  readonly on: Target;
  readonly line: string;
  /** By their text in the line, in which they are replaced by their nodes when the step begins. */
  readonly roles?: Readonly<Record<string, Target>>;
}

interface Mistake {
  readonly id: string;
  readonly do: readonly TypedLine[];
  /** The id of the hint that fits afterwards. */
  readonly hint: string;
}

/** Exercises in teaching order. */
export interface Course {
  readonly id: string;
  readonly title: Text;
  readonly summary?: Text;
  readonly chapters: readonly { readonly title: Text; readonly exercises: readonly string[] }[];
}
