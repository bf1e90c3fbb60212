import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { boxWrong, unknownWord } from '../../fields/value-problem.js';
import { LabError } from '../../model/errors.js';
import type { BackendOptions, LabInstance } from '../../model/lab.js';
import type { BackendFlag } from '../../ports/backend-module.js';

/** Hypervisors that Vagrant drives, as `vagrant up --provider` names them. */
export const PROVIDERS = ['virtualbox', 'libvirt'] as const;
export type Provider = (typeof PROVIDERS)[number];

/** What a lab of virtual machines was asked for by flags. */
interface VagrantOptions {
  readonly provider?: Provider;
  /** A Vagrant box instead of the lab file's, or the one that goes with the image. */
  readonly box?: string;
  /** Absolute path of an archive of packages, for nodes that reach no package source. */
  readonly packages?: string;
}

const COMMANDS = ['doctor', 'up', 'run', 'vagrantfile'] as const;

export const FLAGS: readonly BackendFlag[] = [
  {
    name: 'provider',
    value: 'provider',
    description: 'virtualbox or libvirt (default: the one that is installed)',
    commands: COMMANDS,
    selects: true,
  },
  {
    name: 'box',
    value: 'box',
    description: 'a Vagrant box instead of the one for the image',
    commands: COMMANDS,
  },
  {
    name: 'packages',
    value: 'file',
    description: 'an archive of packages for machines without a package source',
    commands: ['up', 'run', 'vagrantfile'],
    mayChange: true,
  },
];

/** Throws LabError `usage` for a provider, a box or an archive that cannot be. */
export function checkedOptions({ provider, box, packages }: BackendOptions, cwd: string): VagrantOptions {
  return {
    ...(provider === undefined ? {} : { provider: checkedProvider(provider) }),
    ...(box === undefined ? {} : { box: checkedBox(box) }),
    ...(packages === undefined ? {} : { packages: checkedArchive(resolve(cwd, packages)) }),
  };
}

export function checkedProvider(word: string): Provider {
  const provider = PROVIDERS.find((each) => each === word);
  if (provider) return provider;
  const { message, hint } = unknownWord('provider', word, PROVIDERS);
  throw new LabError('usage', message, { hint, data: { asked: word, known: PROVIDERS } });
}

function checkedBox(box: string): string {
  const wrong = boxWrong(box);
  if (wrong === undefined) return box;
  throw new LabError('usage', wrong.message, { hint: wrong.hint });
}

function checkedArchive(file: string): string {
  if (statSync(file, { throwIfNoEntry: false })?.isFile()) return file;
  throw noArchiveAt(file);
}

export function noArchiveAt(file: string): LabError {
  return new LabError('usage', `there is no archive of packages at ${file}`, {
    hint: 'halab box build --without-cluster makes one beside its box',
  });
}

/** They were checked when the instance was made. */
export function vagrantOptionsOf({ options }: LabInstance): VagrantOptions {
  return (options ?? {}) as VagrantOptions;
}

/** The box of the instance's own: by flag or, behind it, in the lab file. */
export function ownBoxOf(instance: LabInstance): string | undefined {
  return vagrantOptionsOf(instance).box ?? instance.lab.machines.box;
}
