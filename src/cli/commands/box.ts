import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildBox } from '../../backends/vagrant/box/build-box.js';
import { LabError } from '../../model/errors.js';
import type { Lab } from '../../model/lab.js';
import { EXIT } from '../../model/verdict.js';
import { createProcessRunner } from '../../system/process-runner.js';
import { withInterrupt } from '../interrupt.js';
import { labFromFlags } from '../lab-session.js';
import { output, stopwatch } from '../output.js';
import type { Settings } from '../settings.js';

export interface BoxFlags {
  /** The lab whose packages go in. */
  readonly lab?: string;
  readonly image?: string;
  readonly provider?: string;
  readonly out?: string;
  /** False: leave the cluster packages out, and archive them beside the box. */
  readonly cluster?: boolean;
}

/** Makes a Vagrant box that needs no network afterwards. */
export async function boxBuild(settings: Settings, flags: BoxFlags): Promise<number> {
  const lab = flags.lab === undefined ? undefined : labFromFlags(settings, flags);
  const image = lab?.image ?? flags.image ?? 'debian-12';
  const outDir = flags.out ? resolve(settings.cwd, flags.out) : join(settings.cacheDir, 'boxes');
  checkProvider(flags.provider ?? 'libvirt');
  checkRoot();
  const elapsed = stopwatch();
  const built = await withInterrupt((signal) =>
    buildBox(
      {
        ...{ image, outDir, cluster: flags.cluster ?? true, mirror: settings.mirror },
        ...(lab === undefined ? {} : { lab: { name: lab.name, packages: packagesAddedBy(lab) } }),
      },
      { processes: createProcessRunner() },
      (text) => output.note(`[${elapsed()}] ${text}`),
      signal,
    ),
  );
  const answer = { image, name: built.name, provider: 'libvirt' as const, ...filesOf(built) };
  if (settings.json) output.answer('box', answer);
  else {
    output.line(`${built.boxFile} (${sizeOf(answer.bytes)}, ${elapsed()})`);
    if (built.packagesFile) output.line(`${built.packagesFile}: the cluster packages, for machines without a network`);
    output.line(`  vagrant box add --force --name ${built.name} ${built.boxFile}`);
  }
  return EXIT.passed;
}

function packagesAddedBy({ nodes }: Lab): readonly string[] {
  return [...new Set(nodes.flatMap(({ extras }) => (extras?.packages ?? []).map(({ name }) => name)))].sort();
}

function filesOf({ boxFile, packagesFile }: { readonly boxFile: string; readonly packagesFile?: string }) {
  return {
    box: boxFile,
    bytes: statSync(boxFile).size,
    ...(packagesFile ? { packages: packagesFile, packagesBytes: statSync(packagesFile).size } : {}),
  };
}

function checkProvider(provider: string): void {
  if (provider === 'libvirt') return;
  if (provider === 'virtualbox') {
    throw new LabError('usage', 'a box is made for libvirt only: VirtualBox starts no kernel from beside the disk', {
      hint: 'for VirtualBox take a public box, e.g. one of Debian’s; its machines need a network once, for the packages',
    });
  }
  throw new LabError('usage', `there is no provider ${provider}`, { hint: '--provider libvirt' });
}

function checkRoot(): void {
  if (process.getuid?.() === 0) return;
  throw new LabError('not-root', 'building a box needs root: it sets packages up in a folder that becomes the disk', {
    hint: 'run the same command as root (sudo)',
  });
}

function sizeOf(bytes: number): string {
  return `${Math.round(bytes / 1024 ** 2)} MiB`;
}
