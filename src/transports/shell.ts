import type { ClientChannel } from 'ssh2';
import type { ShellOptions } from '../ports/transport.js';
import { type Connection, open, unreachable } from './connection.js';
import { commandLine, signalNumber } from './exec.js';

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
