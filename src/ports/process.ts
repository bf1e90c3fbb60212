/** The result of a finished process. */
export interface ProcessResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly durationMs: number;
}

export interface ProcessOptions {
  readonly stdin?: string;
  /** Past this the process group is killed and the call fails with `process-failed`. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /**
   * For a program that must not be interrupted abruptly: past the deadline, and on abort, only the program itself gets
   * one SIGINT, and its group is killed only if it has not ended this long after.
   */
  readonly graceMs?: number;
  /** Called with each line of either stream as it comes. */
  readonly onLine?: (line: string) => void;
}

export interface DaemonOptions {
  readonly logFile: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface DaemonHandle {
  readonly pid: number;
}

/** The only way to start local child processes. Each runs in its own process group. */
export interface ProcessRunner {
  /** Resolves for any exit code. Throws LabError `process-failed` when it cannot be started, times out or is killed; `interrupted` on abort. */
  run(argv: readonly string[], options: ProcessOptions): Promise<ProcessResult>;
  /** Starts a process that outlives halab, in its own session, with its output appended to `logFile`. */
  start(argv: readonly string[], options: DaemonOptions): Promise<DaemonHandle>;
}
