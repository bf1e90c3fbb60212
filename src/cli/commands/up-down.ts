import { isLabError, type LabError } from '../../model/errors.js';
import { EXIT } from '../../model/verdict.js';
import type { Backend } from '../../ports/backend.js';
import { listInstances, loadInstance } from '../../store/instances.js';
import { backendNamed } from '../backend-flags.js';
import { exitCodeOfError } from '../errors.js';
import { withInterrupt } from '../interrupt.js';
import {
  checkName,
  DEFAULT_LAB,
  instanceToBringUp,
  type LabFlags,
  labFromFlags,
  nameFromFlags,
  takeWatch,
  withLock,
} from '../lab-session.js';
import { output, stopwatch } from '../output.js';
import { requireMachine, requireRights } from '../preflight.js';
import { setUpsNamed } from '../set-up-session.js';
import type { Settings } from '../settings.js';
import { type StackFlags, withPinned } from '../stack/pinned.js';
import { backendOf, backendsHere, createBackend } from '../wire.js';
import { bringUp } from './bring-up.js';

export async function up(
  settings: Settings,
  { setUp, ...asked }: LabFlags & StackFlags & { readonly setUp?: readonly string[] },
): Promise<number> {
  const flags = await withPinned(settings, asked);
  const instance = instanceToBringUp(settings, flags);
  const backend = await backendOf(instance, settings);
  const setUps = setUp && (await setUpsNamed(settings, setUp, { ...flags, name: instance.name }));
  await requireMachine(backend, instance);
  const elapsed = stopwatch();
  const onProgress = ({ stage, text }: { readonly stage: string; readonly text: string }) =>
    output.note(`[${elapsed()}] ${stage}: ${text}`);
  const status = await withInterrupt((signal) => bringUp(settings, backend, instance, { signal, onProgress }, setUps));
  if (settings.json) output.answer('status', { labs: [status] });
  else {
    const nameFlag = instance.name === 'linuxha' ? '' : ` --name ${instance.name}`;
    output.line(`${instance.name} is up: ${status.nodes.map(({ node }) => node).join(', ')} (${elapsed()})`);
    output.line(`  halab run scenarios/walkthrough${nameFlag}   forms the cluster and pulls the first cable`);
    output.line(`  halab ssh ${instance.lab.nodes.at(-1)?.name}${nameFlag}   a shell on a node`);
    output.line(`  halab down${nameFlag}   removes the lab`);
  }
  return EXIT.passed;
}

/** Name of a lab to the backends that have something of it, with or without a record of the lab. */
async function leftBy(backends: readonly Backend[]): Promise<ReadonlyMap<string, readonly Backend[]>> {
  const left = new Map<string, Backend[]>();
  for (const backend of backends)
    for (const name of await backend.list()) left.set(name, [...(left.get(name) ?? []), backend]);
  return left;
}

/** Removes labs, and with `--all` also the residue of a crash, of which halab has no record. */
export async function down(settings: Settings, flags: LabFlags & { readonly all?: boolean }): Promise<number> {
  const usual = await createBackend(backendNamed(flags.backend ?? settings.backend), settings);
  const asked = flags.all ? undefined : checkName(nameFromFlags(settings, flags));
  // A recorded lab needs its own backend only, even if the others do not work.
  const isRemembered = asked !== undefined && loadInstance(settings.stateDir, asked) !== undefined;
  const left = await leftBy(isRemembered ? [] : flags.backend ? [usual] : await backendsHere(settings));
  const known = new Set([...listInstances(settings.stateDir), ...left.keys()]);
  const names = asked === undefined ? [...known].sort() : [asked];
  const { gone, refused } = await removeEach(names, asked === undefined, async (name) => {
    const instance = loadInstance(settings.stateDir, name);
    // If nothing is found, the default backend removes the lab all the same: a user who is not root may not see what root made.
    const backends = instance ? [await backendOf(instance, settings)] : (left.get(name) ?? [usual]);
    const lab = instance?.lab ?? labFromFlags(settings, { lab: DEFAULT_LAB });
    for (const backend of backends)
      if (!settings.isRoot) await requireRights(backend, instance ?? { name, backend: backend.name, lab });
    await withLock(settings, name, 'down', async () => {
      for (const backend of backends) await backend.down(name);
      // A screen of an exercise that was killed has left its lock.
      takeWatch(settings, name)?.();
    });
  });
  const removed = gone.filter((name) => known.has(name));
  if (settings.json) output.answer('down', downJson(removed, refused));
  else for (const line of downLines(names, removed, refused)) output.line(line);
  return refused[0] === undefined ? EXIT.passed : exitCodeOfError(refused[0].error);
}

interface Refused {
  readonly name: string;
  readonly error: LabError;
}

/** Of several labs, one that somebody works on, or that cannot be removed, does not keep the others. */
export async function removeEach(
  names: readonly string[],
  areAll: boolean,
  remove: (name: string) => Promise<void>,
): Promise<{ readonly gone: readonly string[]; readonly refused: readonly Refused[] }> {
  const gone: string[] = [];
  const refused: Refused[] = [];
  for (const name of names) {
    try {
      await remove(name);
      gone.push(name);
    } catch (error) {
      if (!areAll || !isLabError(error) || error.code === 'bug') throw error;
      refused.push({ name, error });
    }
  }
  return { gone, refused };
}

function downJson(removed: readonly string[], refused: readonly Refused[]) {
  const reasons = refused.map(({ name, error: { code, message } }) => ({ instance: name, code, message }));
  return { removed, ...(reasons.length === 0 ? {} : { refused: reasons }) };
}

/** Pure. */
export function downLines(
  names: readonly string[],
  removed: readonly string[],
  refused: readonly Refused[],
): readonly string[] {
  return [
    ...(removed.length > 0 ? [`taken down: ${removed.join(', ')}`] : []),
    ...refused.map(({ name, error }) => `NOT taken down: ${name}: ${error.message}`),
    ...(removed.length + refused.length === 0
      ? [`there was nothing of ${names.join(', ') || 'any lab'} on this machine`]
      : []),
  ];
}
