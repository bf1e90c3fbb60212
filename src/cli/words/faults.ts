import { CONTROLLER_FAILURES } from '../../model/fencing.js';
import { LUN_TROUBLES, STACK_DAEMONS } from '../../model/scenario.js';
import { valued, type Words, withGlobals, withLab } from './flags.js';

/** Faults by hand, and their undoing. */
export function addFaults({ program, command, settingsOf, done }: Words): void {
  withLab(command('heal', 'undo every fault that is still in force, whoever made it')).action(async (flags) =>
    done(await (await import('../commands/fault.js')).heal(settingsOf(flags), flags)),
  );

  const fault = program.command('fault').description('break a lab by hand').exitOverride();
  withLab(
    withGlobals(fault.command('list').description('the faults there are, what they need, what the cluster may do')),
  ).action(async (flags) => done(await (await import('../commands/fault.js')).listFaults(settingsOf(flags), flags)));
  withLab(
    withGlobals(fault.command('inject <kind> [node]').description('break a node, or several; halab heal undoes it')),
  )
    .addOption(
      valued(
        '--link <link>',
        'for link-down, one-way-loss and shape (default eth1); for partition, isolate and ring (default: all of the cluster)',
      ),
    )
    .addOption(
      valued(
        '--by <means>',
        'for link-down: admin, carrier, drop-in, drop-out or drop (default admin); for clock-skew: +5min or -30s',
      ),
    )
    .addOption(valued('--from <node>', 'for one-way-loss: whom the node no longer hears', 'HALAB_FAULT_FROM'))
    .addOption(valued('--daemon <daemon>', `for daemon-kill and daemon-stop: ${STACK_DAEMONS.join(', ')}`))
    .addOption(valued('--address <address>', 'for address-gone: one that the cluster manages, or its name in the lab'))
    .addOption(
      valued(
        '--resource <resource>',
        'for failcount: whose failures; for monitor-fail, start-fail and stop-hang: whose service',
      ),
    )
    .addOption(valued('--value <n>', 'for failcount: how many (default 1)'))
    .addOption(valued('--groups <groups>', 'for partition: ha-host1/ha-host2,ha-host3 or ha-host1/rest'))
    .addOption(valued('--nodes <nodes>', 'for ring: in order, ha-host1,ha-host2,ha-host3 (default: every HA node)'))
    .addOption(valued('--times <n>', 'for daemon-kill: how often, up to 50 (default 1)'))
    .addOption(valued('--every <time>', 'for daemon-kill with --times: from one kill to the next (default 5s)'))
    .addOption(valued('--delay <time>', 'for shape: of every packet, such as 100ms'))
    .addOption(valued('--jitter <time>', 'for shape: how much the delay varies'))
    .addOption(valued('--loss <share>', 'for shape: how many packets are lost, such as 5%'))
    .addOption(valued('--duplicate <share>', 'for shape: how many packets come twice'))
    .addOption(valued('--corrupt <share>', 'for shape: how many packets have a bit wrong'))
    .addOption(valued('--rate <rate>', 'for shape: no more goes out, such as 1mbit'))
    .addOption(valued('--process <name>', 'for process-kill: as ps -o comm shows it'))
    .addOption(valued('--path <folder>', 'for disk-full (default /var/lib/pacemaker)', 'HALAB_FAULT_PATH'))
    .addOption(valued('--workers <n>', 'for cpu-load (default: one for each processor)'))
    .addOption(valued('--megabytes <n>', 'for memory-load: in MiB'))
    .addOption(valued('--disk <disk>', 'for lun-fault: of the lab (default the only one)'))
    .addOption(
      valued(
        '--how <trouble>',
        `for controller-fail: ${CONTROLLER_FAILURES.join(', ')}; for lun-fault: ${LUN_TROUBLES.join(', ')}`,
      ),
    )
    .action(async (kind, node, flags) =>
      done(await (await import('../commands/fault.js')).injectByHand(settingsOf(flags), kind, node, flags)),
    );
}
