import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { inTurns as inTurnsOf } from '../../src/model/in-turns.js';

export const TOP = resolve(import.meta.dirname, '../..');
const LIMIT_MS = 30_000;

export interface Finished {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CallOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Arguments of node itself, before the program. */
  readonly node?: readonly string[];
}

/** The real program with folders of its own; nothing of the caller's environment but PATH reaches it. */
export interface Halab {
  readonly folder: string;
  readonly stateDir: string;
  run(argv: readonly string[], options?: CallOptions): Promise<Finished>;
  /** What is in the folders that halab keeps things in. */
  touched(): readonly string[];
  remove(): void;
}

export function createHalab(): Halab {
  return withFolders((args, options) => call([...(options.node ?? []), join(TOP, 'bin/halab.js'), ...args], options));
}

/**
 * The same from the sources and within this process, which spares a test its start: for command lines that only read and
 * write. One runs at a time.
 */
export function createHalabInProcess(): Halab {
  let before: Promise<unknown> = Promise.resolve();
  return withFolders((args, options) => {
    const answer = before.then(() => callInProcess(args, options));
    before = answer.catch(() => undefined);
    return answer;
  });
}

interface Surroundings extends CallOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

function withFolders(start: (args: readonly string[], surroundings: Surroundings) => Promise<Finished>): Halab {
  buildIfStale();
  const folder = mkdtempSync(join(tmpdir(), 'halab-cli-'));
  const kept = ['state', 'cache', 'reports'].map((name) => join(folder, name));
  for (const each of kept) mkdirSync(each);
  const [stateDir = '', cacheDir = '', reportsDir = ''] = kept;
  const own = { HALAB_STATE_DIR: stateDir, HALAB_CACHE_DIR: cacheDir, HALAB_REPORTS_DIR: reportsDir, LANG: 'C.UTF-8' };
  return {
    folder,
    stateDir,
    run: (argv, { cwd = folder, env = {}, ...others } = {}) =>
      start(argv, { ...others, cwd, env: { PATH: process.env.PATH ?? '', ...own, ...env } }),
    touched: () => kept.flatMap((each) => readdirSync(each).map((name) => join(each, name))),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

function call(args: readonly string[], { cwd, env }: Surroundings): Promise<Finished> {
  return new Promise((resolvePromise, reject) => {
    const child = spawn(process.execPath, args, { cwd, env, timeout: LIMIT_MS, stdio: ['ignore', 'pipe', 'pipe'] });
    const said = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      said.stdout += chunk;
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      said.stderr += chunk;
    });
    child.once('error', reject);
    child.once('close', (exitCode) => resolvePromise({ exitCode, ...said }));
  });
}

/** As a process of its own would have them: the arguments, the folder, the environment, and no terminal. */
async function callInProcess(args: readonly string[], { cwd, env }: Surroundings): Promise<Finished> {
  const said = { stdout: '', stderr: '' };
  const [own, folder] = [process.env, process.cwd()];
  const streams = (['stdout', 'stderr'] as const).map((name) => {
    const stream = process[name];
    const { write, isTTY, columns } = stream;
    Object.assign(stream, { isTTY: undefined, columns: undefined });
    stream.write = (chunk: string | Uint8Array) => {
      said[name] += String(chunk);
      return true;
    };
    return () => Object.assign(stream, { write, isTTY, columns });
  });
  let exitCode = 0;
  // mocha requires its files, and the program imports its commands: required, it would meet its own modules a second time.
  const { runProgram } = await import('../../src/cli/run-program.js');
  process.env = { ...env };
  process.chdir(cwd);
  try {
    await runProgram([process.execPath, 'halab', ...args], (code) => {
      exitCode = code;
    });
  } finally {
    process.env = own;
    process.chdir(folder);
    for (const restore of streams) restore();
  }
  return { exitCode, ...said };
}

/** Answers of many calls, a few at a time, in the order of the calls. */
export function inTurns<T, R>(items: readonly T[], work: (item: T) => Promise<R>, atOnce = 4): Promise<readonly R[]> {
  return inTurnsOf(items, work, atOnce);
}

let isFresh = false;

/** The program that is tested is what the sources say. */
function buildIfStale(): void {
  if (!isFresh && isStale()) execFileSync('npm', ['run', '--silent', 'build'], { cwd: TOP, stdio: 'inherit' });
  isFresh = true;
}

/** The programs are bundled last. */
function isStale(): boolean {
  const bundles = ['program/main.js', 'web/report.js'].map((path) => join(TOP, 'dist', path));
  if (!bundles.every((path) => existsSync(path))) return true;
  const builtMs = Math.min(...bundles.map((path) => statSync(path).mtimeMs));
  const sources = readdirSync(join(TOP, 'src'), { recursive: true, encoding: 'utf8' });
  return sources.some((path) => path.endsWith('.ts') && statSync(join(TOP, 'src', path)).mtimeMs > builtMs);
}

export function jsonOf(finished: Finished): Readonly<Record<string, unknown>> {
  return JSON.parse(finished.stdout) as Readonly<Record<string, unknown>>;
}
