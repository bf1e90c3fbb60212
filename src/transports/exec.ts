import type { ClientChannel } from 'ssh2';
import { quote } from 'zx/core';
import { isLabError, LabError } from '../model/errors.js';
import { timerMs } from '../model/slowness.js';
import type { ExecOptions, ExecResult, ShellOptions } from '../ports/transport.js';
import { type Connection, createLease, type Lease, open, unreachable } from './connection.js';

const LAST_CHARS = 1_500;

export async function exec(state: Connection, argv: readonly string[], options: ExecOptions): Promise<ExecResult> {
  const release = await state.channels.take(options.signal);
  if (!release) throw new LabError('interrupted', `interrupted before ${argv[0]} on ${state.node}`);
  const lease = createLease(release);
  let mayBeOpen = true;
  try {
    return await execNow(state, argv, options, lease);
  } catch (error) {
    mayBeOpen = !isLabError(error) || error.code !== 'node-unreachable';
    throw error;
  } finally {
    lease.over(mayBeOpen);
  }
}

interface Output {
  stdout: string;
  stderr: string;
}

/** The deadline counts from here: a node that does not even open a channel is held to it too. */
async function execNow(
  state: Connection,
  argv: readonly string[],
  options: ExecOptions,
  lease: Lease,
): Promise<ExecResult> {
  const startedAt = state.nowMs();
  const output: Output = { stdout: '', stderr: '' };
  const ending = new AbortController();
  const onAbort = () =>
    ending.abort(new LabError('interrupted', `interrupted while ${argv.join(' ')} ran on ${state.node}`));
  const onDeadline = () => ending.abort(timedOut(state.node, argv, options.timeoutMs, output));
  const timer = setTimeout(onDeadline, timerMs(options.timeoutMs));
  options.signal?.addEventListener('abort', onAbort, { once: true });
  try {
    const exitCode = await open<ClientChannel, number>(
      state,
      (done) => state.client.exec(commandLine(argv), done),
      (channel) => {
        lease.holds(channel);
        collect(channel, output, options.onStdout);
        channel.end(options.stdin ?? '');
        return exitCodeOf(state, channel, ending.signal);
      },
      {
        signal: ending.signal,
        tooLate: (channel) => {
          lease.holds(channel);
          // A channel is never closed until it has been read to its end.
          channel.resume();
          channel.stderr.resume();
          channel.close();
        },
      },
    );
    return { exitCode, ...output, durationMs: state.nowMs() - startedAt };
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', onAbort);
  }
}

/** Waits until the command ends, the signal aborts it or the connection is lost. */
function exitCodeOf(state: Connection, channel: ClientChannel, signal: AbortSignal): Promise<number> {
  return new Promise<number>((resolve, reject) => {
    let exitCode: number | undefined;
    const settle = (finish: () => void) => {
      signal.removeEventListener('abort', onEnding);
      state.client.off('close', onLost);
      finish();
    };
    const onEnding = () => {
      channel.close();
      settle(() => reject(signal.reason));
    };
    const onLost = () => settle(() => reject(state.lost ?? unreachable(state.node, 'the connection was closed')));
    signal.addEventListener('abort', onEnding, { once: true });
    state.client.once('close', onLost);
    channel.on('exit', (code: number | null, signalName?: string) => {
      exitCode = code ?? 128 + signalNumber(signalName);
    });
    channel.on('close', () => {
      const code = exitCode;
      if (code === undefined) return onLost();
      settle(() => resolve(code));
    });
  });
}

function collect(channel: ClientChannel, output: Output, onStdout?: (chunk: string) => void): void {
  channel.setEncoding('utf8');
  channel.stderr.setEncoding('utf8');
  channel.on('data', (chunk: string) => {
    output.stdout += chunk;
    onStdout?.(chunk);
  });
  channel.stderr.on('data', (chunk: string) => {
    output.stderr += chunk;
  });
}

const SIGNALS: Readonly<Record<string, number>> = {
  HUP: 1,
  INT: 2,
  QUIT: 3,
  ABRT: 6,
  KILL: 9,
  SEGV: 11,
  PIPE: 13,
  TERM: 15,
};

/** 0 for a signal that is not among the usual ones. */
function signalNumber(signal: string | undefined): number {
  return SIGNALS[(signal ?? '').replace(/^SIG/, '')] ?? 0;
}

function timedOut(node: string, argv: readonly string[], timeoutMs: number, output: Output): LabError {
  const words = (output.stdout + output.stderr).trim().slice(-LAST_CHARS);
  return new LabError(
    'command-timeout',
    `${argv.join(' ')} on ${node} did not end within ${timeoutMs} ms; ${words ? `its last output was:\n${words}` : 'it had printed nothing'}`,
    { data: { node, argv, timeoutMs } },
  );
}

/** One line for the remote shell, every word quoted. */
function commandLine(argv: readonly string[]): string {
  return argv.map((word) => quote(word)).join(' ');
}

/** A login shell or one command, wired to the caller's streams; resolves to its exit code. */
export function shell(state: Connection, options: ShellOptions): Promise<number> {
  const window = options.terminal && {
    term: options.terminal.type,
    rows: options.terminal.rows,
    cols: options.terminal.columns,
  };
  return open<ClientChannel, number>(
    state,
    (done) => {
      if (!options.command) state.client.shell(window ?? false, done);
      else state.client.exec(commandLine(options.command), window ? { pty: window } : {}, done);
    },
    (channel) => attach(state, channel, options),
  );
}

function attach(state: Connection, channel: ClientChannel, options: ShellOptions): Promise<number> {
  return new Promise<number>((resolve, reject) => {
    let exitCode: number | undefined;
    options.onResize?.((rows, columns) => channel.setWindow(rows, columns, 0, 0));
    options.stdin.pipe(channel);
    channel.pipe(options.stdout, { end: false });
    channel.stderr.pipe(options.stderr, { end: false });
    channel.on('exit', (code: number | null, signal?: string) => {
      exitCode = code ?? 128 + signalNumber(signal);
    });
    channel.on('close', () => {
      options.stdin.unpipe(channel);
      if (exitCode === undefined) reject(state.lost ?? unreachable(state.node, 'the connection was closed'));
      else resolve(exitCode);
    });
  });
}
