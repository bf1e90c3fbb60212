import { type Words, withGlobals, withLab } from './flags.js';

/** Injecting faults, and undoing them. */
export function addFaults({ program, command, settingsOf, done }: Words): void {
  withLab(
    command('heal', 'undo every active fault, including those of other processes', [
      'halab heal',
      'halab heal --name mine',
    ]),
  ).action(async (flags) => done(await (await import('../commands/fault.js')).heal(settingsOf(flags), flags)));

  const fault = program.command('fault').description('inject faults into a running lab').exitOverride();
  withLab(
    withGlobals(
      fault.command('list').description('list the kinds of faults, what they require, and how the cluster may react'),
      ['halab fault list', 'halab fault list --json'],
    ),
  ).action(async (flags) => done(await (await import('../commands/fault.js')).listFaults(settingsOf(flags), flags)));
  const inject = withLab(
    withGlobals(
      fault.command('inject <kind> [node]').description('inject a fault on one node or several; halab heal undoes it'),
      [
        'halab fault inject link-down ha-host1 --by carrier',
        'halab fault inject one-way-loss ha-host1 --from ha-host2',
        'halab fault inject daemon-kill ha-host3 --daemon controld',
        'halab fault inject freeze ha-host2',
        'halab fault inject partition --groups ha-host1/rest',
        'halab fault inject start-fail ha-host1 --resource vip',
        'halab fault inject disk-full ha-host1 --path /var/log',
        'halab fault inject controller-fail ha-host2 --how unreachable',
      ],
    ),
  );
  // Its flags are those of the table of faults, which no other command needs to load.
  fault.hook('preSubcommand', async (_fault, subcommand) => {
    if (subcommand !== inject) return;
    const { faultOptions } = await import('../commands/fault-from-flags.js');
    for (const option of faultOptions()) inject.addOption(option);
  });
  inject.action(async (kind, node, flags) =>
    done(await (await import('../commands/fault.js')).injectByHand(settingsOf(flags), kind, node, flags)),
  );
}
