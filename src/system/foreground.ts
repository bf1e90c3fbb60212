import { spawn } from 'node:child_process';
import { LabError } from '../model/errors.js';

/** Hands the terminal to a program until it ends. Resolves to its exit code; throws LabError `process-failed` where it cannot be started. */
export function runOnTerminal([file = '', ...args]: readonly string[]): Promise<number> {
  // Ctrl-C is for that program.
  const ignore = () => undefined;
  process.on('SIGINT', ignore);
  return new Promise<number>((resolve, reject) => {
    const child = spawn(file, args, { stdio: 'inherit' });
    child.once('error', (cause) => reject(new LabError('process-failed', `cannot start ${file}`, { cause })));
    child.once('exit', (code, signal) => resolve(code ?? (signal === null ? 0 : 128)));
  }).finally(() => process.off('SIGINT', ignore));
}
