import { flag, type Words, withGlobals } from './flags.js';

/** Several machines that run the jobs of a night. */
export function addPool({ program, settingsOf, done }: Words): void {
  const pool = program
    .command('pool')
    .description('machines that run the labs of a night, with Slurm as the queue')
    .exitOverride();
  withGlobals(
    pool
      .command('init <file>')
      .description('check the machines of a pool file over ssh, and set up Slurm on them and on this machine'),
    ['halab pool init ./pool.yaml --check', 'halab pool init ./pool.yaml'],
  )
    .addOption(flag('--check', 'only check, and change nothing'))
    .action(async (file, flags) =>
      done(await (await import('./commands/pool/init.js')).poolInit(settingsOf(flags), file, flags)),
    );
  withGlobals(
    pool.command('status [file]').description('the machines of a pool, and the labs that run on them or wait'),
    ['halab pool status', 'halab pool status ./pool.yaml --json'],
  ).action(async (file, flags) =>
    done(await (await import('./commands/pool/status.js')).poolStatus(settingsOf(flags), file)),
  );
  withGlobals(
    pool.command('drain <machine> [file]').description('give a machine no more labs; those that run there end first'),
    ['halab pool drain m2 --because "its disk is slow"', 'halab pool drain m2 --undo'],
  )
    .addOption(flag('--because <reason>', 'why, for the others who use the pool'))
    .addOption(flag('--undo', 'give it labs again'))
    .action(async (machine, file, flags) =>
      done(await (await import('./commands/pool/status.js')).poolDrain(settingsOf(flags), machine, file, flags)),
    );
  for (const [name, description] of [
    ['prolog', 'what Slurm runs on a machine before a job: fails if the machine cannot run labs'],
    ['epilog', 'what Slurm runs on a machine after a job: takes down what the job has left'],
  ] as const)
    pool
      .command(name, { hidden: true })
      .description(description)
      .exitOverride()
      .action(async () => done(await (await import('./commands/pool/hooks.js'))[name](settingsOf({}))));
}
