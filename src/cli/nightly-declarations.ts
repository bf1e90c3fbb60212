import { IMAGES } from '../model/lab.js';
import { again, flag, labCount, natural, positive, type Words, withGlobals, withStack } from './flags.js';

/** A night: scenarios, images and labs, on one machine or several. */
export function addNightly({ program, version, command, settingsOf, done }: Words): void {
  const nightly = program
    .command('nightly')
    .description(
      'run scenarios on several images and in several labs, as many labs side by side as the machine can run',
    )
    .exitOverride();
  withStack(
    withGlobals(
      nightly.command('plan [file]').description('write the plan of a night, with the expected time of each part'),
      ['halab nightly plan', 'halab nightly plan ./nightly.yaml --shards 3'],
    ),
  )
    .addOption(
      flag('--labs <n>', 'how many labs side by side (default: as many as this machine would run)').argParser(labCount),
    )
    .addOption(flag('--shards <n>', 'cut the plan into n parts that take about the same time').argParser(labCount))
    .addOption(flag('--out <file>', 'file to write to (default plan.jsonl)'))
    .addOption(flag('--backend <backend>', 'where the labs run'))
    .action(async (file, flags) =>
      done(await (await import('./commands/nightly/plan.js')).plan(settingsOf(flags), file, flags)),
    );

  withStack(
    withGlobals(
      nightly.command('run [file]').description('run a night: a matrix file, or a plan that was written earlier'),
      [
        'halab nightly run',
        'halab nightly run ./nightly.yaml --budget 6h',
        'halab nightly run plan.jsonl --shard 2/3',
        'halab nightly run --resume',
        'halab nightly run --only-failed',
        'halab nightly run --stack ./pacemaker-build',
        'halab nightly run --pool ./pool.yaml',
      ],
    ),
  )
    .addOption(flag('--pool <file>', 'run it on the machines of this pool file (default: on this machine)'))
    .addOption(flag('--resume', 'go on with the last night if it did not end; otherwise begin one'))
    .addOption(flag('--only-failed', 'run the cells that did not pass in the last night'))
    .addOption(flag('--budget <time>', 'begin nothing that would not end in this time, such as 6h or 90min'))
    .addOption(
      flag(
        '--retries <n>',
        'run what did not pass again, at most n times (default 1); what then passes is flaky',
      ).argParser(natural),
    )
    .addOption(flag('--shard <i/n>', 'run the i-th of n parts of the plan'))
    .addOption(
      flag('--labs <n>', 'at most so many labs side by side (default: two for each processor)').argParser(labCount),
    )
    .addOption(flag('--backend <backend>', 'where the labs run'))
    .addOption(flag('--program <file>', 'what runs a cell instead of halab, in tests').hideHelp())
    .action(async (file, { shard, budget, ...flags }) => {
      const { parseBudget, parseShard, runNightly } = await import('./commands/nightly/run.js');
      const parsed = {
        ...flags,
        ...(shard === undefined ? {} : { shard: parseShard(shard) }),
        ...(budget === undefined ? {} : { budget: parseBudget(budget) }),
      };
      done(await runNightly(settingsOf(flags), file, parsed, version));
    });

  command(
    'bisect [scenario]',
    'name the version of a package with which a scenario began to fail, by running it with one after the other',
    [
      'halab bisect standby --stack ./pacemaker-builds',
      'halab bisect --stack ./proposed',
      "halab bisect standby --stack 'deb http://deb.debian.org/debian bookworm-proposed-updates main' --every",
    ],
  )
    .addOption(
      flag(
        '--stack <source>',
        'packages with their versions: a folder, a .deb file or a line of sources.list; may be given again',
      ).argParser(again),
    )
    .addOption(flag('--package <name>', 'only versions of this package; may be given again').argParser(again))
    .addOption(flag('--repeat <n>', 'a version is good once it has passed n times (default 1)').argParser(positive))
    .addOption(flag('--every', 'run every version, for a fault that a later one takes away again'))
    .addOption(flag('--no-nights', 'do not look for the last green and the first red night'))
    .addOption(flag('--dry-run', 'list what would be run, without running it'))
    .addOption(flag('--lab <lab>', 'name or file of the lab (default: the one the scenario is made for)'))
    .addOption(flag('--image <image>', `operating system of the nodes: ${IMAGES.join(', ')}`))
    .addOption(flag('--backend <backend>', 'where the labs run'))
    .addOption(flag('--program <file>', 'what runs a cell instead of halab, in tests').hideHelp())
    .action(async (scenario, flags) =>
      done(await (await import('./commands/bisect.js')).bisect(settingsOf(flags), scenario, flags)),
    );

  command('merge <folder...>', 'put nights, parts of nights and single runs together: one verdict, one JUnit file', [
    'halab merge part-1 part-2 part-3 --out merged',
  ])
    .addOption(flag('--out <folder>', 'folder for the reports: overview.html, overview.txt, summary.json, junit.xml'))
    .action(async (folders, flags) =>
      done(await (await import('./commands/merge.js')).merge(settingsOf(flags), folders, flags)),
    );
}
