import { join } from 'node:path';
import { loadLab } from '../config/files.js';
import { IMAGES } from '../config/lab-words.js';
import { LabError } from '../model/errors.js';
import type { Lab, LabInstance } from '../model/lab.js';
import { listInstances, loadInstance, requireInstance, saveInstance } from '../store/instances.js';
import { takeLock } from '../store/lock.js';
import { output } from './output.js';
import type { Settings } from './settings.js';
import { unknownOne } from './unknown-one.js';

export interface LabFlags {
  readonly lab?: string;
  readonly name?: string;
  readonly backend?: string;
  readonly image?: string;
}

export const DEFAULT_LAB = 'linuxha';

/** The lab as its file says, with `--image` laid over; its warnings go to the terminal. */
export function labFromFlags(settings: Settings, flags: LabFlags): Lab {
  const { lab, warnings } = loadLab(flags.lab ?? DEFAULT_LAB, settings);
  for (const warning of warnings)
    output.note(`warning: ${warning.file}:${warning.line}:${warning.column}: ${warning.message}`);
  if (flags.image === undefined) return lab;
  if (!IMAGES.some((image) => image === flags.image)) throw unknownOne('image', flags.image, IMAGES);
  return { ...lab, image: flags.image };
}

/** The instance to bring up: what stands there already under that name if it is the same lab. */
export function instanceToBringUp(settings: Settings, flags: LabFlags): LabInstance {
  const lab = labFromFlags(settings, flags);
  const name = checkName(flags.name ?? lab.name);
  const wanted: LabInstance = { name, backend: flags.backend ?? settings.backend, lab };
  const there = loadInstance(settings.stateDir, name);
  if (!there) return wanted;
  if (there.lab.name === lab.name && there.lab.image === lab.image && there.backend === wanted.backend) return there;
  const what = `${there.lab.name} with ${there.lab.image} on ${there.backend}`;
  throw new LabError('lab-already-up', `${name} is up already as ${what}`, {
    hint: `halab down --name ${name} takes it down; --name gives this one another name`,
    data: { name },
  });
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

export function remember(settings: Settings, instance: LabInstance): void {
  saveInstance(settings.stateDir, instance);
}
