import { EXIT } from '../model/verdict.js';
import { printError } from './errors.js';
import { outliveReaders, outliveTerminal } from './output.js';
import { runProgram } from './run-program.js';

process.on('uncaughtException', onUncaught);
outliveReaders();
outliveTerminal();
await runProgram(process.argv, (code) => {
  process.exitCode = code;
});

/** An uncaught error must not exit with 1, which means a failed expectation. */
function onUncaught(error: unknown): void {
  printError(error, { json: false, debug: true });
  process.exit(EXIT.bug);
}
