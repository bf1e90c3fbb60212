import { IMAGES } from '../../config/lab-values.js';
import { flag, type Words, withBackendFlags, withGlobals, withLab } from './flags.js';

/** Virtual machines without halab, boxes, and fencing from outside of a lab. */
export function addMachines({ program, command, settingsOf, done }: Words): void {
  withBackendFlags(
    withGlobals(
      program
        .command('vagrantfile [lab]')
        .description('write the Vagrantfile of a lab, with all it needs, for a person to keep and use without halab'),
      ['halab vagrantfile', 'halab vagrantfile two-node --provider libvirt --out ./two-node'],
    ),
  )
    .addOption(flag('--lab <lab>', 'lab id or file (default linuxha)'))
    .addOption(flag('--name <name>', 'the name machines and networks carry (default: the lab’s own)'))
    .addOption(flag('--image <image>', `what nodes run: ${IMAGES.join(', ')}`))
    .addOption(flag('--out <folder>', 'where to (default: a folder named like the lab)'))
    .addOption(flag('--force', 'write over files that are others'))
    .action(async (lab, flags) =>
      done(
        await (await import('../commands/vagrantfile.js')).vagrantfile(settingsOf(flags), {
          ...flags,
          lab: lab ?? flags.lab,
        }),
      ),
    );

  const box = program.command('box').description('boxes for Vagrant that need no catalogue').exitOverride();
  withGlobals(
    box.command('build').description('make a box from the same recipe as the images of the embedded backend'),
    ['halab box build', 'halab box build --without-cluster --out ./boxes'],
  )
    .addOption(flag('--image <image>', 'debian-11, debian-12 or debian-13 (default debian-12)'))
    .addOption(flag('--provider <provider>', 'libvirt'))
    .addOption(flag('--out <folder>', 'where to (default: boxes in the cache)'))
    .addOption(flag('--without-cluster', 'leave the cluster packages out, and archive them beside the box'))
    .action(async (flags) =>
      done(
        await (await import('../commands/box.js')).boxBuild(settingsOf(flags), {
          ...flags,
          cluster: !flags.withoutCluster,
        }),
      ),
    );

  withLab(
    command('fencing', 'how the cluster of a lab is told to fence its nodes', [
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
    .description('what a power controller of an embedded lab has a node switched by')
    .exitOverride()
    .action(async (file, node, order) =>
      done(await (await import('../commands/power-switch.js')).powerSwitch(settingsOf({}), file, node, order)),
    );
}
