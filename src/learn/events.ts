import type { StepResult } from '../model/event.js';
import type { Scenario } from '../model/scenario.js';
import type { Text } from '../model/text.js';
import type { Judgement } from '../model/verdict.js';
import type { Picture } from './picture.js';

/**
 * What happens in a learning session. The events are the session: they are appended to its log as they happen, several commands may
 * append to one log, and all that anybody shows of a session is a view of what `apply` in state.ts makes of them.
 */
export type LearnEvent =
  | {
      readonly kind: 'session-started';
      readonly session: string;
      /** The name of the lab that it is done in. */
      readonly lab: string;
      /** The exercise as it was drawn for this student, so that a later change of its file does not change the session. */
      readonly scenario: Scenario;
      readonly student?: string;
      /** The class's: it and the name decide what was drawn. */
      readonly seed?: string;
      /** Without hints and solutions, in this time. */
      readonly exam?: { readonly minutes: number };
      /** The student agreed to have the commands kept that are typed into the nodes' shells. */
      readonly records?: true;
    }
  /** halab brings the lab to the state that the exercise, or one of its steps, begins with. */
  | { readonly kind: 'preparation-started'; readonly purpose: Purpose }
  | { readonly kind: 'preparation-progress'; readonly text: string }
  /** With a problem the lab is in no known state, and the session waits for a reset. */
  | { readonly kind: 'preparation-finished'; readonly problem?: string }
  /** The session stands at this step; `roles` are the nodes that its roles meant before anything was done in it. */
  | (OfStep & { readonly kind: 'step-begun'; readonly roles: Readonly<Record<string, string>> })
  /** Without `look`, all of it was as at the look before. `tookMs`: from its beginning to this event. */
  | (OfStep & { readonly kind: 'looked'; readonly look?: Look; readonly tookMs?: number })
  /** A look that judges nothing, while halab has the step; without `picture`, all was as at the one before. */
  | (OfStep & { readonly kind: 'pictured'; readonly picture?: Picture; readonly tookMs: number })
  | (OfStep & {
      readonly kind: 'answered';
      readonly question: QuestionKind;
      readonly option: string;
      readonly because?: string;
    })
  /** halab does a step of its own. Without `acted` after it the process was killed in the middle of it. */
  | (OfStep & { readonly kind: 'acting' })
  | (OfStep & {
      readonly kind: 'acted';
      readonly result: StepResult;
      readonly roles: Readonly<Record<string, string>>;
      /** Values that its command printed, for the commands of later steps. */
      readonly saved: Readonly<Record<string, string>>;
    })
  /** halab did a step on the way to a later one. */
  | (OfStep & {
      readonly kind: 'remembered';
      readonly roles: Readonly<Record<string, string>>;
      readonly saved: Readonly<Record<string, string>>;
    })
  | (OfStep & { readonly kind: 'settled'; readonly outcome: Outcome })
  | (OfStep & { readonly kind: 'hint-given'; readonly help: GivenHelp })
  /** halab types the solution of the step that the session stands at. */
  | (OfStep & { readonly kind: 'solving' })
  | (OfStep & { readonly kind: 'solved'; readonly typed: readonly TypedResult[] })
  /** The session goes on to the next step; `done` is what held at the last look before. */
  | (OfStep & { readonly kind: 'step-left'; readonly done: boolean })
  /** The session goes back, or ahead: steps before this one count as solved by halab unless the student has done them. */
  | (OfStep & { readonly kind: 'went-to'; readonly scope: 'step' | 'exercise' })
  /** `kept`: the tasks done before, by step, whose result has to last, as they hold now. */
  | { readonly kind: 'finished'; readonly kept?: Readonly<Record<string, readonly CheckSeen[]>> };

type OfStep = { readonly step: string };

/** `at`: ISO 8601 by the clock of the machine that runs halab. */
export type StampedLearnEvent = LearnEvent & { readonly at: string };

type Purpose = 'start' | 'reset' | 'goto';

export const QUESTION_KINDS = ['predict', 'answer'] as const;
export type QuestionKind = (typeof QUESTION_KINDS)[number];

/** One look at the whole lab, judged for one step. */
export interface Look {
  /** The step's expectations, in its order. */
  readonly checks: readonly CheckSeen[];
  /**
   * What the audits found that the step does not declare: something else is broken. Absent where this look did not ask
   * the audits, so that it cannot be a pass.
   */
  readonly disorders?: readonly Disorder[];
  /** What the cluster is still doing; nothing counts as held before it is idle. */
  readonly busy?: string;
  /** The option that is right at this moment, by question; absent where none is, or where it is unknown. */
  readonly right: { readonly [Q in QuestionKind]?: string };
  /** The hints whose condition holds, by id, in the step's order. */
  readonly fitting: readonly string[];
  readonly picture: Picture;
}

/** One expectation, what was seen instead, and from where. */
export interface CheckSeen extends Judgement {
  /** In words, with the nodes that its roles mean. */
  readonly expected: string;
}

/** One finding of an audit, in its words. */
export interface Disorder {
  readonly audit: string;
  readonly verdict: 'failed' | 'unknown';
  readonly seen: string;
}

/** How a prediction came out. */
export interface Outcome {
  /** The id of the option that the cluster made true; absent: none of them, or it is unknown which. */
  readonly right?: string;
  /** What was seen that decides it, one line for each expectation of that option. */
  readonly seen: readonly string[];
}

export const HELP_GRADES = [1, 2, 3, 4] as const;
/** Where to look · what is wrong, computed · the rule behind it · the solution of this one step. */
export type HelpGrade = (typeof HELP_GRADES)[number];

export interface GivenHelp {
  readonly grade: HelpGrade;
  /** The hint that it is of; absent for what is computed, and for the solution. */
  readonly hint?: string;
  readonly lines: readonly Text[];
}

/** A line that halab typed into a node's shell, and what came of it. */
export interface TypedResult {
  readonly on: string;
  readonly line: string;
  readonly exitCode: number;
  /** The last lines of what it printed. */
  readonly printed: string;
}
