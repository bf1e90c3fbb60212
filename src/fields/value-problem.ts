/** What is wrong with one value of a file or a flag; `offset` counts characters into the value's text. */
export interface ValueProblem {
  readonly message: string;
  /** What to write instead. */
  readonly hint: string;
  readonly offset?: number;
}
