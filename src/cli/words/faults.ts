import { CONTROLLER_FAILURES } from '../../model/fencing.js';
import { LUN_TROUBLES, STACK_DAEMONS } from '../../model/scenario.js';
import { flag, type Words, withGlobals, withLab } from './flags.js';

/** Faults by hand, and their undoing. */
export function addFaults({ program, command, settingsOf, done }: Words): void {
  withLab(
    command('heal', 'undo every fault that is still in force, whoever injected it', [
      'halab heal',
      'halab heal --name mine',
    ]),
  ).action(async (flags) => done(await (await import('../commands/fault.js')).heal(settingsOf(flags), flags)));

  const fault = program.command('fault').description('break a lab by hand').exitOverride();
  withLab(
    withGlobals(fault.command('list').description('the faults there are, what they need, what the cluster may do'), [
      'halab fault list',
      'halab fault list --json',
    ]),
  ).action(async (flags) => done(await (await import('../commands/fault.js')).listFaults(settingsOf(flags), flags)));
  withLab(
    withGlobals(fault.command('inject <kind> [node]').description('break a node, or several; halab heal undoes it'), [
      'halab fault inject link-down ha-host1 --by carrier',
      'halab fault inject one-way-loss ha-host1 --from ha-host2',
      'halab fault inject daemon-kill ha-host3 --daemon controld',
      'halab fault inject freeze ha-host2',
      'halab fault inject partition --groups ha-host1/rest',
      'halab fault inject start-fail ha-host1 --resource vip',
      'halab fault inject disk-full ha-host1 --path /var/log',
      'halab fault inject controller-fail ha-host2 --how unreachable',
    ]),
  )
    .addOption(
      flag(
        '--link <link>',
        'for link-down, one-way-loss and shape (default eth1); for partition, isolate and ring (default: all of the cluster)',
      ),
    )
    .addOption(
      flag(
        '--by <means>',
        'for link-down: admin, carrier, drop-in, drop-out or drop (default admin); for clock-skew: +5min or -30s',
      ),
    )
    .addOption(flag('--from <node>', 'for one-way-loss: whom the node no longer hears'))
    .addOption(flag('--daemon <daemon>', `for daemon-kill and daemon-stop: ${STACK_DAEMONS.join(', ')}`))
    .addOption(flag('--address <address>', 'for address-gone: one that the cluster manages, or its name in the lab'))
    .addOption(
      flag(
        '--resource <resource>',
        'for failcount: whose failures; for monitor-fail, start-fail and stop-hang: whose service',
      ),
    )
    .addOption(flag('--value <n>', 'for failcount: how many (default 1)'))
    .addOption(flag('--groups <groups>', 'for partition: ha-host1/ha-host2,ha-host3 or ha-host1/rest'))
    .addOption(flag('--nodes <nodes>', 'for ring: in order, ha-host1,ha-host2,ha-host3 (default: every HA node)'))
    .addOption(flag('--times <n>', 'for daemon-kill: how often, up to 50 (default 1)'))
    .addOption(flag('--every <time>', 'for daemon-kill with --times: from one kill to the next (default 5s)'))
    .addOption(flag('--delay <time>', 'for shape: of every packet, such as 100ms'))
    .addOption(flag('--jitter <time>', 'for shape: how much the delay varies'))
    .addOption(flag('--loss <share>', 'for shape: how many packets are lost, such as 5%'))
    .addOption(flag('--duplicate <share>', 'for shape: how many packets come twice'))
    .addOption(flag('--corrupt <share>', 'for shape: how many packets have a bit wrong'))
    .addOption(flag('--rate <rate>', 'for shape: no more goes out, such as 1mbit'))
    .addOption(flag('--process <name>', 'for process-kill: as ps -o comm shows it'))
    .addOption(flag('--path <folder>', 'for disk-full (default /var/lib/pacemaker)'))
    .addOption(flag('--workers <n>', 'for cpu-load (default: one for each processor)'))
    .addOption(flag('--megabytes <n>', 'for memory-load: in MiB'))
    .addOption(flag('--disk <disk>', 'for lun-fault: of the lab (default the only one)'))
    .addOption(
      flag(
        '--how <trouble>',
        `for controller-fail: ${CONTROLLER_FAILURES.join(', ')}; for lun-fault: ${LUN_TROUBLES.join(', ')}`,
      ),
    )
    .action(async (kind, node, flags) =>
      done(await (await import('../commands/fault.js')).injectByHand(settingsOf(flags), kind, node, flags)),
    );
}
