import type { Judgement } from './verdict.js';

/** What a command printed on one node. */
export interface NodeOutput {
  readonly node: string;
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface StepOutput {
  /** What the step's command printed, on each of its nodes. */
  outputs(): readonly NodeOutput[];
}

/** Code of a script that is the action of a step. */
export interface OwnCode {
  /** Resolves to how it failed, if it did. Throws LabError where that is not known. */
  work(): Promise<Judgement | undefined>;
  /** The commands that it has run so far. */
  readonly ran: { readonly node: string; readonly argv: readonly string[] }[];
}

/** A step did not pass, so the script goes no further. */
export class ScriptStopped extends Error {
  override readonly name = 'ScriptStopped';
}
