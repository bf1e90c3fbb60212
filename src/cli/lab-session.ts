import { join, resolve } from 'node:path';
import { isFile, loadLab } from '../config/files.js';
import { boxWrong, IMAGES } from '../config/lab-words.js';
import { LabError } from '../model/errors.js';
import { type Lab, type LabInstance, PROVIDERS, type Provider } from '../model/lab.js';
import { listInstances, loadInstance, requireInstance, saveInstance } from '../store/instances.js';
import { takeLock } from '../store/lock.js';
import { output } from './output.js';
import type { Settings } from './settings.js';
import { unknownOne } from './unknown-one.js';
import { providerHere } from './wire.js';

export interface LabFlags {
  readonly lab?: string;
  readonly name?: string;
  readonly backend?: string;
  readonly provider?: string;
  readonly image?: string;
  readonly box?: string;
  readonly packages?: string;
}

export const DEFAULT_LAB = 'linuxha';

/** The lab as its file says, with `--image` and `--box` laid over; its warnings go to the terminal. */
export function labFromFlags(settings: Settings, flags: LabFlags): Lab {
  const { lab, warnings } = loadLab(flags.lab ?? DEFAULT_LAB, settings);
  for (const warning of warnings)
    output.note(`warning: ${warning.file}:${warning.line}:${warning.column}: ${warning.message}`);
  return laidOver(lab, flags);
}

function laidOver(lab: Lab, flags: LabFlags): Lab {
  if (flags.image !== undefined && !IMAGES.some((image) => image === flags.image))
    throw unknownOne('image', flags.image, IMAGES);
  const wrongBox = flags.box === undefined ? undefined : boxWrong(flags.box);
  if (wrongBox) throw new LabError('usage', wrongBox.message, { hint: wrongBox.hint });
  return {
    ...lab,
    ...(flags.image === undefined ? {} : { image: flags.image }),
    ...(flags.box === undefined ? {} : { machines: { ...lab.machines, box: flags.box } }),
  };
}

/** A provider says by itself that virtual machines are meant. */
export function backendFromFlags(settings: Settings, flags: LabFlags): string {
  return flags.backend ?? (flags.provider === undefined ? settings.backend : 'vagrant');
}

/** Undefined where no flag names one, and the machine decides. */
export function providerFromFlags(settings: Settings, flags: LabFlags): Provider | undefined {
  if (flags.provider === undefined) return undefined;
  const provider = PROVIDERS.find((each) => each === flags.provider);
  if (provider === undefined) throw unknownOne('provider', flags.provider, PROVIDERS);
  const backend = backendFromFlags(settings, flags);
  if (backend === 'vagrant') return provider;
  throw new LabError('usage', `the ${backend} backend has no providers`, {
    hint: 'leave --backend out, or say vagrant',
  });
}

/** The instance that the flags ask for, whether or not it is there. */
export function wantedInstance(settings: Settings, flags: LabFlags, lab: Lab): LabInstance {
  const backend = backendFromFlags(settings, flags);
  refuseMachineFlags(flags, backend);
  const provider = providerFromFlags(settings, flags) ?? (backend === 'vagrant' ? providerHere(settings) : undefined);
  return {
    name: checkName(flags.name ?? lab.name),
    backend,
    ...(provider === undefined ? {} : { provider }),
    ...(flags.packages === undefined ? {} : { packages: packagesFile(settings, flags.packages) }),
    lab,
  };
}

/** Whoever names a box or an archive means virtual machines, and must not get containers. */
function refuseMachineFlags({ box, packages }: LabFlags, backend: string): void {
  if (backend === 'vagrant' || (box === undefined && packages === undefined)) return;
  const flag = box === undefined ? '--packages' : '--box';
  throw new LabError('usage', `${flag} is for virtual machines, and the backend is ${backend}`, {
    hint: 'add --provider virtualbox or --provider libvirt, or leave it out',
  });
}

function packagesFile(settings: Settings, path: string): string {
  const file = resolve(settings.cwd, path);
  if (isFile(file)) return file;
  throw new LabError('usage', `there is no archive of packages at ${file}`, {
    hint: 'halab box build --without-cluster makes one beside its box',
  });
}

/** The instance to bring up: what stands there already under that name if it is the same lab. */
export function instanceToBringUp(settings: Settings, flags: LabFlags): LabInstance {
  const remembered = (name: string | undefined) =>
    name === undefined ? undefined : loadInstance(settings.stateDir, checkName(name));
  // A name alone means the lab that goes by it.
  const named = flags.lab === undefined ? remembered(flags.name) : undefined;
  const lab = named ? laidOver(named.lab, flags) : labFromFlags(settings, flags);
  const there = named ?? remembered(flags.name ?? lab.name);
  const wanted = wantedInstance(settings, withBackendOf(there, flags), lab);
  if (!there) return wanted;
  if (isSame(there, wanted, flags)) return { ...there, ...(wanted.packages ? { packages: wanted.packages } : {}) };
  const { name } = wanted;
  const what = `${there.lab.name} with ${there.lab.image} on ${there.provider ?? there.backend}`;
  throw new LabError('lab-already-up', `${name} is up already as ${what}`, {
    hint: `halab down --name ${name} takes it down; --name gives this one another name`,
    data: { name },
  });
}

/** Where nobody asks for another backend, a lab stays where it is. */
function withBackendOf(there: LabInstance | undefined, flags: LabFlags): LabFlags {
  if (!there || flags.backend !== undefined || flags.provider !== undefined) return flags;
  return { ...flags, backend: there.backend, ...(there.provider ? { provider: there.provider } : {}) };
}

function isSame(there: LabInstance, wanted: LabInstance, { box }: LabFlags): boolean {
  const key = ({ lab, backend, provider }: LabInstance) =>
    [lab.name, lab.image, box === undefined ? '' : lab.machines.box, backend, provider].join(' ');
  return key(there) === key(wanted);
}

/** The instance that `--name` means; without it the only one there is, or the one named like the default lab. */
export function instanceFromFlags(settings: Settings, flags: LabFlags): LabInstance {
  return requireInstance(settings.stateDir, nameFromFlags(settings, flags));
}

export function nameFromFlags(settings: Settings, flags: LabFlags): string {
  const [only, ...others] = listInstances(settings.stateDir);
  return checkName(flags.name ?? flags.lab ?? (only !== undefined && others.length === 0 ? only : DEFAULT_LAB));
}

const NAME = /^[a-z][a-z0-9-]{0,20}$/;

export function checkName(name: string): string {
  if (NAME.test(name)) return name;
  throw new LabError('usage', `${JSON.stringify(name)} cannot be the name of a lab`, {
    hint: 'up to 21 of a-z, 0-9 and -, beginning with a letter',
  });
}

/** Locks the lab for one command. The lock lives beside the lab, since `down` removes the lab's own folder. */
export async function withLock<T>(settings: Settings, name: string, doing: string, work: () => Promise<T>): Promise<T> {
  const release = takeLock(join(settings.runDir, 'lock', `halab-${name}.lock`), doing);
  try {
    return await work();
  } finally {
    release();
  }
}

/** As `withLock`, for several labs: none is begun with while another is busy. */
export function withLocks<T>(
  settings: Settings,
  names: readonly string[],
  doing: string,
  work: () => Promise<T>,
): Promise<T> {
  const [name, ...others] = names;
  if (name === undefined) return work();
  return withLock(settings, name, doing, () => withLocks(settings, others, doing, work));
}

export function remember(settings: Settings, instance: LabInstance): void {
  saveInstance(settings.stateDir, instance);
}
