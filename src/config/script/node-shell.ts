import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { Options, ProcessPromise, Shell } from 'zx/core';
import { LabError } from '../../model/errors.js';
import type { NodeOutput } from '../../model/scripted.js';

/** zx itself, which only scripts need. */
export type Zx = Pick<typeof import('zx/core'), '$' | 'quote'>;
type Exec = (argv: readonly string[], stdin?: string) => Promise<NodeOutput>;

/**
 * zx's `$` whose commands run elsewhere: everything about it is zx's own, but for the process, which `exec` stands for. What
 * it prints arrives when the command has ended; `$({ input })` is its input.
 */
export function shellOn({ $, quote }: Zx, exec: Exec): Shell {
  const settings = {
    shell: 'bash',
    prefix: 'set -euo pipefail;',
    quote,
    quiet: true,
    verbose: false,
    detached: false,
    log: () => undefined,
    spawn: ((command: string, _words: readonly string[], options: { readonly input?: unknown }) =>
      remoteProcess(exec, command, options.input)) as unknown as Options['spawn'],
    kill: async () => undefined,
  };
  return ((first: TemplateStringsArray | object, ...values: unknown[]) => {
    const run = (options: object) =>
      $({ ...options, ...settings }) as unknown as (...words: unknown[]) => ProcessPromise;
    if (Array.isArray(first)) return unpiped(run({})(first, ...values));
    return (...words: unknown[]) => unpiped(run(first)(...words));
  }) as unknown as Shell;
}

/** Above every id that a kernel gives out, so that nothing of this machine can be meant. */
const NO_PROCESS = 2 ** 30;

function remoteProcess(exec: Exec, command: string, input: unknown) {
  const text = Buffer.isBuffer(input) ? input.toString() : typeof input === 'string' ? input : undefined;
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const stdin = new PassThrough().resume();
  const child = Object.assign(new EventEmitter(), { pid: NO_PROCESS, stdout, stderr, stdin });
  const run = async () => {
    const result = await exec(['bash', '-c', command], text);
    const ended = Promise.all([finished(stdout), finished(stderr)]);
    stdout.end(result.stdout);
    stderr.end(result.stderr);
    await ended;
    return result.exitCode;
  };
  const close = (exitCode: number | null) => {
    child.emit('exit', exitCode, null);
    child.emit('close', exitCode, null);
  };
  run().then(close, (error: unknown) => {
    child.emit('error', error);
    close(null);
  });
  return child;
}

/** A stream between two commands would need both to run at once, and a node's prints when it has ended. */
function unpiped(command: ProcessPromise): ProcessPromise {
  return Object.defineProperty(command, 'pipe', {
    get() {
      throw new LabError('usage', "a node's command is not piped", {
        hint: 'await it, and give what it printed to the next one: $({ input: text })`…`',
      });
    },
  });
}
