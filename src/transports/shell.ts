import type { ClientChannel } from 'ssh2';
import type { ShellOptions } from '../ports/transport.js';
import { type Connection, open } from './connection.js';
import { commandLine, signalNumber } from './exec.js';

export async function shell(state: Connection, options: ShellOptions): Promise<number> {
  const window = options.terminal && {
    term: options.terminal.type,
    rows: options.terminal.rows,
    cols: options.terminal.columns,
  };
  const channel = await open<ClientChannel>(state, (done) => {
    if (!options.command) state.client.shell(window ?? false, done);
    else state.client.exec(commandLine(options.command), window ? { pty: window } : {}, done);
  });
  return new Promise<number>((resolve, reject) => {
    let exitCode = 0;
    options.onResize?.((rows, columns) => channel.setWindow(rows, columns, 0, 0));
    options.stdin.pipe(channel);
    channel.pipe(options.stdout, { end: false });
    channel.stderr.pipe(options.stderr, { end: false });
    channel.on('exit', (code: number | null, signal?: string) => {
      exitCode = code ?? 128 + signalNumber(signal);
    });
    channel.on('close', () => {
      options.stdin.unpipe(channel);
      if (state.lost) reject(state.lost);
      else resolve(exitCode);
    });
  });
}
