import { faultCount, natural, onOff, positive, valued, type Words, withLab } from './flags.js';

/** Scenarios and audits. */
export function addRuns({ version, command, settingsOf, done }: Words): void {
  withLab(command('run [scenario...]', 'run scenarios: ids, files or folders; or a random walk'))
    .addOption(valued('--keep <when>', 'keep the lab: never, on-failure, always (default: as it was found)'))
    .addOption(valued('--repeat <n>', 'run it n times').argParser(positive))
    .addOption(valued('--seed <n>', 'for every choice that is left to chance').argParser(natural))
    .addOption(valued('--set <set>', 'only scenarios of this set, e.g. ci'))
    .addOption(
      valued('--random <n>', 'instead of scenarios: n faults as chance and --seed draw them (1 to 1000)').argParser(
        faultCount,
      ),
    )
    .addOption(
      valued(
        '--given <set-ups>',
        'what a random walk stands on, ids with commas (default: form-cluster,fencing-off,virtual-ip)',
      ),
    )
    .addOption(
      valued(
        '--shorten <n>',
        'at most so many runs to shorten a random walk that failed, 0 for none (default 6)',
      ).argParser(natural),
    )
    .addOption(valued('--write <file>', 'keep the random walk as a scenario file'))
    .addOption(valued('--reporter <name>', 'one of mocha’s reporters on stdout beside the live view'))
    .addOption(onOff('--no-audits', 'do not audit the cluster after each step'))
    .addOption(onOff('--dry-run', 'check everything and print the plan; nothing is touched'))
    .action(async (scenarios, flags) =>
      done(await (await import('../commands/run.js')).run(settingsOf(flags), scenarios, flags, version)),
    );

  command('scenarios [scenario...]', 'the scenarios there are (default: all of the library), and what each needs')
    .addOption(valued('--set <set>', 'only scenarios of this set, e.g. ci'))
    .action(async (selectors, flags) =>
      done((await import('../commands/scenarios.js')).scenarios(settingsOf(flags), selectors, flags)),
    );

  withLab(command('audit [lab]', 'what must hold in any cluster, looked at on every node of a lab now')).action(
    async (lab, flags) =>
      done(await (await import('../commands/audit.js')).audit(settingsOf(flags), { ...flags, lab: lab ?? flags.lab })),
  );
}
