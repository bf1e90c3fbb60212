import { Option } from 'commander';
import { IMAGES } from '../../config/lab-words.js';
import { onOff, type Words, withGlobals, withLab } from './flags.js';

/** Virtual machines without halab, boxes, and fencing from outside of a lab. */
export function addMachines({ program, command, settingsOf, done }: Words): void {
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
        await (await import('../commands/vagrantfile.js')).vagrantfile(settingsOf(flags), {
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
        await (await import('../commands/box.js')).boxBuild(settingsOf(flags), {
          ...flags,
          cluster: !flags.withoutCluster,
        }),
      ),
    );

  withLab(command('fencing', 'how the cluster of a lab is told to fence its nodes')).action(async (flags) =>
    done(await (await import('../commands/fencing.js')).fencing(settingsOf(flags), flags)),
  );
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
