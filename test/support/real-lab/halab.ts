import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { until } from './until.js';

export const TOP = fileURLToPath(new URL('../../../', import.meta.url));
export const PROGRAM = [process.execPath, 'bin/halab.js'] as const;

const COMMAND_MS = 120_000;

export interface HalabOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  /** Past this it is killed and the call rejects; default 120,000. */
  readonly timeoutMs?: number;
  /** What stands before the program, e.g. `unshare --mount`. */
  readonly through?: readonly string[];
}

export interface Answer {
  /** 128 + signal is not made up here: a signal that ended it is `signal`. */
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly pid: number;
  readonly stdin: NonNullable<ChildProcess['stdin']>;
  /** What it has printed so far. */
  readonly said: { stdout: string; stderr: string };
  kill(signal: NodeJS.Signals): void;
  readonly ended: Promise<Answer>;
}

/** The real program as a child process, to its end. */
export async function halab(args: readonly string[], options: HalabOptions = {}): Promise<Answer> {
  const running = startHalab(args, options);
  running.stdin.end(options.stdin ?? '');
  return running.ended;
}

/** The same, which must succeed; the answer is its JSON. */
// biome-ignore lint/suspicious/noExplicitAny: each command has its own answer
export async function halabJson(args: readonly string[], options: HalabOptions = {}): Promise<any> {
  const answer = await halab([...args, '--json'], options);
  expect(answer.exitCode, `halab ${args.join(' ')}\n${answer.stderr}`).to.equal(0);
  return JSON.parse(answer.stdout);
}

export function startHalab(args: readonly string[], options: HalabOptions = {}): Running {
  return start([...(options.through ?? []), ...PROGRAM, ...args], options);
}

/** Any program, at the project's top. Its standard input stays open. */
export function start([file = '', ...args]: readonly string[], options: HalabOptions = {}): Running {
  const child = spawn(file, args, { cwd: TOP, env: { ...cleanEnv(), ...options.env }, stdio: 'pipe' });
  const said = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    said.stdout += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    said.stderr += chunk;
  });
  // A program that has ended already reads no more; what it answered is looked at instead.
  child.stdin.on('error', () => undefined);
  const limitMs = options.timeoutMs ?? COMMAND_MS;
  const ended = new Promise<Answer>((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`${args.join(' ')} did not end within ${limitMs} ms:\n${said.stdout}\n${said.stderr}`));
    }, limitMs);
    child.once('error', reject);
    child.once('close', (exitCode, signal) => {
      clearTimeout(timer);
      resolve({ exitCode, signal, ...said });
    });
  });
  ended.catch(() => undefined);
  return { pid: child.pid ?? 0, stdin: child.stdin, said, kill: (signal) => void child.kill(signal), ended };
}

/** Tests do not inherit the settings of the person who runs them. */
export function cleanEnv(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('HALAB_') || name === 'HALAB_APT_MIRROR');
  return { ...Object.fromEntries(own), LC_ALL: 'C.UTF-8' };
}

/** Waits for a text on a program's stdout; fails early if it ends without it. */
export async function untilSays(running: Running, words: RegExp, withinMs = 60_000): Promise<string> {
  let over = false;
  const note = () => {
    over = true;
  };
  running.ended.then(note, note);
  await until(`the words ${words}`, () => words.test(running.said.stdout) || over, {
    withinMs,
    seen: () => running.said.stdout + running.said.stderr,
  });
  expect(running.said.stdout, running.said.stderr).to.match(words);
  return running.said.stdout;
}
