import { Option } from 'commander';
import { CONTROLLER_FAILURES } from '../../model/fencing.js';
import { LUN_TROUBLES, STACK_DAEMONS } from '../../model/scenario.js';
import { type Words, withGlobals, withLab } from './flags.js';

/** Faults by hand, and their undoing. */
export function addFaults({ program, command, settingsOf, done }: Words): void {
  withLab(command('heal', 'undo every fault that is still in force, whoever made it')).action(async (flags) =>
    done(await (await import('../commands/fault.js')).heal(settingsOf(flags), flags)),
  );

  const fault = program.command('fault').description('break a lab by hand').exitOverride();
  withLab(
    withGlobals(fault.command('list').description('the faults there are, what they need, what the cluster may do')),
  ).action(async (flags) => done((await import('../commands/fault.js')).listFaults(settingsOf(flags), flags)));
  withLab(
    withGlobals(fault.command('inject <kind> [node]').description('break a node, or several; halab heal undoes it')),
  )
    .addOption(
      new Option(
        '--link <link>',
        'for link-down, one-way-loss and shape (default eth1); for partition, isolate and ring (default: all of the cluster)',
      ).env('HALAB_LINK'),
    )
    .addOption(
      new Option(
        '--by <means>',
        'for link-down: admin, carrier, drop-in, drop-out or drop (default admin); for clock-skew: +5min or -30s',
      ).env('HALAB_BY'),
    )
    .addOption(new Option('--from <node>', 'for one-way-loss: whom the node no longer hears').env('HALAB_FAULT_FROM'))
    .addOption(
      new Option('--daemon <daemon>', `for daemon-kill and daemon-stop: ${STACK_DAEMONS.join(', ')}`).env(
        'HALAB_DAEMON',
      ),
    )
    .addOption(
      new Option('--address <address>', 'for address-gone: one that the cluster manages, or its name in the lab').env(
        'HALAB_ADDRESS',
      ),
    )
    .addOption(
      new Option(
        '--resource <resource>',
        'for failcount: whose failures; for monitor-fail, start-fail and stop-hang: whose service',
      ).env('HALAB_RESOURCE'),
    )
    .addOption(new Option('--value <n>', 'for failcount: how many (default 1)').env('HALAB_VALUE'))
    .addOption(
      new Option('--groups <groups>', 'for partition: ha-host1/ha-host2,ha-host3 or ha-host1/rest').env('HALAB_GROUPS'),
    )
    .addOption(
      new Option('--nodes <nodes>', 'for ring: in order, ha-host1,ha-host2,ha-host3 (default: every HA node)').env(
        'HALAB_NODES',
      ),
    )
    .addOption(new Option('--times <n>', 'for daemon-kill: how often, up to 50 (default 1)').env('HALAB_TIMES'))
    .addOption(
      new Option('--every <time>', 'for daemon-kill with --times: from one kill to the next (default 5s)').env(
        'HALAB_EVERY',
      ),
    )
    .addOption(new Option('--delay <time>', 'for shape: of every packet, such as 100ms').env('HALAB_DELAY'))
    .addOption(new Option('--jitter <time>', 'for shape: how much the delay varies').env('HALAB_JITTER'))
    .addOption(new Option('--loss <share>', 'for shape: how many packets are lost, such as 5%').env('HALAB_LOSS'))
    .addOption(new Option('--duplicate <share>', 'for shape: how many packets come twice').env('HALAB_DUPLICATE'))
    .addOption(new Option('--corrupt <share>', 'for shape: how many packets have a bit wrong').env('HALAB_CORRUPT'))
    .addOption(new Option('--rate <rate>', 'for shape: no more goes out, such as 1mbit').env('HALAB_RATE'))
    .addOption(new Option('--process <name>', 'for process-kill: as ps -o comm shows it').env('HALAB_PROCESS'))
    .addOption(new Option('--path <folder>', 'for disk-full (default /var/lib/pacemaker)').env('HALAB_FAULT_PATH'))
    .addOption(new Option('--workers <n>', 'for cpu-load (default: one for each processor)').env('HALAB_WORKERS'))
    .addOption(new Option('--megabytes <n>', 'for memory-load: in MiB').env('HALAB_MEGABYTES'))
    .addOption(new Option('--disk <disk>', 'for lun-fault: of the lab (default the only one)').env('HALAB_DISK'))
    .addOption(
      new Option(
        '--how <trouble>',
        `for controller-fail: ${CONTROLLER_FAILURES.join(', ')}; for lun-fault: ${LUN_TROUBLES.join(', ')}`,
      ).env('HALAB_HOW'),
    )
    .action(async (kind, node, flags) =>
      done(await (await import('../commands/fault.js')).injectByHand(settingsOf(flags), kind, node, flags)),
    );
}
