import { IMAGES } from '../model/lab.js';
import {
  again,
  faultCount,
  flag,
  labCount,
  natural,
  positive,
  type Words,
  withBackendFlags,
  withGlobals,
  withLab,
  withStack,
} from './flags.js';

/** What has to do with a lab as a whole. */
export function addLabs({ command, settingsOf, done }: Words): void {
  withLab(
    command('doctor', 'check what this machine can run, and list what is missing with the command that installs it', [
      'halab doctor',
      'halab doctor --fix',
    ]),
  )
    .addOption(flag('--fix', 'install what is missing, where apt has it'))
    .action(async (flags) => done(await (await import('./commands/doctor.js')).doctor(settingsOf(flags), flags)));

  withStack(
    withLab(
      command('up [lab]', 'start a lab (default linuxha); in a lab that is partly up, start what is missing', [
        'halab up',
        'halab up two-node --image debian-13',
        'halab up ./my-lab.yaml --name mine',
        'halab up --count 4',
        'halab up two-node --roster class.txt',
        'halab up --count 4 --set-up virtual-ip',
        'halab up --stack ./pacemaker-build',
      ]),
    ),
  )
    .addOption(flag('--count <n>', 'start n labs, each with a number behind its name').argParser(labCount))
    .addOption(flag('--roster <file>', 'start a lab for each person in a file, one name on each line'))
    .addOption(
      flag('--set-up <scenario...>', 'then play these scenarios and what they require; reset goes back to there'),
    )
    .action(async (lab, flags) => {
      const asked = { ...flags, lab: lab ?? flags.lab };
      if (flags.count === undefined && flags.roster === undefined)
        return done(await (await import('./commands/up-down.js')).up(settingsOf(flags), asked));
      done(await (await import('./commands/up-many.js')).upMany(settingsOf(flags), asked));
    });

  withLab(command('down [lab]', 'remove a lab and everything made for it', ['halab down', 'halab down --all']))
    .addOption(
      flag('--all', 'remove every lab on this machine that no command works on, and what is left of labs that crashed'),
    )
    .action(async (lab, flags) =>
      done(await (await import('./commands/up-down.js')).down(settingsOf(flags), { ...flags, lab: lab ?? flags.lab })),
    );

  withLab(
    command('reset [lab]', 'bring a lab back to its state after up and its set-ups, whatever was done to it', [
      'halab reset linuxha-2',
      'halab reset --all',
    ]),
  )
    .addOption(flag('--all', 'reset every lab on this machine that no command works on'))
    .action(async (name, flags) =>
      done(
        await (await import('./commands/reset.js')).reset(settingsOf(flags), { ...flags, name: name ?? flags.name }),
      ),
    );

  command('list', 'list the labs on this machine, and the lab files, scenarios and sets that there are', [
    'halab list',
    'halab list --json',
  ]).action(async (flags) => done(await (await import('./commands/list.js')).list(settingsOf(flags))));

  withLab(
    command('status [lab]', 'show the labs on this machine, and what their cluster nodes report, with a diagnosis', [
      'halab status',
      'halab status --watch',
      'ssh node1 pcs status --full | halab status --from -',
      'halab status --from mail.txt --lang zh',
    ]),
  )
    .addOption(
      flag(
        '--from <file>',
        'explain the output of pcs status, crm_mon or crm status in a file, or - for stdin; needs no lab',
      ),
    )
    .addOption(flag('--watch', 'refresh until q or Ctrl-C, with what changed meanwhile; keys scroll'))
    .addOption(flag('--interval <seconds>', 'time between refreshes of --watch (default 2)').argParser(positive))
    .action(async (lab, flags, self) => {
      const { statusCommand, typedOf } = await import('./commands/status.js');
      done(await statusCommand(settingsOf(flags), { ...flags, lab: lab ?? flags.lab }, typedOf(self)));
    });

  withLab(
    command(
      'ssh <node> [command...]',
      'open a shell on a node, or run one command (after --) and return its exit code',
      ['halab ssh ha-host1', 'halab ssh ha-host1 -- pcs status', "halab ssh ha-host1 -- 'pcs status | grep DC'"],
    ),
  ).action(async (node, words, flags) =>
    done(await (await import('./commands/connect.js')).ssh(settingsOf(flags), node, words, flags)),
  );

  withLab(
    command('forward <target>', 'forward a local port to a host and port that a node can reach: [LOCAL:]HOST:PORT', [
      'halab forward 2224:ha-host1:2224',
      'halab forward vip:80 --via ha-host2',
    ]),
  )
    .addOption(flag('--via <node>', 'node to connect through (default: the storage node)'))
    .action(async (target, flags) =>
      done(await (await import('./commands/connect.js')).forward(settingsOf(flags), target, flags)),
    );
}

/** Scenarios and audits. */
export function addRuns({ version, command, settingsOf, done }: Words): void {
  withStack(
    withLab(
      command('run [scenario...]', 'run scenarios, by id, file or folder; or a random walk', [
        'halab run scenarios/walkthrough',
        'halab run interface-down --keep on-failure',
        'halab run scenarios/walkthrough --dry-run',
        'halab run --random 8 --seed 1',
        'halab run --set ci',
        'halab run interface-down --step',
      ]),
    ),
  )
    .addOption(
      flag('--keep <when>', 'keep the lab after the run: never, on-failure or always (default: as it was before)'),
    )
    .addOption(flag('--reuse', 'begin a new lab from a saved state of its set-ups; save one where there is none'))
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
    .addOption(
      flag('--step', 'show the run step by step: the narration, a prediction, a key before and after each step'),
    )
    .addOption(flag('--dry-run', 'check everything and print the plan, without changing anything'))
    .action(async (scenarios, flags) =>
      done(await (await import('./commands/run.js')).run(settingsOf(flags), scenarios, flags, version)),
    );

  command('scenarios [scenario...]', 'list scenarios and what each requires (default: the whole library)', [
    'halab scenarios',
    'halab scenarios --set ci --json',
  ])
    .addOption(flag('--set <set>', 'only scenarios of this set, such as ci'))
    .action(async (selectors, flags) =>
      done(await (await import('./commands/scenarios.js')).scenarios(settingsOf(flags), selectors, flags)),
    );

  withLab(
    command('audit [lab]', 'check now, on every node of a lab, what must hold in any cluster', [
      'halab audit',
      'halab audit --json',
    ]),
  ).action(async (lab, flags) =>
    done(await (await import('./commands/audit.js')).audit(settingsOf(flags), { ...flags, lab: lab ?? flags.lab })),
  );
}

/** What runs left behind. */
export function addReports({ command, settingsOf, done }: Words): void {
  const report = command(
    'report [run]',
    'make every report of a stored run again, from its events and evidence (default: the latest run)',
    ['halab report', 'halab report 20261129-094143-interface-down', 'halab report compare RUN latest'],
  ).action(async (run, flags) => done((await import('./commands/report.js')).report(settingsOf(flags), run, flags)));
  withGlobals(report.command('site').description('write the history of all runs as a page to open or publish'), [
    'halab report site --out ./public',
  ])
    .addOption(flag('--out <folder>', 'folder to write to (default: site in the folder of reports)'))
    .addOption(flag('--nights <n>', 'show the last n nights (default 60)').argParser(positive))
    .action(async (flags, self) =>
      done(await (await import('./commands/site.js')).site(settingsOf(self.optsWithGlobals()), flags)),
    );
  withGlobals(
    report
      .command('compare <run> <run>')
      .description('print two stored runs side by side: verdicts, outages and their phases, and what differs')
      .addOption(flag('--html <file>', 'write a page too, with both timelines on one axis')),
    [
      'halab report compare 20261128-020000-interface-down latest',
      'halab report compare ./before ./after --html page.html',
    ],
  ).action(async (before, after, flags, self) =>
    // `halab report` has the same flags, and takes them first.
    done((await import('./commands/report.js')).compare(settingsOf(self.optsWithGlobals()), before, after, flags)),
  );
}

/** What the last nights were like. */
export function addHistory({ command, settingsOf, done }: Words): void {
  const history = command(
    'history [scenario]',
    'show the last nights: verdicts, what is flaky, unstable or changed, and what differs from the last green run',
    ['halab history', 'halab history interface-down', 'halab history --json'],
  )
    .addOption(flag('--nights <n>', 'look at the last n nights (default 60)').argParser(positive))
    .action(async (scenario, flags) =>
      done(await (await import('./commands/history.js')).history(settingsOf(flags), scenario, flags)),
    );
  withGlobals(
    history.command('rebuild').description('make the history again from the run folders, which it is an index of'),
    ['halab history rebuild'],
  ).action(async (_flags, self) =>
    done(await (await import('./commands/history.js')).rebuild(settingsOf(self.optsWithGlobals()))),
  );
}

/** Files to begin with. */
export function addNew({ program, settingsOf, done }: Words): void {
  const begin = program.command('new').description('write a commented file to begin with').exitOverride();
  for (const [kind, what] of [
    ['scenario', 'a scenario with a fault, its heal and a command'],
    ['exercise', 'an exercise with a task, hints, a mistake and a question'],
    ['lab', 'a lab of two cluster nodes and one with shared storage'],
  ] as const)
    withGlobals(begin.command(`${kind} [file]`).description(`write ${what}, with comments`), [
      `halab new ${kind}`,
      `halab new ${kind} ./mine.yaml`,
    ]).action(async (file, flags) => done((await import('./commands/new.js')).newFile(settingsOf(flags), kind, file)));
}

/** Injecting faults, and undoing them. */
export function addFaults({ program, command, settingsOf, done }: Words): void {
  withLab(
    command('heal', 'undo every active fault, including those of other processes', [
      'halab heal',
      'halab heal --name mine',
    ]),
  ).action(async (flags) => done(await (await import('./commands/fault.js')).heal(settingsOf(flags), flags)));

  const fault = program.command('fault').description('inject faults into a running lab').exitOverride();
  withLab(
    withGlobals(
      fault.command('list').description('list the kinds of faults, what they require, and how the cluster may react'),
      ['halab fault list', 'halab fault list --json'],
    ),
  ).action(async (flags) => done(await (await import('./commands/fault.js')).listFaults(settingsOf(flags), flags)));
  const inject = withLab(
    withGlobals(
      fault
        .command('inject <kind> [node...]')
        .description('inject a fault on one node or several; halab heal undoes it'),
      [
        'halab fault inject link-down ha-host1 --by carrier',
        'halab fault inject one-way-loss ha-host1 --from ha-host2',
        'halab fault inject daemon-kill ha-host3 --daemon controld',
        'halab fault inject freeze ha-host2',
        'halab fault inject partition --groups ha-host1/rest',
        'halab fault inject start-fail ha-host1 --resource vip',
        'halab fault inject disk-full ha-host1 --path /var/log',
        'halab fault inject controller-fail ha-host2 --how unreachable',
        'halab fault inject power-off "{holder of vip}" --probe vip',
        'halab fault inject power-off all',
      ],
    ),
  )
    .addOption(
      flag(
        '--probe <address>',
        'measure the outage of this address, or lab address by name; may be given again (default: those that the cluster manages)',
      ).argParser(again),
    )
    .addOption(flag('--no-probe', 'do not measure an outage'))
    .addOption(
      flag('--within <seconds>', 'wait for an address to answer again for so long (default 60)').argParser(positive),
    );
  // Its flags are those of the table of faults, which no other command needs to load.
  fault.hook('preSubcommand', async (_fault, subcommand) => {
    if (subcommand !== inject) return;
    const { faultOptions } = await import('./commands/fault-from-flags.js');
    for (const option of faultOptions()) inject.addOption(option);
  });
  inject.action(async (kind, nodes, flags) =>
    done(await (await import('./commands/inject.js')).inject(settingsOf(flags), kind, nodes, flags, flags)),
  );
}

/** Snapshots, of the backends that have them. */
export function addSnapshots({ program, settingsOf, done }: Words): void {
  const snapshot = program.command('snapshot').description('save the state of a lab, and restore it').exitOverride();
  const snapshots = (words: string, description: string, examples: readonly string[]) =>
    withLab(withGlobals(snapshot.command(words).description(description), examples));
  const change = (how: 'take' | 'restore' | 'remove', description: string, examples: readonly string[]) =>
    snapshots(`${how} <snapshot>`, description, examples).action(async (name, flags) =>
      done(await (await import('./commands/snapshot.js')).changeSnapshot(settingsOf(flags), how, name, flags)),
    );
  change('take', 'save the disks of all nodes together, and the memory of virtual machines', [
    'halab snapshot take formed',
    'halab snapshot take before-the-exercise --name mine',
  ]);
  change('restore', 'restore the state of all nodes', ['halab snapshot restore formed']);
  change('remove', 'delete a snapshot', ['halab snapshot remove formed']);
  withGlobals(snapshot.command('forget <key>').description('delete a saved state that labs begin from'), [
    'halab snapshot forget 3d310f7028f9',
  ]).action(async (key, flags) =>
    done(await (await import('./commands/snapshot.js')).forgetBaseline(settingsOf(flags), key)),
  );
  snapshots('show', 'list the snapshots of a lab', ['halab snapshot show --json']).action(async (flags) =>
    done(await (await import('./commands/snapshot.js')).listSnapshots(settingsOf(flags), flags)),
  );
}

/** Vagrantfiles, boxes, and fencing by the hypervisor host. */
export function addMachines({ program, command, settingsOf, done }: Words): void {
  withBackendFlags(
    withGlobals(
      program
        .command('vagrantfile [lab]')
        .description('write a Vagrantfile for a lab, with all the files it needs, to use without halab'),
      ['halab vagrantfile', 'halab vagrantfile two-node --provider libvirt --out ./two-node'],
    ),
  )
    .addOption(flag('--lab <lab>', 'name or file of the lab (default linuxha)'))
    .addOption(flag('--name <name>', 'name of the machines and networks (default: the name in the lab file)'))
    .addOption(flag('--image <image>', `operating system of the nodes: ${IMAGES.join(', ')}`))
    .addOption(flag('--out <folder>', 'folder to write to (default: one with the name of the lab)'))
    .addOption(flag('--force', 'overwrite files that halab did not write'))
    .action(async (lab, flags) =>
      done(
        await (await import('./commands/vagrantfile.js')).vagrantfile(settingsOf(flags), {
          ...flags,
          lab: lab ?? flags.lab,
        }),
      ),
    );

  const image = program.command('image').description('build node images ahead of the first lab').exitOverride();
  withGlobals(
    image.command('build [lab]').description('build the images that the nodes of a lab boot (default linuxha)'),
    ['halab image build', 'halab image build two-node --image debian-13'],
  )
    .addOption(flag('--image <image>', 'debian-11, debian-12 or debian-13 (default: that of the lab)'))
    .action(async (lab, flags) =>
      done(await (await import('./commands/image.js')).buildImages(settingsOf(flags), { ...flags, lab })),
    );
  withGlobals(image.command('list').description('list the images that are built, and the stacks that are kept'), [
    'halab image list --json',
  ]).action(async (flags) => done((await import('./commands/image.js')).listImages(settingsOf(flags))));
  withGlobals(
    image
      .command('remove <image>')
      .description('delete an image or a stack that no lab boots from; halab image list names them'),
    ['halab image remove debian-11-0123456789ab'],
  ).action(async (name, flags) => done((await import('./commands/image.js')).removeImage(settingsOf(flags), name)));

  const box = program.command('box').description('build Vagrant boxes locally').exitOverride();
  withGlobals(
    box
      .command('build [lab]')
      .description('build a box from the same recipe as the images of the embedded backend, with what a lab adds'),
    ['halab box build', 'halab box build drbd', 'halab box build --without-cluster --out ./boxes'],
  )
    .addOption(flag('--image <image>', 'debian-11, debian-12 or debian-13 (default debian-12)'))
    .addOption(flag('--provider <provider>', 'libvirt'))
    .addOption(flag('--out <folder>', 'folder to write to (default: boxes in the cache folder)'))
    .addOption(
      flag('--without-cluster', 'do not install the cluster packages; write them to an archive beside the box'),
    )
    .action(async (lab, flags) =>
      done(
        await (await import('./commands/box.js')).boxBuild(settingsOf(flags), {
          ...flags,
          ...(lab === undefined ? {} : { lab }),
          cluster: !flags.withoutCluster,
        }),
      ),
    );

  withLab(
    command('fencing', 'show how to configure fencing in the cluster of a lab', [
      'halab fencing',
      'halab fencing --json',
    ]),
  ).action(async (flags) => done(await (await import('./commands/fencing.js')).fencing(settingsOf(flags), flags)));
  program
    .command('fence-gate <name> <provider> <program> [uri]', { hidden: true })
    .description('what sshd runs for the fencing key of a lab, instead of a shell')
    .exitOverride()
    .action(async (name, provider, file, uri) =>
      done(await (await import('./commands/power.js')).fenceGate(name, provider, file, uri)),
    );
  program
    .command('power-switch <lab-file> <node> <order>', { hidden: true })
    .description('what a power controller of an embedded lab runs to switch a node')
    .exitOverride()
    .action(async (file, node, order) =>
      done(await (await import('./commands/power.js')).powerSwitch(settingsOf({}), file, node, order)),
    );
}
