import { join } from 'node:path';
import { loadLab } from '../config/files.js';
import { isLabError, LabError } from '../model/errors.js';
import { type BackendOptions, IMAGES, LAB_NAME, type Lab, type LabInstance } from '../model/lab.js';
import type { Stack } from '../model/stack.js';
import type { FaultJournal } from '../ports/store.js';
import { journalFile, listInstances, loadInstance, requireInstance, saveInstance } from '../store/instances.js';
import { createFaultJournal } from '../store/journal.js';
import { holderOf, takeLock } from '../store/lock.js';
import { systemClock } from '../system/clock.js';
import { backendNamed, flagsFor, ownFlagsIn, selectedBackend } from './backend-flags.js';
import { oneOf } from './errors.js';
import type { Settings } from './settings.js';
import { noteWarnings } from './warnings.js';
import { backendHost } from './wire.js';

/** Flags of every command about a lab. They include those of the backends, which backend-flags.ts extracts. */
export interface LabFlags {
  readonly lab?: string;
  readonly name?: string;
  readonly backend?: string;
  readonly image?: string;
  /** What `--stack` means. */
  readonly pinned?: Stack;
}

export const DEFAULT_LAB = 'linuxha';

/** The lab as its file says, with `--image` and `--stack` applied; its warnings go to the terminal. */
export function labFromFlags(settings: Settings, flags: LabFlags): Lab {
  const { lab, warnings } = loadLab(flags.lab ?? DEFAULT_LAB, settings);
  const where = placeMeantBy(settings, flags);
  noteWarnings(warnings.filter(({ only }) => only === undefined || where.includes(only)));
  return withFlags(lab, flags);
}

/** What warnings of the lab file concern: those of the backend that is meant. */
function placeMeantBy(settings: Settings, flags: LabFlags): readonly string[] {
  const backend = selectedBackend(flags) ?? backendNamed(settings.backend);
  // The flags of another backend are refused later, where they are used.
  const own = Object.entries(ownFlagsIn(flags)).filter(([name]) => backend.flags.some((each) => each.name === name));
  const { provider } = backend.optionsFrom(Object.fromEntries(own), backendHost(settings));
  return provider === undefined ? [] : ['machines', provider];
}

function withFlags(lab: Lab, { image, pinned }: LabFlags): Lab {
  return {
    ...lab,
    ...(image === undefined ? {} : { image: oneOf('image', image, IMAGES) }),
    ...(pinned === undefined ? {} : { stack: pinned }),
  };
}

/** The instance that the flags describe, whether or not it exists. */
export function wantedInstance(settings: Settings, flags: LabFlags, lab: Lab): LabInstance {
  const backend = selectedBackend(flags) ?? backendNamed(settings.backend);
  const options = backend.optionsFrom(flagsFor(backend, flags), backendHost(settings));
  return {
    name: checkName(flags.name ?? lab.name),
    backend: backend.name,
    ...(Object.keys(options).length === 0 ? {} : { options }),
    lab,
  };
}

/** The instance to bring up: the recorded one of that name if it is the same lab. */
export function instanceToBringUp(settings: Settings, flags: LabFlags): LabInstance {
  const remembered = (name: string | undefined) =>
    name === undefined ? undefined : loadInstance(settings.stateDir, checkName(name));
  // `--name` alone selects the lab of that name.
  const named = flags.lab === undefined ? remembered(flags.name) : undefined;
  const lab = named ? withFlags(named.lab, flags) : labFromFlags(settings, flags);
  const there = named ?? remembered(flags.name ?? lab.name);
  const wanted = wantedInstance(settings, withBackendOf(there, flags), lab);
  if (!there) return wanted;
  if (isSame(there, wanted)) return { ...there, ...(wanted.options ? { options: wanted.options } : {}) };
  const { name } = wanted;
  const how = [there.backend, ...Object.values(identityOf(there))].join(' ');
  const on = there.lab.stack === undefined ? '' : ` and the stack ${there.lab.stack.sources.join(', ')}`;
  const what = `${there.lab.name} with ${there.lab.image}${on} on ${how}`;
  throw new LabError('lab-already-up', `${name} is up already as ${what}`, {
    hint: `halab down --name ${name} takes it down; --name gives this one another name`,
    data: { name },
  });
}

/** A lab keeps its backend and options unless a flag selects others. */
function withBackendOf(there: LabInstance | undefined, flags: LabFlags): LabFlags {
  if (!there) return flags;
  const selected = selectedBackend(flags);
  if (selected !== undefined && selected.name !== there.backend) return flags;
  return { ...there.options, ...flags, backend: there.backend };
}

function isSame(there: LabInstance, wanted: LabInstance): boolean {
  const key = (instance: LabInstance) =>
    JSON.stringify([
      ...[instance.lab.name, instance.lab.image, instance.backend, identityOf(instance)],
      instance.lab.stack?.debs.map(({ sha256 }) => sha256).toSorted(),
    ]);
  return key(there) === key(wanted);
}

/** The options that a lab cannot change while it is up. */
function identityOf({ backend, options = {} }: LabInstance): BackendOptions {
  const fixed = backendNamed(backend).flags.filter(({ mayChange }) => !mayChange);
  return Object.fromEntries(fixed.flatMap(({ name }) => (options[name] === undefined ? [] : [[name, options[name]]])));
}

/** The instance that `--name` means; without it the only one there is, or the one named like the default lab. */
export function instanceFromFlags(settings: Settings, flags: LabFlags): LabInstance {
  return requireInstance(settings.stateDir, nameFromFlags(settings, flags));
}

export function nameFromFlags(settings: Settings, flags: LabFlags): string {
  const [only, ...others] = listInstances(settings.stateDir);
  return checkName(flags.name ?? flags.lab ?? (only !== undefined && others.length === 0 ? only : DEFAULT_LAB));
}

export function checkName(name: string): string {
  if (LAB_NAME.test(name)) return name;
  throw new LabError('usage', `${JSON.stringify(name)} cannot be the name of a lab`, {
    hint: 'up to 21 of a-z, 0-9 and -, beginning with a letter',
  });
}

function lockFile({ runDir }: Settings, name: string): string {
  return join(runDir, 'lock', `halab-${name}.lock`);
}

/** The command that works on the lab now, if one does. */
export function busyWith(settings: Settings, name: string): ReturnType<typeof holderOf> {
  return holderOf(lockFile(settings, name));
}

/** Locks the lab for one command. The lock is stored beside the lab, because `down` removes the lab's own folder. */
export async function withLock<T>(settings: Settings, name: string, doing: string, work: () => Promise<T>): Promise<T> {
  const release = takeLock(lockFile(settings, name), doing);
  try {
    return await work();
  } finally {
    release();
  }
}

/** The part of the one process that watches the lab for a student. Undefined while another has it; returns how it is given back. */
export function takeWatch(settings: Settings, name: string): (() => void) | undefined {
  try {
    return takeLock(lockFile(settings, `${name}.coach`), 'learn coach');
  } catch (error) {
    if (isLabError(error) && error.code === 'lab-busy') return undefined;
    throw error;
  }
}

/** As `withLock`, for several labs: work begins once all of them are locked. */
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

export function journalOf({ stateDir }: Settings, name: string): FaultJournal {
  return createFaultJournal(journalFile(stateDir, name), systemClock);
}

export function remember(settings: Settings, instance: LabInstance): void {
  saveInstance(settings.stateDir, { since: systemClock.now(), ...instance });
}
