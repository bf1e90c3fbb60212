import { isLabError, LabError } from '../model/errors.js';
import { EXIT } from '../model/verdict.js';
import { exitCodeOfError, printError, printJsonError, withMeantCommand } from './errors.js';
import { isOn } from './flags.js';
import { outliveReaders, outliveTerminal, output } from './output.js';
import { createProgram } from './program.js';
import { languageWanted } from './settings.js';

await main();

async function main(): Promise<void> {
  let flags: { readonly json?: boolean; readonly debug?: boolean } = {};
  output.speak(languageWanted(process.argv, process.env));
  const program = createProgram((code) => {
    process.exitCode = code;
  });
  program.hook('preAction', (_this, action) => {
    flags = action.optsWithGlobals();
  });
  process.on('uncaughtException', onUncaught);
  outliveReaders();
  outliveTerminal();
  try {
    await program.parseAsync(process.argv);
  } catch (error) {
    if (isCommanderExit(error)) {
      process.exitCode = error.exitCode === 0 ? EXIT.passed : EXIT.usage;
      if (process.exitCode === EXIT.usage && asksForJson(process.argv, process.env)) printJsonError(usageError(error));
      return;
    }
    process.exitCode = exitCodeOfError(error);
    if (isLabError(error) && error.code === 'interrupted') output.note('halab: interrupted');
    else printError(error, { json: flags.json ?? false, debug: flags.debug ?? false });
  }
}

/** An uncaught error must not exit with 1, which means a failed expectation. */
function onUncaught(error: unknown): void {
  printError(error, { json: false, debug: true });
  process.exit(EXIT.bug);
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
