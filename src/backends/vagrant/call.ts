import { lastLines as lastLinesOf } from '../../model/command-output.js';
import { LabError } from '../../model/errors.js';
import type { ProcessResult } from '../../ports/process.js';
import { slowed, type VagrantDeps } from './deps.js';
import { locate } from './programs.js';

interface CallOptions {
  readonly timeoutMs?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly signal?: AbortSignal | undefined;
  readonly graceMs?: number;
  readonly onLine?: (line: string) => void;
}

const COMMAND_MS = 60_000;
/** Programs are read by their words, so they speak one language. */
const PLAIN = { LC_ALL: 'C', LANG: 'C', LANGUAGE: 'C' } as const;

/** Runs a program of this machine. Resolves for any exit code; throws `package-missing` where there is none of that name. */
export async function call(
  deps: VagrantDeps,
  [program = '', ...args]: readonly string[],
  { timeoutMs = slowed(deps, COMMAND_MS), env = {}, cwd, signal, graceMs, onLine }: CallOptions = {},
): Promise<ProcessResult> {
  const file = locate(deps, program);
  if (file === undefined) {
    throw new LabError('package-missing', `the program ${program} is not on this machine`, {
      hint: 'halab doctor --backend vagrant says where to get it',
      data: { program },
    });
  }
  return deps.processes.run([file, ...args], {
    timeoutMs,
    env: { ...definedOf(deps.env), PATH: deps.path, ...PLAIN, ...env },
    ...(cwd === undefined ? {} : { cwd }),
    ...(signal ? { signal } : {}),
    ...(graceMs === undefined ? {} : { graceMs }),
    ...(onLine ? { onLine } : {}),
  });
}

/** The same where it must succeed: to its stdout. Throws `backend-failed` with its last lines. */
export async function execOrThrow(
  deps: VagrantDeps,
  argv: readonly string[],
  { what, ...options }: CallOptions & { readonly what: string },
): Promise<string> {
  const result = await call(deps, argv, options);
  if (result.exitCode === 0) return result.stdout;
  throw new LabError(
    'backend-failed',
    `${what} failed (${argv[0]}, exit code ${result.exitCode}): ${lastLines(result)}`,
    {
      hint: 'halab doctor --backend vagrant looks at what this machine can do; halab down clears what is left',
      data: { argv, exitCode: result.exitCode },
    },
  );
}

export function lastLines({ stdout, stderr }: Pick<ProcessResult, 'stdout' | 'stderr'>): string {
  return lastLinesOf(stderr.trim() || stdout).join('\n') || 'it said nothing';
}

function definedOf(env: VagrantDeps['env']): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
