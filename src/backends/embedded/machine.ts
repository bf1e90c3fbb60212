import { existsSync } from 'node:fs';
import { LabError } from '../../model/errors.js';
import type { Clock } from '../../ports/clock.js';
import type { ProcessRunner } from '../../ports/process.js';
import type { Transport } from '../../ports/transport.js';
import type { KeyPair } from '../key-pair.js';
import type { EmbeddedDirs } from './names.js';

/** What the embedded backend needs from outside. */
export interface EmbeddedDeps {
  readonly processes: ProcessRunner;
  readonly clock: Clock;
  readonly dirs: EmbeddedDirs;
  /** Package source for images, instead of the default. */
  readonly mirror: string | undefined;
  /** Where programs are looked for, as PATH has it. */
  readonly path: string;
  readonly generateKeyPair: (comment: string) => KeyPair;
  readonly connectSocket: (options: SocketLogin) => Promise<Transport>;
}

export interface SocketLogin {
  readonly node: string;
  readonly socket: string;
  readonly privateKey: string;
  readonly hostKey: string;
  readonly timeoutMs: number;
}

const COMMAND_MS = 20_000;
const LAST_LINES = 8;

/** Whether systemd is the machine's PID 1 (sd_booted(3)). */
export function isSystemdHost(): boolean {
  return existsSync('/run/systemd/system');
}

/** Runs a local command that must succeed. Throws LabError `backend-failed` with its last lines. */
export async function must(
  deps: EmbeddedDeps,
  argv: readonly string[],
  options: { readonly stdin?: string; readonly what: string; readonly timeoutMs?: number },
): Promise<string> {
  const result = await deps.processes.run(argv, {
    timeoutMs: options.timeoutMs ?? COMMAND_MS,
    ...(options.stdin === undefined ? {} : { stdin: options.stdin }),
  });
  if (result.exitCode === 0) return result.stdout;
  const said = (result.stderr.trim() || result.stdout.trim()).split('\n').slice(-LAST_LINES).join('\n');
  throw new LabError(
    'backend-failed',
    `${options.what} failed (exit code ${result.exitCode}): ${said || 'it said nothing'}`,
    {
      hint: 'halab doctor looks at what this machine can do; halab down clears what is left',
      data: { argv: argv.slice(0, 2), exitCode: result.exitCode },
    },
  );
}

/** A fixed shell script with positional arguments. */
export function script(text: string, name: string, ...args: readonly string[]): readonly string[] {
  return ['sh', '-c', text, name, ...args];
}

/** The same in a mount namespace of its own. */
export function privateScript(text: string, name: string, ...args: readonly string[]): readonly string[] {
  return ['unshare', '--mount', '--propagation', 'private', ...script(text, name, ...args)];
}
