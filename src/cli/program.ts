import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { ROOT, readSettings } from './settings.js';
import { EXAMPLES } from './words/examples.js';
import { addFaults } from './words/faults.js';
import { type Words, withGlobals } from './words/flags.js';
import { addLabs } from './words/labs.js';
import { addMachines } from './words/machines.js';
import { addRuns } from './words/runs.js';
import { addSnapshots } from './words/snapshots.js';

/** The words of the command line. Each command's work is loaded only when it is asked for. */
export function createProgram(done: Words['done']): Command {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  const program = new Command('halab')
    .description('Builds Linux high-availability labs, breaks them on purpose, and proves what the cluster did.')
    .version(version)
    .exitOverride()
    .showSuggestionAfterError()
    .addHelpText('after', EXAMPLES);
  const words: Words = {
    program,
    version,
    command: (name, description) => withGlobals(program.command(name).description(description)),
    settingsOf: (flags) => readSettings(flags, process.env, process.cwd()),
    done,
  };
  // In the order in which --help lists them.
  for (const add of [addLabs, addRuns, addFaults, addSnapshots, addMachines]) add(words);
  return program;
}
