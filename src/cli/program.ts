import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { ROOT, readSettings } from './settings.js';
import { addFaults } from './words/faults.js';
import { type Words, withGlobals } from './words/flags.js';
import { addLabs } from './words/labs.js';
import { addMachines } from './words/machines.js';
import { addRuns } from './words/runs.js';
import { addSnapshots } from './words/snapshots.js';

/** Below the help of halab itself. */
const BELOW_HELP = `
A first look:
  halab run scenarios/walkthrough      a lab from nothing, a cluster, a failover, a report; then all is gone again
  halab up && halab ssh ha-host1       a lab to play with; halab down takes it away

Environment: settings have a variable (HALAB_NAME, HALAB_IMAGE …, shown with each command's --help), and
  HALAB_STATE_DIR, HALAB_CACHE_DIR, HALAB_REPORTS_DIR   where things are kept
  HALAB_APT_MIRROR                                      package source for node images

Exit codes: 0 passed · 1 an expectation or audit failed · 2 usage or configuration · 3 inconclusive · 70 a bug of halab · 130 interrupted`;

/** The words of the command line. Each command's work is loaded only when it is asked for. */
export function createProgram(done: Words['done']): Command {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  const program = new Command('halab')
    .description('Builds Linux high-availability labs, breaks them on purpose, and proves what the cluster did.')
    .version(version)
    .exitOverride()
    .showSuggestionAfterError()
    .addHelpText('after', BELOW_HELP);
  const words: Words = {
    program,
    version,
    command: (name, description, examples) => withGlobals(program.command(name).description(description), examples),
    settingsOf: (flags) => readSettings(flags, process.env, process.cwd()),
    done,
  };
  // In the order in which --help lists them.
  for (const add of [addLabs, addRuns, addFaults, addSnapshots, addMachines]) add(words);
  return program;
}
