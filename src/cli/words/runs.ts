import { faultCount, flag, natural, positive, type Words, withLab } from './flags.js';

/** Scenarios and audits. */
export function addRuns({ version, command, settingsOf, done }: Words): void {
  withLab(
    command('run [scenario...]', 'run scenarios, by id, file or folder; or a random walk', [
      'halab run scenarios/walkthrough',
      'halab run interface-down --keep on-failure',
      'halab run scenarios/walkthrough --dry-run',
      'halab run --random 8 --seed 1',
      'halab run scenarios --set ci',
    ]),
  )
    .addOption(
      flag('--keep <when>', 'keep the lab after the run: never, on-failure or always (default: as it was before)'),
    )
    .addOption(flag('--repeat <n>', 'run the scenarios n times').argParser(positive))
    .addOption(flag('--seed <n>', 'seed for all random choices').argParser(natural))
    .addOption(flag('--set <set>', 'only scenarios of this set, such as ci'))
    .addOption(
      flag('--random <n>', 'run a random walk of n faults (1 to 1000) instead of scenarios').argParser(faultCount),
    )
    .addOption(
      flag(
        '--given <scenarios>',
        'scenarios to run before a random walk, by id, separated by commas (default: form-cluster,fencing-off,virtual-ip)',
      ),
    )
    .addOption(
      flag(
        '--shrink <n>',
        'shrink a random walk that failed, in at most n runs; 0 leaves it as it is (default 6)',
      ).argParser(natural),
    )
    .addOption(flag('--write <file>', 'write the random walk to a scenario file'))
    .addOption(flag('--reporter <name>', 'also report with this mocha reporter, on stdout'))
    .addOption(flag('--no-audits', 'do not audit the cluster after each step'))
    .addOption(flag('--dry-run', 'check everything and print the plan, without changing anything'))
    .action(async (scenarios, flags) =>
      done(await (await import('../commands/run.js')).run(settingsOf(flags), scenarios, flags, version)),
    );

  command('scenarios [scenario...]', 'list scenarios and what each requires (default: the whole library)', [
    'halab scenarios',
    'halab scenarios --set ci --json',
  ])
    .addOption(flag('--set <set>', 'only scenarios of this set, such as ci'))
    .action(async (selectors, flags) =>
      done((await import('../commands/scenarios.js')).scenarios(settingsOf(flags), selectors, flags)),
    );

  withLab(
    command('audit [lab]', 'check now, on every node of a lab, what must hold in any cluster', [
      'halab audit',
      'halab audit --json',
    ]),
  ).action(async (lab, flags) =>
    done(await (await import('../commands/audit.js')).audit(settingsOf(flags), { ...flags, lab: lab ?? flags.lab })),
  );
}
