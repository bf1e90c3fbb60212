/** What a night says of a scenario: the last result counts; flaky if it passed after it had failed; lost if no run came to a result. */
export const NIGHT_STATES = ['passed', 'flaky', 'failed', 'unknown', 'lost', 'skipped'] as const;
export type NightState = (typeof NIGHT_STATES)[number];

/** The last nights of a scenario in one lab, oldest first, as a run knew them when it ended. */
export interface LastNights {
  readonly scenario: string;
  readonly nights: readonly {
    readonly night: string;
    readonly state: NightState;
    /** The longest median of a step. */
    readonly outageMs?: number;
  }[];
  /** Where the last result is failed and an earlier one passed. */
  readonly lastGreen?: LastGreen;
}

/** The last run that passed, and what was not the same in the last one that failed. */
export interface LastGreen {
  readonly night: string;
  readonly run: string;
  /** Relative to the folder of reports. */
  readonly folder: string;
  readonly failedSince: string;
  readonly differences: readonly { readonly what: string; readonly before?: string; readonly after?: string }[];
}
