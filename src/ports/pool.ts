import type { LabError } from '../model/errors.js';

/** One lab from up to down: `halab run` with a lab and a folder of its own. */
export interface PoolJob extends PoolNeeds {
  /** The name of the lab. */
  readonly lab: string;
  /** Where its runs are to be found in the end, on this machine. */
  readonly folder: string;
  /** Arguments of halab, but for the name of the lab. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Processors that it keeps busy. */
  readonly cores: number;
  /** Past this it hangs. */
  readonly limitMs: number;
}

/** What a job takes while it runs. */
export interface PoolNeeds {
  readonly memoryMiB: number;
  readonly inotifyInstances: number;
  /** It measures an outage, and must not be crowded. */
  readonly measures: boolean;
}

export interface RunningJob extends PoolNeeds {
  readonly runsForMs: number;
}

/** A job that was given to the pool, as the log of a night knows it. */
export interface GivenJob {
  /** What `start` returned; absent where nobody lived to note it. */
  readonly handle?: string;
  readonly lab: string;
  /** As in `PoolJob`. */
  readonly folder: string;
  /** Where it was seen last. */
  readonly machine?: string;
  readonly backend: string;
}

/** Where a job is. `handle`, if it was found without one. */
export type JobSight = { readonly handle?: string } & (
  | { readonly state: 'waiting' }
  | { readonly state: 'running'; readonly machine?: string }
  | {
      readonly state: 'ended';
      readonly machine?: string;
      /** Why, if the pool knows. */
      readonly reason?: string;
      /** It has written nothing. */
      readonly neverBegan?: true;
    }
  | {
      /** Its machine was lost, or was taken from it. */
      readonly state: 'lost';
      readonly machine?: string;
      readonly reason: string;
      /** That is no fault of the job's. */
      readonly isInnocent: boolean;
      /** The same job, begun again by the pool, for the so-manieth time; see `turnOf`. */
      readonly again?: { readonly handle: string; readonly turn: number };
    }
);

/** What finds a job again, also after a restart of halab, or why it was not started. */
export type Started = { readonly handle: string } | { readonly problem: LabError };

/** Where the jobs of a night are run: one job is one lab on one machine. Jobs outlive the one who started them. */
export interface Pool {
  readonly name: string;
  /** Why this job cannot be taken yet beside those that run; undefined if it can. */
  whyNotYet(needs: PoolNeeds, running: readonly RunningJob[]): Promise<string | undefined>;
  /** For each job, in their order. Never throws. */
  start(jobs: readonly PoolJob[]): Promise<readonly Started[]>;
  look(job: GivenJob): Promise<JobSight>;
  /** `ask`: it undoes its faults, and takes its lab down. `kill`: it ends at once. Idempotent. */
  stop(handle: string, how: 'ask' | 'kill'): Promise<void>;
  /** Brings what the job has written to its folder here. Absent where that is where it writes. Throws LabError. */
  collect?(job: GivenJob, isOver: boolean): Promise<void>;
  /** Undoes what a dead job has left: its faults and its lab. Idempotent. */
  clear(job: GivenJob): Promise<void>;
}

/** The name of a lab, of an attempt or of a folder, when the pool begins the same job again for the so-manieth time. */
export function turnOf(name: string, turn: number): string {
  return turn === 0 ? name : `${name}r${turn}`;
}

/** The first name, of one that `turnOf` made. */
export function firstOf(name: string): string {
  return name.replace(/r\d+$/, '');
}
