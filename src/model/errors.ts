/** Every error code; docs/errors.md explains each, and a test keeps that list complete. */
export const ERROR_CODES = [
  'usage',
  'config-invalid',
  'lab-not-found',
  'lab-not-up',
  'lab-already-up',
  'lab-busy',
  'scenario-not-found',
  'no-session',
  'node-not-found',
  'link-not-found',
  'role-unresolved',
  'ability-missing',
  'not-root',
  'platform-unsupported',
  'package-missing',
  'disk-full',
  'image-build-failed',
  'provision-failed',
  'backend-failed',
  'pool-failed',
  'boot-timeout',
  'node-unreachable',
  'command-failed',
  'command-timeout',
  'formation-failed',
  'pcs-unsupported',
  'status-unreadable',
  'fault-failed',
  'heal-failed',
  'process-failed',
  'interrupted',
  'bug',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

interface ErrorDetails {
  /** What to do next, as a sentence or a command. */
  readonly hint?: string;
  /** Plain values for programs: node, argv, exit code, last lines. */
  readonly data?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/** The only error class: halab could not do what was requested; the error contains the reason and what to do next. */
export class LabError extends Error {
  override readonly name = 'LabError';
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly data: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.hint = details.hint;
    this.data = details.data ?? {};
  }
}

export function isLabError(error: unknown): error is LabError {
  return error instanceof LabError;
}

/** The code of a LabError, or that of a failed system call, e.g. `ENOENT`. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}

/** What `work` returns; undefined where it throws an error with one of these codes. */
export function tolerate<T>(codes: readonly string[], work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (codes.includes(codeOf(error) ?? '')) return undefined;
    throw error;
  }
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
