import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of halab itself. */
export const TOP = fileURLToPath(new URL('../../', import.meta.url));
const LIMIT_MS = 120_000;
/** The program may take that long and so may the compiler, one after the other. */
export const COPY_TEST_MS = 2 * LIMIT_MS;

/** Some files of halab in a folder of their own, where a test adds a kind or a language. */
export interface CopyOfHalab {
  path(...below: readonly string[]): string;
  /** What the compiler reports; '' where it accepts everything. Throws where it was killed or could not start. */
  compile(config: string): string;
  /** What a TypeScript program of the copy prints. */
  run(program: string, ...args: readonly string[]): string;
  remove(): void;
}

export function copyOfHalab(parts: readonly string[]): CopyOfHalab {
  const folder = mkdtempSync(join(tmpdir(), 'halab-copy-'));
  for (const part of ['package.json', 'tsconfig.json', ...parts])
    cpSync(join(TOP, part), join(folder, part), { recursive: true });
  symlinkSync(join(TOP, 'node_modules'), join(folder, 'node_modules'));
  const options = { cwd: folder, encoding: 'utf8', timeout: LIMIT_MS } as const;
  return {
    path: (...below) => join(folder, ...below),
    compile(config) {
      const argv = [join(TOP, 'node_modules/typescript/bin/tsc'), '--noEmit', '-p', config];
      const { stdout, stderr, status, signal, error } = spawnSync(process.execPath, argv, options);
      if (status === 0 || stdout.includes('error TS')) return stdout;
      throw new Error(`the compiler ended with ${signal ?? `exit code ${status}`}: ${stderr}`, { cause: error });
    },
    run: (program, ...args) => execFileSync(process.execPath, ['--import', 'tsx', program, ...args], options),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
