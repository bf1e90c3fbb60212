import type { Text } from './text.js';
import type { Judgement } from './verdict.js';

/** A learning session as its student hands it in: what was done, what was thought, and what the cluster did. */
export interface LearnReport {
  readonly session: string;
  readonly lab: string;
  readonly exercise: string;
  readonly title: Text;
  readonly goal: Text;
  readonly student?: string;
  readonly seed?: string;
  /** What was drawn for this student. */
  readonly variant: Readonly<Record<string, string>>;
  readonly startedAt: string;
  readonly finishedAt?: string;
  readonly spentMs: number;
  /** How long the exercise takes somebody who does it for the first time. */
  readonly minutes: number;
  /** An exam has no hints and no solutions, and this time. */
  readonly exam?: { readonly minutes: number; readonly isOver: boolean };
  /** Of tasks that are done. */
  readonly points: { readonly got: number; readonly of: number };
  /** Of checks that hold at the end, or where a later step undoes them at the end of their own, each worth its share of the task's points. */
  readonly pointsByCheck: { readonly got: number; readonly of: number };
  readonly resets: number;
  readonly steps: readonly ReportedStep[];
  /** In the order of time. */
  readonly timeline: readonly ReportedMoment[];
  /** The student agreed to have the commands kept that were typed into the nodes' shells. */
  readonly isRecorded: boolean;
}

export interface ReportedStep {
  readonly step: string;
  readonly title: Text;
  readonly by: 'student' | 'halab';
  readonly ask?: Text;
  /** And it held at the end, if it had to. */
  readonly isDone: boolean;
  /** halab typed the solution. */
  readonly isSolved: boolean;
  readonly points: number;
  readonly spentMs: number;
  readonly checks: readonly ({ readonly expected: string } & Pick<Judgement, 'verdict' | 'seen'>)[];
  readonly hints: readonly { readonly at: string; readonly grade: number; readonly hint?: string }[];
  readonly answer?: ReportedAnswer;
  readonly predict?: ReportedAnswer;
  readonly outages: readonly ReportedOutage[];
}

export interface ReportedAnswer {
  readonly ask: Text;
  /** The option that was given last; absent where none was. */
  readonly given?: Text;
  readonly because?: string;
  readonly tries: number;
  /** What turned out right; absent where it is not known. */
  readonly right?: Text;
  readonly isRight?: boolean;
  readonly seen: readonly string[];
}

export interface ReportedOutage {
  readonly probe: string;
  readonly target: string;
  /** The longest one; 0 where the client was always answered. */
  readonly longestMs: number;
  /** False where the service did not answer again before the probe ended. */
  readonly ended: boolean;
}

export interface ReportedMoment {
  readonly at: string;
  readonly what: 'step' | 'cluster' | 'student' | 'halab' | 'command';
  /** Where a command was typed. */
  readonly node?: string;
  readonly text: Text;
}
