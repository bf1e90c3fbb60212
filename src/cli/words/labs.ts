import { flag, positive, type Words, withLab } from './flags.js';

/** What has to do with a lab as a whole. */
export function addLabs({ command, settingsOf, done }: Words): void {
  withLab(
    command('doctor', 'what this machine can run, what is missing, and the command that installs it', [
      'halab doctor',
      'halab doctor --fix',
    ]),
  )
    .addOption(flag('--fix', 'install what apt has'))
    .action(async (flags) => done(await (await import('../commands/doctor.js')).doctor(settingsOf(flags), flags)));

  withLab(
    command('up [lab]', 'bring a lab up (default linuxha); run again, it starts what is missing', [
      'halab up',
      'halab up two-node --image debian-13',
      'halab up ./my-lab.yaml --name mine',
    ]),
  ).action(async (lab, flags) =>
    done(await (await import('../commands/up.js')).up(settingsOf(flags), { ...flags, lab: lab ?? flags.lab })),
  );

  withLab(command('down [lab]', 'remove a lab and everything that was made for it', ['halab down', 'halab down --all']))
    .addOption(flag('--all', 'every lab on this machine, and what crashed ones left'))
    .action(async (lab, flags) =>
      done(await (await import('../commands/down.js')).down(settingsOf(flags), { ...flags, lab: lab ?? flags.lab })),
    );

  withLab(
    command('status [lab]', 'the labs on this machine, the cluster as its nodes see it, and what that means', [
      'halab status',
      'halab status --watch',
      'ssh node1 pcs status --full | halab status --from -',
      'halab status --from mail.txt --lang zh',
    ]),
  )
    .addOption(
      flag(
        '--from <file>',
        'say what an output of pcs status, crm_mon or crm status means, from a file or - for stdin; needs no lab',
      ),
    )
    .addOption(flag('--watch', 'look again and again, until Ctrl-C'))
    .addOption(flag('--interval <seconds>', 'from one look of --watch to the next (default 2)').argParser(positive))
    .action(async (lab, flags, self) => {
      const { statusCommand, typedOf } = await import('../commands/status.js');
      done(await statusCommand(settingsOf(flags), { ...flags, lab: lab ?? flags.lab }, typedOf(self)));
    });

  withLab(
    command('ssh <node> [command...]', 'a shell on a node, or one command with its exit code (after --)', [
      'halab ssh ha-host1',
      'halab ssh ha-host1 -- pcs status',
    ]),
  ).action(async (node, words, flags) =>
    done(await (await import('../commands/ssh.js')).ssh(settingsOf(flags), node, words, flags)),
  );

  withLab(
    command('forward <target>', 'a port of this machine’s loopback to [LOCAL:]HOST:PORT as a node reaches it', [
      'halab forward 2224:ha-host1:2224',
      'halab forward vip:80 --via ha-host2',
    ]),
  )
    .addOption(flag('--via <node>', 'the node to go through (default: the storage node)'))
    .action(async (target, flags) =>
      done(await (await import('../commands/forward.js')).forward(settingsOf(flags), target, flags)),
    );
}
