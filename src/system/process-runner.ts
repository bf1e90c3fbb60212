import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Options } from 'execa';
import { LabError, tolerate } from '../model/errors.js';
import { timerMs } from '../model/slowness.js';
import type { DaemonHandle, DaemonOptions, ProcessOptions, ProcessResult, ProcessRunner } from '../ports/process.js';

const KILL_AFTER_MS = 3_000;
const LAST_CHARS = 2_000;

/** Local processes through execa, each in a process group of its own, so that a Ctrl-C in our terminal never reaches it. */
export function createProcessRunner(): ProcessRunner {
  return { run, start: startDaemon };
}

async function run(argv: readonly string[], options: ProcessOptions): Promise<ProcessResult> {
  const [file, ...args] = argv;
  if (file === undefined) throw new LabError('bug', 'a process needs a name');
  const { execa } = await import('execa');
  const startedAt = performance.now();
  const child = execa(file, args, { ...childOptions(options), input: options.stdin ?? '' });
  const guard = guardGroup(child.pid, options);
  if (options.onLine) forwardLines(child, options.onLine);
  try {
    const result = await child;
    const durationMs = performance.now() - startedAt;
    if (guard.ended === 'timeout') throw timedOut(argv, options.timeoutMs, result);
    if (guard.ended === 'aborted') throw new LabError('interrupted', `interrupted while running ${argv.join(' ')}`);
    if (result.exitCode === undefined) throw notFinished(argv, result);
    return { exitCode: result.exitCode, stdout: result.stdout, stderr: result.stderr, durationMs };
  } finally {
    guard.clear();
  }
}

function childOptions(options: ProcessOptions) {
  return {
    detached: true,
    cleanup: false,
    reject: false,
    stripFinalNewline: false,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    // Both streams as one, so that a listener gets lines in the order they were printed.
    all: options.onLine !== undefined,
    env: options.env,
    cwd: options.cwd,
  } as const satisfies Options;
}

/** execa's own timeout does not bound a call whose grandchild holds the pipe, so the whole group is killed. */
function guardGroup(pid: number | undefined, options: ProcessOptions) {
  const state = { ended: undefined as 'timeout' | 'aborted' | undefined, clear: () => {} };
  const timers = new Set<NodeJS.Timeout>();
  const after = (ms: number, work: () => void) => timers.add(setTimeout(work, timerMs(ms)));
  const killAll = () => {
    killGroup(pid, 'SIGTERM');
    after(KILL_AFTER_MS, () => killGroup(pid, 'SIGKILL'));
  };
  const kill = (why: 'timeout' | 'aborted') => {
    if (state.ended) return;
    state.ended = why;
    if (options.graceMs === undefined) return killAll();
    if (pid !== undefined) sendSignal(pid, 'SIGINT');
    after(options.graceMs, killAll);
  };
  after(options.timeoutMs, () => kill('timeout'));
  const onAbort = () => kill('aborted');
  if (options.signal?.aborted) onAbort();
  options.signal?.addEventListener('abort', onAbort, { once: true });
  state.clear = () => {
    for (const timer of timers) clearTimeout(timer);
    options.signal?.removeEventListener('abort', onAbort);
  };
  return state;
}

/** Windows has no process groups: there the program ends, and what it started goes on by itself. */
function killGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid !== undefined) sendSignal(process.platform === 'win32' ? pid : -pid, signal);
}

/** A negative id means the process group. One that has ended already is no error. */
export function sendSignal(pid: number, signal: NodeJS.Signals): void {
  tolerate(['ESRCH'], () => process.kill(pid, signal));
}

function forwardLines(
  child: { iterable(options: object): AsyncIterable<unknown> },
  onLine: (line: string) => void,
): void {
  const pump = async () => {
    for await (const line of child.iterable({ from: 'all', preserveNewlines: false })) onLine(String(line));
  };
  // The outcome is judged on the call itself; this only shows the lines as they come.
  void pump().catch(() => undefined);
}

interface Finished {
  readonly stdout: string;
  readonly stderr: string;
  readonly signal?: string | undefined;
  readonly code?: string | undefined;
  readonly shortMessage?: string;
}

function lastWords(result: Finished): string {
  const words = (result.stderr.trim() || result.stdout.trim()).slice(-LAST_CHARS);
  return words ? `; its last output was:\n${words}` : '; it printed nothing';
}

function timedOut(argv: readonly string[], timeoutMs: number, result: Finished): LabError {
  return new LabError('process-failed', `${argv.join(' ')} did not end within ${timeoutMs} ms${lastWords(result)}`, {
    data: { argv, timeoutMs },
  });
}

function notFinished(argv: readonly string[], result: Finished): LabError {
  if (result.code === 'ENOENT') {
    return new LabError('package-missing', `the program ${argv[0]} is not on this machine`, {
      hint: 'halab doctor --fix installs what is missing',
      data: { program: argv[0] },
    });
  }
  const why = result.signal
    ? `was killed by ${result.signal}`
    : `could not be run (${result.shortMessage ?? result.code})`;
  return new LabError('process-failed', `${argv.join(' ')} ${why}${lastWords(result)}`, { data: { argv } });
}

/**
 * Starts a process that outlives us, in a session of its own.
 * Not through execa: it owns what it starts and its output, and here nothing must be owned.
 */
async function startDaemon(argv: readonly string[], options: DaemonOptions): Promise<DaemonHandle> {
  const [file, ...args] = argv;
  if (file === undefined) throw new LabError('bug', 'a process needs a name');
  mkdirSync(dirname(options.logFile), { recursive: true });
  const log = openSync(options.logFile, 'a');
  try {
    const child = spawn(file, args, {
      detached: true,
      stdio: ['ignore', log, log],
      env: { ...process.env, ...options.env },
    });
    await once(child, 'spawn').catch((cause: unknown) => {
      throw new LabError('package-missing', `the program ${file} could not be started`, {
        hint: 'halab doctor --fix installs what is missing',
        data: { program: file },
        cause,
      });
    });
    child.unref();
    return { pid: child.pid as number };
  } finally {
    closeSync(log);
  }
}
