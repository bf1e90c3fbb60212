import { basename, join } from 'node:path';
import type { ProcessRunner } from '../../src/ports/process.js';
import { createProcessRunner } from '../../src/system/process-runner.js';

interface Io {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}
type Main = (args: readonly string[]) => Promise<void>;

/** The programs are plain JavaScript, for node runs them as they stand. */
async function load<T>(name: string): Promise<T> {
  return (await import(join(import.meta.dirname, 'vagrant-programs', `${name}.mjs`))) as T;
}

const { runMain } = await load<{ runMain: (main: Main, args: readonly string[], io: Io) => Promise<number> }>('world');
const PROGRAMS = new Map<string, Main>();
for (const name of ['vagrant', 'virsh', 'VBoxManage']) PROGRAMS.set(name, (await load<{ main: Main }>(name)).main);

/**
 * The fake programs run within the test, which spares it hundreds of processes; all others are started, and those that `isStarted`
 * names: only a process can be interrupted.
 */
export function createInProcessRunner(isStarted: (argv: readonly string[]) => boolean = () => false): ProcessRunner {
  const real = createProcessRunner();
  return {
    start: real.start,
    async run(argv, options) {
      const [file = '', ...args] = argv;
      const main = isStarted(argv) ? undefined : PROGRAMS.get(basename(file));
      if (!main) return real.run(argv, options);
      const said = { stdout: '', stderr: '' };
      const exitCode = await runMain(main, args, {
        stdout: (text: string) => {
          said.stdout += text;
        },
        stderr: (text: string) => {
          said.stderr += text;
        },
        env: options.env ?? {},
        cwd: options.cwd ?? process.cwd(),
      });
      for (const line of said.stdout.split('\n').filter(Boolean)) options.onLine?.(line);
      return { exitCode, ...said, durationMs: 1 };
    },
  };
}
