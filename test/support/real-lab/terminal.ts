import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { PROGRAM, type Running, start } from './halab.js';

/** halab on a terminal of its own, made by script(1): what is written to `stdin` is what a person types. */
export function startOnTerminal(
  args: readonly string[],
  size: { readonly rows: number; readonly columns: number },
): Running {
  const words = [...PROGRAM, ...args].map((word) => `'${word}'`).join(' ');
  const command = `stty rows ${size.rows} cols ${size.columns}; exec ${words}`;
  return start(['script', '--quiet', '--return', '--command', command, '/dev/null'], { env: { TERM: 'xterm' } });
}

/** Resizes it as a window would: the kernel sends SIGWINCH to the program there. */
export function resize(running: Running, size: { readonly rows: number; readonly columns: number }): void {
  const [child = ''] = readFileSync(`/proc/${running.pid}/task/${running.pid}/children`, 'utf8').trim().split(' ');
  const terminal = readdirSync(`/proc/${child}/fd`)
    .map((entry) => readlinkSync(`/proc/${child}/fd/${entry}`))
    .find((target) => target.startsWith('/dev/pts/'));
  if (!terminal) throw new Error(`process ${child} has no terminal`);
  execFileSync('stty', ['-F', terminal, 'rows', String(size.rows), 'cols', String(size.columns)]);
}
