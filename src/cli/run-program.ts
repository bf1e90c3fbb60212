import { isLabError, LabError } from '../model/errors.js';
import { EXIT } from '../model/verdict.js';
import { exitCodeOfError, printError, printJsonError, withMeantCommand } from './errors.js';
import { isOn } from './flags.js';
import { output } from './output.js';
import { createProgram } from './program.js';
import { languageWanted } from './settings.js';

/** Runs the command of an `argv` that begins with node and the program, prints what goes wrong, and calls `done` with the exit code unless it is 0. */
export async function runProgram(argv: readonly string[], done: (code: number) => void): Promise<void> {
  let flags: { readonly json?: boolean; readonly debug?: boolean } = {};
  output.speak(languageWanted(argv, process.env));
  const program = createProgram(done);
  program.hook('preAction', (_this, action) => {
    flags = action.optsWithGlobals();
  });
  try {
    await program.parseAsync([...argv]);
  } catch (error) {
    if (isCommanderExit(error)) {
      const code = error.exitCode === 0 ? EXIT.passed : EXIT.usage;
      done(code);
      if (code === EXIT.usage && asksForJson(argv, process.env)) printJsonError(usageError(error));
      return;
    }
    done(exitCodeOfError(error));
    if (isLabError(error) && error.code === 'interrupted') output.note('halab: interrupted');
    else printError(error, { json: flags.json ?? false, debug: flags.debug ?? false });
  }
}

/** commander returns no flags for a command line that it rejects. */
function asksForJson(argv: readonly string[], env: NodeJS.ProcessEnv): boolean {
  const end = argv.indexOf('--');
  return isOn(env.HALAB_JSON) || argv.slice(0, end < 0 ? undefined : end).includes('--json');
}

function usageError(error: Error): LabError {
  return new LabError('usage', withMeantCommand(error.message).replace(/^error: /, ''));
}

/** commander has already printed the problem on stderr. */
function isCommanderExit(error: unknown): error is Error & { readonly exitCode: number } {
  return (
    error instanceof Error && 'code' in error && String(error.code).startsWith('commander.') && 'exitCode' in error
  );
}
