/** One exercise that a student has finished, as a line of their progress. */
export interface Progress {
  readonly exercise: string;
  readonly session: string;
  readonly lab: string;
  readonly got: number;
  readonly of: number;
  readonly spentMs: number;
}
