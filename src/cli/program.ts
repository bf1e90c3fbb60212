import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { IMAGES } from '../config/lab-words.js';
import { CONTROLLER_FAILURES } from '../model/fencing.js';
import { LUN_TROUBLES, STACK_DAEMONS } from '../model/scenario.js';
import { type GlobalFlags, ROOT, readSettings, type Settings } from './settings.js';

type Flags = GlobalFlags & Record<string, never>;
type Done = (exitCode: number) => void;

/** The words of the command line. Each command's work is loaded only when it is asked for. */
export function createProgram(done: Done): Command {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
  const program = new Command('halab')
    .description('Builds Linux high-availability labs, breaks them on purpose, and proves what the cluster did.')
    .version(version)
    .exitOverride()
    .showSuggestionAfterError()
    .addHelpText('after', EXAMPLES);
  const command = (words: string, description: string) => withGlobals(program.command(words).description(description));
  const settingsOf = (flags: Flags): Settings => readSettings(flags, process.env, process.cwd());

  withLab(command('doctor', 'what this machine can run, what is missing, and the command that mends it'))
    .addOption(onOff('--fix', 'install what apt has', 'HALAB_FIX'))
    .action(async (flags) => done(await (await import('./commands/doctor.js')).doctor(settingsOf(flags), flags)));

  withLab(command('up [lab]', 'bring a lab up (default linuxha); run again, it starts what is missing')).action(
    async (lab, flags) =>
      done(await (await import('./commands/up.js')).up(settingsOf(flags), { ...flags, lab: lab ?? flags.lab })),
  );

  withLab(command('down [lab]', 'take a lab down and leave nothing of it'))
    .addOption(onOff('--all', 'every lab on this machine, and what crashed ones left', 'HALAB_ALL'))
    .action(async (lab, flags) =>
      done(await (await import('./commands/down.js')).down(settingsOf(flags), { ...flags, lab: lab ?? flags.lab })),
    );

  withLab(command('status [lab]', 'the labs on this machine, the cluster as its nodes see it, and what that means'))
    .addOption(
      new Option(
        '--from <file>',
        'say what an output of pcs status, crm_mon or crm status means, from a file or - for stdin; needs no lab',
      ).env('HALAB_FROM'),
    )
    .addOption(onOff('--watch', 'look again and again, until Ctrl-C', 'HALAB_WATCH'))
    .addOption(
      new Option('--interval <seconds>', 'from one look of --watch to the next (default 2)')
        .argParser(positive)
        .env('HALAB_INTERVAL'),
    )
    .action(async (lab, flags, self) => {
      const { statusCommand, typedOf } = await import('./commands/status-command.js');
      done(await statusCommand(settingsOf(flags), { ...flags, lab: lab ?? flags.lab }, typedOf(self)));
    });

  withLab(command('ssh <node> [command...]', 'a shell on a node, or one command with its exit code (after --)')).action(
    async (node, words, flags) =>
      done(await (await import('./commands/ssh.js')).ssh(settingsOf(flags), node, words, flags)),
  );

  withLab(command('forward <target>', 'a port of this machine’s loopback to [LOCAL:]HOST:PORT as a node reaches it'))
    .addOption(new Option('--via <node>', 'the node to go through (default: the storage node)').env('HALAB_VIA'))
    .action(async (target, flags) =>
      done(await (await import('./commands/forward.js')).forward(settingsOf(flags), target, flags)),
    );

  withLab(command('run [scenario...]', 'run scenarios: ids, files or folders; or a random walk'))
    .addOption(
      new Option('--keep <when>', 'keep the lab: never, on-failure, always (default: as it was found)').env(
        'HALAB_KEEP',
      ),
    )
    .addOption(new Option('--repeat <n>', 'run it n times').argParser(positive).env('HALAB_REPEAT'))
    .addOption(new Option('--seed <n>', 'for every choice that is left to chance').argParser(natural).env('HALAB_SEED'))
    .addOption(new Option('--set <set>', 'only scenarios of this set, e.g. ci').env('HALAB_SET'))
    .addOption(
      new Option('--random <n>', 'instead of scenarios: n faults as chance and --seed draw them (1 to 1000)')
        .argParser(faultCount)
        .env('HALAB_RANDOM'),
    )
    .addOption(
      new Option(
        '--given <set-ups>',
        'what a random walk stands on, ids with commas (default: form-cluster,fencing-off,virtual-ip)',
      ).env('HALAB_GIVEN'),
    )
    .addOption(
      new Option('--shorten <n>', 'at most so many runs to shorten a random walk that failed, 0 for none (default 6)')
        .argParser(natural)
        .env('HALAB_SHORTEN'),
    )
    .addOption(new Option('--write <file>', 'keep the random walk as a scenario file').env('HALAB_WRITE'))
    .addOption(
      new Option('--reporter <name>', 'one of mocha’s reporters on stdout beside the live view').env('HALAB_REPORTER'),
    )
    .addOption(onOff('--no-audits', 'do not audit the cluster after each step', 'HALAB_NO_AUDITS'))
    .addOption(onOff('--dry-run', 'check everything and print the plan; nothing is touched', 'HALAB_DRY_RUN'))
    .action(async (scenarios, flags) =>
      done(await (await import('./commands/run.js')).run(settingsOf(flags), scenarios, flags, version)),
    );

  command('scenarios [scenario...]', 'the scenarios there are (default: all of the library), and what each needs')
    .addOption(new Option('--set <set>', 'only scenarios of this set, e.g. ci').env('HALAB_SET'))
    .action(async (selectors, flags) =>
      done((await import('./commands/scenarios.js')).scenarios(settingsOf(flags), selectors, flags)),
    );

  withLab(command('audit [lab]', 'what must hold in any cluster, looked at on every node of a lab now')).action(
    async (lab, flags) =>
      done(await (await import('./commands/audit.js')).audit(settingsOf(flags), { ...flags, lab: lab ?? flags.lab })),
  );

  withLab(command('heal', 'undo every fault that is still in force, whoever made it')).action(async (flags) =>
    done(await (await import('./commands/fault.js')).heal(settingsOf(flags), flags)),
  );

  const fault = program.command('fault').description('break a lab by hand').exitOverride();
  withLab(
    withGlobals(fault.command('list').description('the faults there are, what they need, what the cluster may do')),
  ).action(async (flags) => done((await import('./commands/fault.js')).listFaults(settingsOf(flags), flags)));
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
      done(await (await import('./commands/fault.js')).injectByHand(settingsOf(flags), kind, node, flags)),
    );

  const snapshot = program.command('snapshot').description('keep a lab as it stands, and go back to it').exitOverride();
  const snapshots = (words: string, description: string) =>
    withLab(withGlobals(snapshot.command(words).description(description)));
  snapshots('take <snapshot>', 'keep all nodes as they are, memory included').action(async (name, flags) =>
    done(await (await import('./commands/snapshot.js')).takeSnapshot(settingsOf(flags), name, flags)),
  );
  snapshots('restore <snapshot>', 'all nodes go on from where they were').action(async (name, flags) =>
    done(await (await import('./commands/snapshot.js')).restoreSnapshot(settingsOf(flags), name, flags)),
  );
  snapshots('remove <snapshot>', 'forget a snapshot').action(async (name, flags) =>
    done(await (await import('./commands/snapshot.js')).removeSnapshot(settingsOf(flags), name, flags)),
  );
  snapshots('show', 'the snapshots of a lab').action(async (flags) =>
    done(await (await import('./commands/snapshot.js')).listSnapshots(settingsOf(flags), flags)),
  );

  withGlobals(
    program
      .command('vagrantfile [lab]')
      .description('write the Vagrantfile of a lab, with all it needs, for a person to keep and use without halab'),
  )
    .addOption(new Option('--lab <lab>', 'lab id or file (default linuxha)').env('HALAB_LAB'))
    .addOption(
      new Option('--name <name>', 'the name machines and networks carry (default: the lab’s own)').env('HALAB_NAME'),
    )
    .addOption(
      new Option('--provider <provider>', 'virtualbox or libvirt (default: what this machine has)').env(
        'HALAB_PROVIDER',
      ),
    )
    .addOption(new Option('--image <image>', `what nodes run: ${IMAGES.join(', ')}`).env('HALAB_IMAGE'))
    .addOption(new Option('--box <box>', 'a Vagrant box instead of the one for the image').env('HALAB_BOX'))
    .addOption(
      new Option('--packages <file>', 'an archive of packages for machines without a package source').env(
        'HALAB_PACKAGES',
      ),
    )
    .addOption(new Option('--out <folder>', 'where to (default: a folder named like the lab)').env('HALAB_OUT'))
    .addOption(onOff('--force', 'write over files that are others', 'HALAB_FORCE'))
    .action(async (lab, flags) =>
      done(
        await (await import('./commands/vagrantfile.js')).vagrantfile(settingsOf(flags), {
          ...flags,
          lab: lab ?? flags.lab,
        }),
      ),
    );

  const box = program.command('box').description('boxes for Vagrant that need no catalogue').exitOverride();
  withGlobals(box.command('build').description('make a box from the same recipe as the images of the embedded backend'))
    .addOption(
      new Option('--image <image>', 'debian-11, debian-12 or debian-13 (default debian-12)').env('HALAB_IMAGE'),
    )
    .addOption(new Option('--provider <provider>', 'libvirt').env('HALAB_PROVIDER'))
    .addOption(new Option('--out <folder>', 'where to (default: boxes in the cache)').env('HALAB_OUT'))
    .addOption(
      onOff(
        '--without-cluster',
        'leave the cluster packages out, and archive them beside the box',
        'HALAB_WITHOUT_CLUSTER',
      ),
    )
    .action(async (flags) =>
      done(
        await (await import('./commands/box.js')).boxBuild(settingsOf(flags), {
          ...flags,
          cluster: !flags.withoutCluster,
        }),
      ),
    );

  withLab(command('fencing', 'how the cluster of a lab is told to fence its nodes')).action(async (flags) =>
    done((await import('./commands/fencing.js')).fencing(settingsOf(flags), flags)),
  );
  program
    .command('fence-gate <name> <provider> <program> [uri]', { hidden: true })
    .description('what sshd runs for the fencing key of a lab, instead of a shell')
    .exitOverride()
    .action(async (name, provider, file, uri) =>
      done(await (await import('./commands/fence-gate.js')).fenceGate(name, provider, file, uri)),
    );
  program
    .command('power-switch <lab-file> <node> <order>', { hidden: true })
    .description('what a power controller of an embedded lab has a node switched by')
    .exitOverride()
    .action(async (file, node, order) =>
      done(await (await import('./commands/power-switch.js')).powerSwitch(settingsOf({}), file, node, order)),
    );
  return program;
}

const EXAMPLES = `
A first look:
  halab run scenarios/walkthrough      a lab from nothing, a cluster, a failover, a report; then all is gone again
  halab up && halab ssh ha-host1       a lab to play with; halab down takes it away

Environment: every flag has a variable (HALAB_NAME, HALAB_IMAGE …, shown with each command's --help), and
  HALAB_STATE_DIR, HALAB_CACHE_DIR, HALAB_REPORTS_DIR   where things are kept
  HALAB_APT_MIRROR                                      package source for node images

Exit codes: 0 passed · 1 an expectation or audit failed · 2 usage or configuration · 3 could not tell · 70 a bug of halab · 130 interrupted`;

/** What a first try of each command looks like. */
const COMMAND_EXAMPLES: Readonly<Record<string, readonly string[]>> = {
  doctor: ['halab doctor', 'halab doctor --fix'],
  up: ['halab up', 'halab up two-node --image debian-13', 'halab up ./my-lab.yaml --name mine'],
  down: ['halab down', 'halab down --all'],
  status: [
    'halab status',
    'halab status --watch',
    'ssh node1 pcs status --full | halab status --from -',
    'halab status --from mail.txt --lang zh',
  ],
  ssh: ['halab ssh ha-host1', 'halab ssh ha-host1 -- pcs status'],
  forward: ['halab forward 2224:ha-host1:2224', 'halab forward vip:80 --via ha-host2'],
  run: [
    'halab run scenarios/walkthrough',
    'halab run interface-down --keep on-failure',
    'halab run scenarios/walkthrough --dry-run',
    'halab run --random 8 --seed 1',
    'halab run scenarios --set ci',
  ],
  scenarios: ['halab scenarios', 'halab scenarios --set ci --json'],
  audit: ['halab audit', 'halab audit --json'],
  heal: ['halab heal', 'halab heal --name mine'],
  list: ['halab fault list', 'halab fault list --json'],
  take: ['halab snapshot take formed', 'halab snapshot take before-the-exercise --name mine'],
  restore: ['halab snapshot restore formed'],
  remove: ['halab snapshot remove formed'],
  show: ['halab snapshot show --json'],
  fencing: ['halab fencing', 'halab fencing --json'],
  vagrantfile: ['halab vagrantfile', 'halab vagrantfile two-node --provider libvirt --out ./two-node'],
  build: ['halab box build', 'halab box build --without-cluster --out ./boxes'],
  inject: [
    'halab fault inject link-down ha-host1 --by carrier',
    'halab fault inject one-way-loss ha-host1 --from ha-host2',
    'halab fault inject daemon-kill ha-host3 --daemon controld',
    'halab fault inject freeze ha-host2',
    'halab fault inject partition --groups ha-host1/rest',
    'halab fault inject start-fail ha-host1 --resource vip',
    'halab fault inject disk-full ha-host1 --path /var/log',
    'halab fault inject controller-fail ha-host2 --how unreachable',
  ],
};

const NO = ['', '0', 'false', 'no', 'off'];

/** What an environment variable of a flag without a value says. */
export function isOn(value: string | undefined): boolean {
  return value !== undefined && !NO.includes(value.toLowerCase());
}

/** commander takes a variable that is set for a yes, whatever it holds; here `HALAB_JSON=0` is a no. */
function onOff(flag: string, description: string, variable: string): Option {
  const option = new Option(flag, description);
  const value = process.env[variable];
  return value === undefined || isOn(value) ? option.env(variable) : option;
}

function withGlobals(command: Command): Command {
  const examples = COMMAND_EXAMPLES[command.name()];
  return command
    .exitOverride()
    .addHelpText('after', examples ? `\nExamples:\n${examples.map((line) => `  ${line}`).join('\n')}` : '')
    .addOption(onOff('--json', 'machine-readable answer on stdout', 'HALAB_JSON'))
    .addOption(new Option('--lang <language>', 'en or zh (default: from the locale)').env('HALAB_LANG'))
    .addOption(onOff('--debug', 'with stack traces', 'HALAB_DEBUG'));
}

function withLab(command: Command): Command {
  return command
    .addOption(new Option('--lab <lab>', 'lab id or file (default linuxha)').env('HALAB_LAB'))
    .addOption(new Option('--name <name>', 'the name this lab goes by here (default: the lab’s own)').env('HALAB_NAME'))
    .addOption(
      new Option(
        '--backend <backend>',
        'embedded (containers on this Linux machine) or vagrant (virtual machines)',
      ).env('HALAB_BACKEND'),
    )
    .addOption(
      new Option('--provider <provider>', 'virtualbox or libvirt; says that virtual machines are meant').env(
        'HALAB_PROVIDER',
      ),
    )
    .addOption(new Option('--image <image>', `what nodes run: ${IMAGES.join(', ')}`).env('HALAB_IMAGE'))
    .addOption(new Option('--box <box>', 'a Vagrant box instead of the one for the image').env('HALAB_BOX'))
    .addOption(
      new Option('--packages <file>', 'an archive of packages for virtual machines without a package source').env(
        'HALAB_PACKAGES',
      ),
    );
}

function positive(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new InvalidArgumentError('a whole number above 0 is wanted');
}

function faultCount(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= 1000) return value;
  throw new InvalidArgumentError('a whole number from 1 to 1000 is wanted');
}

function natural(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 0 && value < 2 ** 32) return value;
  throw new InvalidArgumentError('a whole number from 0 to 4294967295 is wanted');
}
