import { isLabError } from '../model/errors.js';
import { EXIT } from '../model/verdict.js';
import { exitCodeOfError } from './exit-code.js';
import { output, printError } from './output.js';
import { createProgram } from './program.js';

await main();

async function main(): Promise<void> {
  let flags: { readonly json?: boolean; readonly debug?: boolean } = {};
  const program = createProgram((code) => {
    process.exitCode = code;
  });
  program.hook('preAction', (_this, action) => {
    flags = action.optsWithGlobals();
  });
  try {
    await program.parseAsync(process.argv);
  } catch (error) {
    if (isCommanderExit(error)) {
      process.exitCode = error.exitCode === 0 ? EXIT.passed : EXIT.usage;
      return;
    }
    process.exitCode = exitCodeOfError(error);
    if (isLabError(error) && error.code === 'interrupted') output.note('halab: interrupted');
    else printError(error, { json: flags.json ?? false, debug: flags.debug ?? false });
  }
}

/** commander has said already what was wrong with the words. */
function isCommanderExit(error: unknown): error is { readonly exitCode: number } {
  return (
    error instanceof Error && 'code' in error && String(error.code).startsWith('commander.') && 'exitCode' in error
  );
}
