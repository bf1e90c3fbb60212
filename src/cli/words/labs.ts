import { flag, positive, type Words, withLab } from './flags.js';

/** What has to do with a lab as a whole. */
export function addLabs({ command, settingsOf, done }: Words): void {
  withLab(
    command('doctor', 'check what this machine can run, and list what is missing with the command that installs it', [
      'halab doctor',
      'halab doctor --fix',
    ]),
  )
    .addOption(flag('--fix', 'install what is missing, where apt has it'))
    .action(async (flags) => done(await (await import('../commands/doctor.js')).doctor(settingsOf(flags), flags)));

  withLab(
    command('up [lab]', 'start a lab (default linuxha); in a lab that is partly up, start what is missing', [
      'halab up',
      'halab up two-node --image debian-13',
      'halab up ./my-lab.yaml --name mine',
    ]),
  ).action(async (lab, flags) =>
    done(await (await import('../commands/up.js')).up(settingsOf(flags), { ...flags, lab: lab ?? flags.lab })),
  );

  withLab(command('down [lab]', 'remove a lab and everything made for it', ['halab down', 'halab down --all']))
    .addOption(flag('--all', 'remove every lab on this machine, and what is left of labs that crashed'))
    .action(async (lab, flags) =>
      done(await (await import('../commands/down.js')).down(settingsOf(flags), { ...flags, lab: lab ?? flags.lab })),
    );

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
    .addOption(flag('--watch', 'refresh until Ctrl-C'))
    .addOption(flag('--interval <seconds>', 'time between refreshes of --watch (default 2)').argParser(positive))
    .action(async (lab, flags, self) => {
      const { statusCommand, typedOf } = await import('../commands/status.js');
      done(await statusCommand(settingsOf(flags), { ...flags, lab: lab ?? flags.lab }, typedOf(self)));
    });

  withLab(
    command(
      'ssh <node> [command...]',
      'open a shell on a node, or run one command (after --) and return its exit code',
      ['halab ssh ha-host1', 'halab ssh ha-host1 -- pcs status'],
    ),
  ).action(async (node, words, flags) =>
    done(await (await import('../commands/ssh.js')).ssh(settingsOf(flags), node, words, flags)),
  );

  withLab(
    command('forward <target>', 'forward a local port to a host and port that a node can reach: [LOCAL:]HOST:PORT', [
      'halab forward 2224:ha-host1:2224',
      'halab forward vip:80 --via ha-host2',
    ]),
  )
    .addOption(flag('--via <node>', 'node to connect through (default: the storage node)'))
    .action(async (target, flags) =>
      done(await (await import('../commands/forward.js')).forward(settingsOf(flags), target, flags)),
    );
}
