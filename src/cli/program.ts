import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import {
  addFaults,
  addHistory,
  addLabs,
  addMachines,
  addNew,
  addReports,
  addRuns,
  addSnapshots,
} from './declarations.js';
import { withMeantCommand } from './errors.js';
import { groupItems, spokenHelp, type Words, withGlobals } from './flags.js';
import { addLearn } from './learn-declarations.js';
import { addNightly } from './nightly-declarations.js';

import { output } from './output.js';
import { addPool } from './pool-declarations.js';
import { ROOT, readSettings } from './settings.js';

/** Below the help of halab itself. */
const BELOW_HELP = `
To begin:
  halab run scenarios/walkthrough      starts a lab, forms a cluster, makes it fail over, writes a report, removes the lab
  halab up && halab ssh ha-host1       a lab to experiment with; halab down removes it

Environment: settings have a variable (HALAB_NAME, HALAB_IMAGE …, shown with each command's --help), and
  HALAB_STATE_DIR, HALAB_CACHE_DIR, HALAB_REPORTS_DIR   folders for labs, images and reports
  HALAB_HISTORY                                         where the history is kept: a file, postgres://…, or off
  HALAB_APT_MIRROR                                      package source for node images

Exit codes: 0 passed · 1 an expectation or audit failed · 2 usage or configuration · 3 inconclusive · 70 a bug in halab · 130 interrupted`;

/** The command line. The code of a command is loaded only when the command runs. */
export function createProgram(done: Words['done']): Command {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  const program = new Command('halab')
    .description('Builds Linux high-availability labs, injects faults into them, and checks how the cluster reacts.')
    .version(version)
    .exitOverride()
    .showSuggestionAfterError()
    .configureHelp({ groupItems, ...spokenHelp })
    .configureOutput({ outputError: (text, write) => write(output.spoken(withMeantCommand(text))) })
    .addHelpText('after', () => output.spoken(BELOW_HELP));
  const words: Words = {
    program,
    version,
    command: (name, description, examples) => withGlobals(program.command(name).description(description), examples),
    settingsOf: (flags) => readSettings(flags, process.env, process.cwd()),
    done,
  };
  // In the order in which --help lists them.
  for (const add of [
    addLabs,
    addRuns,
    addReports,
    addHistory,
    addNightly,
    addPool,
    addLearn,
    addNew,
    addFaults,
    addSnapshots,
    addMachines,
  ])
    add(words);
  return program;
}
