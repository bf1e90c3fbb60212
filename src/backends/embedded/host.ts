import { existsSync } from 'node:fs';
import { getPriority, setPriority } from 'node:os';
import { lastLines } from '../../model/command-output.js';
import { LabError, tolerate } from '../../model/errors.js';
import type { BackendHost } from '../../ports/backend-module.js';
import { hostProgram } from '../program-files.js';

/** What the embedded backend needs from outside. */
export interface EmbeddedDeps
  extends Pick<
    BackendHost,
    'processes' | 'clock' | 'dirs' | 'mirror' | 'path' | 'generateKeyPair' | 'takeLock' | 'connect'
  > {
  /** The command that a power controller has a node's power switched by: the file of the lab's instance, the node and `on` or `off` follow. */
  readonly powerSwitch: readonly string[];
}

const COMMAND_MS = 20_000;
const LAST_LINES = 8;
/** How long what was told to go or to start may take for that. */
export const GONE_MS = 15_000;
const POLL_MS = 20;

/** Whether systemd is the machine's PID 1 (sd_booted(3)). */
export function isSystemdHost(): boolean {
  return existsSync('/run/systemd/system');
}

/** Runs a local command that must succeed. Throws LabError `backend-failed` with its last lines. */
export async function execOrThrow(
  deps: EmbeddedDeps,
  argv: readonly string[],
  {
    what,
    stdin,
    timeoutMs = COMMAND_MS,
  }: { readonly what: string; readonly stdin?: string; readonly timeoutMs?: number },
): Promise<string> {
  const result = await deps.processes.run(argv, { timeoutMs, stdin });
  if (result.exitCode === 0) return result.stdout;
  const output = lastLines(result.stderr.trim() || result.stdout, LAST_LINES).join('\n');
  throw new LabError(
    'backend-failed',
    `${what} failed (exit code ${result.exitCode}): ${output || 'it printed nothing'}`,
    {
      hint: 'halab doctor checks what this machine can do; halab down clears what is left',
      data: { argv: argv.slice(0, 2), exitCode: result.exitCode },
    },
  );
}

/** Runs lines of `ip -batch` in a network namespace; they must succeed. */
export async function ipBatch(
  deps: EmbeddedDeps,
  namespace: string,
  lines: readonly string[],
  what: string,
): Promise<void> {
  await execOrThrow(deps, ['ip', '-n', namespace, '-batch', '-'], { stdin: lines.join('\n'), what });
}

/** What `find` returns as soon as that is true of anything; what it returned at last where the time is over before. */
export async function waitFor<T>({ clock }: EmbeddedDeps, find: () => T | Promise<T>): Promise<T> {
  const deadline = clock.monotonicMs() + GONE_MS;
  for (;;) {
    const found = await find();
    if (found || clock.monotonicMs() > deadline) return found;
    await clock.sleep(POLL_MS);
  }
}

/** As a nice value: about the weight of ten processes (sched(7)), which is also that of a whole lab (`node-limits.sh`). */
const AHEAD = -10;

/**
 * Puts this process before the nodes that it starts and times: while they boot or fail over they use all processors, and
 * a run that waits for one measures late. A priority that somebody chose for it stays.
 */
export function runAheadOfNodes(): void {
  if (getPriority() === 0) tolerate(['ERR_SYSTEM_ERROR'], () => setPriority(AHEAD));
}

/** What is started to outlive the command line. */
interface Lasting {
  /** Of the unit, where systemd runs this machine. */
  readonly unit: string;
  readonly description: string;
  readonly logFile: string;
  /** More properties of the unit. */
  readonly properties?: readonly string[];
}

/** Its cgroup tree is systemd's where systemd runs the machine: whatever lasts gets a delegated part of it as a unit. */
export async function startLasting(deps: EmbeddedDeps, argv: readonly string[], what: Lasting): Promise<void> {
  if (!isSystemdHost()) {
    const asAnyProcess = getPriority() === AHEAD ? ['nice', '-n', String(-AHEAD)] : [];
    await deps.processes.start([...asAnyProcess, ...argv], { logFile: what.logFile });
    return;
  }
  const own = what.properties ?? [];
  const properties = ['Delegate=yes', ...own, `StandardOutput=append:${what.logFile}`, 'StandardError=inherit'];
  const unit = [`--unit=${what.unit}`, `--description=${what.description}`, '--collect'];
  await execOrThrow(
    deps,
    ['systemd-run', '--quiet', ...unit, ...properties.map((each) => `--property=${each}`), ...argv.map(unexpanded)],
    { what: `starting ${what.description}` },
  );
}

/** systemd expands `$NAME` in command lines and takes `$$` for a dollar sign (systemd.service(5), COMMAND LINES). */
function unexpanded(word: string): string {
  return word.split('$').join('$$');
}

/** The command of a shell script of `host-programs/embedded/`. */
export function script(name: string, ...args: readonly string[]): readonly string[] {
  return ['sh', hostProgram(`embedded/${name}`), ...args];
}

/** The same in a mount namespace of its own. */
export function privateScript(name: string, ...args: readonly string[]): readonly string[] {
  return ['unshare', '--mount', '--propagation', 'private', ...script(name, ...args)];
}
