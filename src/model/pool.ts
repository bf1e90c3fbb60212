/** A machine of a pool that halab has set up. */
export interface PoolMachine {
  readonly name: string;
  /** What ssh is given for it, such as root@10.0.0.11. */
  readonly ssh: string;
  /** Where the other machines reach it. */
  readonly address: string;
  /** How many labs boot there side by side; absent: as many as it has processors. */
  readonly cores?: number;
  /** For labs; absent: what it has, but for a part for itself. */
  readonly memoryMiB?: number;
}

/** What pool.yaml says: machines that run the jobs of a night. */
export interface PoolFile {
  /** As given. */
  readonly file: string;
  /** Empty for a Slurm cluster that somebody else has set up. */
  readonly machines: readonly PoolMachine[];
  /** Where the machines reach this one. */
  readonly head?: string;
  readonly partition: string;
  /** More flags for sbatch. */
  readonly sbatch: readonly string[];
  /** The command that runs halab on the machines. */
  readonly halab: readonly string[];
  /** Folders that are the same on every machine. */
  readonly shared: readonly string[];
}
