import type { ClientChannel } from 'ssh2';
import { quote } from 'zx/core';
import { LabError } from '../model/errors.js';
import type { ExecOptions, ExecResult } from '../ports/transport.js';
import { type Connection, open, unreachable } from './connection.js';

const LAST_CHARS = 1_500;

export async function exec(state: Connection, argv: readonly string[], options: ExecOptions): Promise<ExecResult> {
  const release = await state.channels.take();
  try {
    return await execNow(state, argv, options);
  } finally {
    release();
  }
}

async function execNow(state: Connection, argv: readonly string[], options: ExecOptions): Promise<ExecResult> {
  if (options.signal?.aborted) throw new LabError('interrupted', `interrupted before ${argv[0]} on ${state.node}`);
  return open<ClientChannel, ExecResult>(
    state,
    (done) => state.client.exec(commandLine(argv), done),
    (channel) => listen(state, channel, argv, options),
  );
}

/** Hears a command out, until it ends, its deadline passes, the caller aborts or the connection is lost. */
function listen(
  state: Connection,
  channel: ClientChannel,
  argv: readonly string[],
  options: ExecOptions,
): Promise<ExecResult> {
  const startedAt = state.nowMs();
  const said = { stdout: '', stderr: '' };
  return new Promise<ExecResult>((resolve, reject) => {
    let exitCode: number | undefined;
    const settle = (finish: () => void) => {
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', onAbort);
      state.client.off('close', onLost);
      finish();
    };
    const giveUp = (error: LabError) => {
      channel.close();
      settle(() => reject(error));
    };
    const onAbort = () =>
      giveUp(new LabError('interrupted', `interrupted while ${argv.join(' ')} ran on ${state.node}`));
    const onLost = () => settle(() => reject(state.lost ?? unreachable(state.node, 'the connection was closed')));
    const timer = setTimeout(() => giveUp(timedOut(state.node, argv, options.timeoutMs, said)), options.timeoutMs);
    options.signal?.addEventListener('abort', onAbort, { once: true });
    state.client.once('close', onLost);
    collect(channel, said, options.onStdout);
    channel.on('exit', (code: number | null, signal?: string) => {
      exitCode = code ?? 128 + signalNumber(signal);
    });
    channel.on('close', () => {
      const code = exitCode;
      if (code === undefined) return onLost();
      settle(() => resolve({ exitCode: code, ...said, durationMs: state.nowMs() - startedAt }));
    });
    channel.end(options.stdin ?? '');
  });
}

function collect(
  channel: ClientChannel,
  said: { stdout: string; stderr: string },
  onStdout?: (chunk: string) => void,
): void {
  channel.setEncoding('utf8');
  channel.stderr.setEncoding('utf8');
  channel.on('data', (chunk: string) => {
    said.stdout += chunk;
    onStdout?.(chunk);
  });
  channel.stderr.on('data', (chunk: string) => {
    said.stderr += chunk;
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
export function signalNumber(signal: string | undefined): number {
  return SIGNALS[(signal ?? '').replace(/^SIG/, '')] ?? 0;
}

function timedOut(
  node: string,
  argv: readonly string[],
  timeoutMs: number,
  said: { stdout: string; stderr: string },
): LabError {
  const words = (said.stdout + said.stderr).trim().slice(-LAST_CHARS);
  return new LabError(
    'command-timeout',
    `${argv.join(' ')} on ${node} did not end within ${timeoutMs} ms; ${words ? `it last said:\n${words}` : 'it had said nothing'}`,
    { data: { node, argv, timeoutMs } },
  );
}

/** One line for the remote shell, every word quoted. */
export function commandLine(argv: readonly string[]): string {
  return argv.map((word) => quote(word)).join(' ');
}
