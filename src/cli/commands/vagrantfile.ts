import { resolve } from 'node:path';
import { boxOf } from '../../backends/vagrant/boxes.js';
import { providerHere, vagrant } from '../../backends/vagrant/index.js';
import { ownBoxOf, vagrantOptionsOf } from '../../backends/vagrant/options.js';
import { renderLab } from '../../backends/vagrant/render.js';
import { shownPath } from '../../config/files.js';
import { EXIT } from '../../model/verdict.js';
import type { AnswerOf } from '../answers/index.js';
import { type LabFlags, labFromFlags, wantedInstance } from '../lab-session.js';
import { output } from '../output.js';
import { type NewFile, writeOwnFiles } from '../own-files.js';
import type { Settings } from '../settings.js';
import { backendHost } from '../wire.js';

/** The name that the archive of packages has beside the Vagrantfile. */
const ARCHIVE = 'packages.tar';

export interface VagrantfileFlags extends LabFlags {
  readonly out?: string;
  readonly force?: boolean;
}

/** Writes a lab as files for Vagrant alone; nothing is started, and halab is not needed afterwards. */
export function vagrantfile(settings: Settings, flags: VagrantfileFlags): number {
  const lab = labFromFlags(settings, flags);
  const instance = wantedInstance(settings, { ...flags, backend: vagrant.name }, lab);
  const { name } = instance;
  const { provider = providerHere(backendHost(settings)), box, packages } = vagrantOptionsOf(instance);
  const rendered = renderLab({
    instance: name,
    lab,
    provider,
    ...(box === undefined ? {} : { box }),
    ...(packages === undefined ? {} : { packages: ARCHIVE }),
  });
  const files: readonly NewFile[] = [
    ...rendered,
    ...(packages === undefined ? [] : [{ path: ARCHIVE, copyOf: packages, mode: 0o644 }]),
  ];
  const folder = resolve(settings.cwd, flags.out ?? name);
  writeOwnFiles(folder, files, { force: flags.force ?? false, shown: shownPath(folder, settings.cwd) });
  const answer = {
    schema: 'halab.vagrantfile/1',
    folder,
    files: files.map(({ path }) => path),
    provider,
    box: boxOf(lab.image, provider, ownBoxOf(instance)).name,
    image: lab.image,
  } satisfies AnswerOf<'vagrantfile'>;
  if (settings.json) output.json(answer);
  else {
    const shown = shownPath(folder, settings.cwd);
    output.line(`${shown}: ${lab.name} for ${provider}, ${lab.nodes.length} machines of the box ${answer.box}`);
    output.line(`  cd ${shown} && vagrant up`);
  }
  return EXIT.passed;
}
