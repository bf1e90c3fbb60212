import { IMAGES } from '../../model/lab.js';
import { flag, type Words, withBackendFlags, withGlobals, withLab } from './flags.js';

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
        await (await import('../commands/vagrantfile.js')).vagrantfile(settingsOf(flags), {
          ...flags,
          lab: lab ?? flags.lab,
        }),
      ),
    );

  const box = program.command('box').description('build Vagrant boxes locally').exitOverride();
  withGlobals(
    box.command('build').description('build a box from the same recipe as the images of the embedded backend'),
    ['halab box build', 'halab box build --without-cluster --out ./boxes'],
  )
    .addOption(flag('--image <image>', 'debian-11, debian-12 or debian-13 (default debian-12)'))
    .addOption(flag('--provider <provider>', 'libvirt'))
    .addOption(flag('--out <folder>', 'folder to write to (default: boxes in the cache folder)'))
    .addOption(
      flag('--without-cluster', 'do not install the cluster packages; write them to an archive beside the box'),
    )
    .action(async (flags) =>
      done(
        await (await import('../commands/box.js')).boxBuild(settingsOf(flags), {
          ...flags,
          cluster: !flags.withoutCluster,
        }),
      ),
    );

  withLab(
    command('fencing', 'show how to configure fencing in the cluster of a lab', [
      'halab fencing',
      'halab fencing --json',
    ]),
  ).action(async (flags) => done(await (await import('../commands/fencing.js')).fencing(settingsOf(flags), flags)));
  program
    .command('fence-gate <name> <provider> <program> [uri]', { hidden: true })
    .description('what sshd runs for the fencing key of a lab, instead of a shell')
    .exitOverride()
    .action(async (name, provider, file, uri) =>
      done(await (await import('../commands/fence-gate.js')).fenceGate(name, provider, file, uri)),
    );
  program
    .command('power-switch <lab-file> <node> <order>', { hidden: true })
    .description('what a power controller of an embedded lab runs to switch a node')
    .exitOverride()
    .action(async (file, node, order) =>
      done(await (await import('../commands/power-switch.js')).powerSwitch(settingsOf({}), file, node, order)),
    );
}
