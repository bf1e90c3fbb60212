import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { LabError } from '../model/errors.js';
import type { DaemonHandle, DaemonOptions } from '../ports/process.js';

/**
 * Starts a process that outlives us, in a session of its own.
 * Not through execa: it owns what it starts and its output, and here nothing must be owned.
 */
export async function startDaemon(argv: readonly string[], options: DaemonOptions): Promise<DaemonHandle> {
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
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', (cause) =>
        reject(
          new LabError('package-missing', `the program ${file} could not be started`, {
            hint: 'halab doctor --fix installs what is missing',
            data: { program: file },
            cause,
          }),
        ),
      );
    });
    child.unref();
    return { pid: child.pid as number };
  } finally {
    closeSync(log);
  }
}
