import type { Change, Look as Shown } from '../diagnosis/looks.js';
import type { StepResult } from '../model/event.js';
import type { Task } from '../model/exercise.js';
import type { Scenario, Step } from '../model/scenario.js';
import type { CheckSeen, GivenHelp, Look, Outcome, QuestionKind, TypedResult } from './events.js';
import type { Hold } from './hold.js';
import type { Picture } from './picture.js';

/** A session as its events left it. */
export interface LearnState {
  readonly session: string;
  readonly lab: string;
  readonly scenario: Scenario;
  readonly student?: string;
  /** The class's. */
  readonly seed?: string;
  readonly exam?: { readonly minutes: number };
  /** The commands in the nodes' shells are kept. */
  readonly records?: true;
  readonly startedAt: string;
  /** When the first step began, after the lab was ready. */
  readonly beganAt?: string;
  /** When the lab was last brought to where the exercise, or one of its steps, begins. */
  readonly attemptAt: string;
  /** While halab brings the lab to where the session stands: what for, and what it said last. */
  readonly preparing?: { readonly purpose: string; readonly since: string; readonly text?: string };
  /** Why the lab is in no known state; `reset` is the way out. */
  readonly problem?: string;
  /** The id of the step that the session stands at; the last one stays when all are left. */
  readonly current: string;
  readonly steps: readonly LearnStep[];
  /** The lab at the latest look. */
  readonly picture?: Picture;
  /** The same, with what it has to remember of earlier ones. */
  readonly shown?: Shown;
  /** What changed in the lab from look to look, oldest first. */
  readonly timeline: readonly Moment[];
  /** How often the lab was brought back to an earlier state. */
  readonly resets: number;
  /** When the latest event was. */
  readonly lastAt: string;
  readonly finishedAt?: string;
}

/** One step of the exercise in this session. */
export interface LearnStep extends Hold {
  readonly step: string;
  readonly by: Task['by'];
  readonly points: number;
  readonly begunAt?: string;
  /** Time spent at it, without pauses in which nothing happened. */
  readonly spentMs: number;
  /** The latest look, and when it ended. */
  readonly look?: Look;
  readonly lookedAt?: string;
  /** The checks that held at some look of this attempt, by their place in the look. */
  readonly held: readonly number[];
  /** The nodes that its roles mean, by role; those of earlier steps are in their own. */
  readonly roles: Readonly<Record<string, string>>;
  readonly saved: Readonly<Record<string, string>>;
  /** The latest answer to each of its questions. */
  readonly given: { readonly [Q in QuestionKind]?: GivenAnswer };
  /** How the prediction came out, in this attempt. */
  readonly outcome?: Outcome & { readonly at: string };
  /** Predictions that came out in attempts before a reset, oldest first. */
  readonly past: readonly { readonly given: GivenAnswer; readonly outcome: Outcome }[];
  readonly help: readonly (GivenHelp & { readonly at: string })[];
  /** halab is at work on it since then; the process may have been killed meanwhile. */
  readonly actingSince?: string;
  /** What the runner made of a step by halab. */
  readonly result?: StepResult;
  /** halab did what the student was asked to do: by `solve`, or to get to a later step. */
  readonly isSolved: boolean;
  readonly typed: readonly TypedResult[];
  /** The session went on to the next step; whether it held when it did. */
  readonly left?: { readonly at: string; readonly done: boolean };
  /** Its checks as they held when the session was finished; absent where they need not last. */
  readonly atEnd?: readonly CheckSeen[];
}

interface GivenAnswer {
  readonly option: string;
  readonly because?: string;
  readonly at: string;
  /** How many answers were given to this question, this one included. */
  readonly tries: number;
}

interface Moment {
  readonly at: string;
  readonly step: string;
  readonly change: Change;
}

/** The step that the session stands at, and what the exercise says of it. */
export function currentOf(state: LearnState): { readonly step: Step; readonly task: Task; readonly at: LearnStep } {
  const step = stepOf(state.scenario, state.current);
  return { step, task: taskOf(step), at: learnStepOf(state, state.current) };
}

export function stepOf(scenario: Pick<Scenario, 'id' | 'steps'>, id: string): Step {
  const step = scenario.steps.find((each) => each.id === id);
  if (step === undefined) throw new Error(`${scenario.id} has no step ${id}`);
  return step;
}

/** Every step of an exercise has a task. */
export function taskOf({ id, task }: Step): Task {
  if (task === undefined) throw new Error(`the step ${id} has no task`);
  return task;
}

export function learnStepOf({ steps }: LearnState, id: string): LearnStep {
  const step = steps.find((each) => each.step === id);
  if (step === undefined) throw new Error(`the session has no step ${id}`);
  return step;
}

/** `open` is grey: it does not hold, or nobody has looked. `unsure`: the latest look was inconclusive. */
export type Standing = 'ahead' | 'open' | 'unsure' | 'holding' | 'done' | 'acting';

/** How a step stands; one that the session has left stays as it was left. */
export function standingOf(step: LearnStep): Standing {
  if (step.left !== undefined) return step.left.done ? 'done' : 'open';
  if (step.actingSince !== undefined) return 'acting';
  if (step.doneAt !== undefined) return 'done';
  if (step.begunAt === undefined) return 'ahead';
  if (step.heldSince !== undefined) return 'holding';
  return step.verdict === 'unknown' ? 'unsure' : 'open';
}

/** Whether the session has left its last step. */
export function isThrough({ steps }: LearnState): boolean {
  return steps.at(-1)?.left !== undefined;
}

export function msBetween(from: string, to: string): number {
  return Date.parse(to) - Date.parse(from);
}
