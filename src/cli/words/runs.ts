import { faultCount, flag, natural, positive, type Words, withLab } from './flags.js';

/** Scenarios and audits. */
export function addRuns({ version, command, settingsOf, done }: Words): void {
  withLab(
    command('run [scenario...]', 'run scenarios: ids, files or folders; or a random walk', [
      'halab run scenarios/walkthrough',
      'halab run interface-down --keep on-failure',
      'halab run scenarios/walkthrough --dry-run',
      'halab run --random 8 --seed 1',
      'halab run scenarios --set ci',
    ]),
  )
    .addOption(flag('--keep <when>', 'keep the lab: never, on-failure, always (default: as it was found)'))
    .addOption(flag('--repeat <n>', 'run it n times').argParser(positive))
    .addOption(flag('--seed <n>', 'for every choice that is left to chance').argParser(natural))
    .addOption(flag('--set <set>', 'only scenarios of this set, e.g. ci'))
    .addOption(
      flag('--random <n>', 'instead of scenarios: n faults as chance and --seed draw them (1 to 1000)').argParser(
        faultCount,
      ),
    )
    .addOption(
      flag(
        '--given <set-ups>',
        'what a random walk stands on, ids with commas (default: form-cluster,fencing-off,virtual-ip)',
      ),
    )
    .addOption(
      flag(
        '--shorten <n>',
        'at most so many runs to shorten a random walk that failed, 0 for none (default 6)',
      ).argParser(natural),
    )
    .addOption(flag('--write <file>', 'keep the random walk as a scenario file'))
    .addOption(flag('--reporter <name>', 'one of mocha’s reporters on stdout beside the live view'))
    .addOption(flag('--no-audits', 'do not audit the cluster after each step'))
    .addOption(flag('--dry-run', 'check everything and print the plan; nothing is touched'))
    .action(async (scenarios, flags) =>
      done(await (await import('../commands/run.js')).run(settingsOf(flags), scenarios, flags, version)),
    );

  command('scenarios [scenario...]', 'the scenarios there are (default: all of the library), and what each needs', [
    'halab scenarios',
    'halab scenarios --set ci --json',
  ])
    .addOption(flag('--set <set>', 'only scenarios of this set, e.g. ci'))
    .action(async (selectors, flags) =>
      done((await import('../commands/scenarios.js')).scenarios(settingsOf(flags), selectors, flags)),
    );

  withLab(
    command('audit [lab]', 'what must hold in any cluster, looked at on every node of a lab now', [
      'halab audit',
      'halab audit --json',
    ]),
  ).action(async (lab, flags) =>
    done(await (await import('../commands/audit.js')).audit(settingsOf(flags), { ...flags, lab: lab ?? flags.lab })),
  );
}
