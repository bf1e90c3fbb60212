import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** On Debian `tools/setup.mjs` installs what tests need, so that a program that is missing there is an error, and a reason to skip elsewhere. */
export function needProgram(context: Mocha.Context, program: string): void {
  if (hasProgram(program)) return;
  if (existsSync('/etc/debian_version'))
    throw new Error(`${program} is not installed; node tools/setup.mjs installs it`);
  skip(context, `${program} is not installed`);
}

/** Skips what needs root and Linux, with the reason. */
export function needRoot(context: Mocha.Context): void {
  if (process.platform !== 'linux') skip(context, 'namespaces are of Linux');
  if (process.getuid?.() !== 0) skip(context, 'namespaces need root');
}

function skip(context: Mocha.Context, reason: string): void {
  process.stderr.write(`skipped: ${reason}\n`);
  context.skip();
}

function hasProgram(program: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
