import { LabError } from '../../model/errors.js';
import { faultText } from '../../model/fault-nodes.js';
import type { LabInstance } from '../../model/lab.js';
import { EXIT } from '../../model/verdict.js';
import type { Baseline, SnapshotAbility } from '../../ports/backend.js';
import { backendNamed } from '../backend-flags.js';
import { withInterrupt } from '../interrupt.js';
import { instanceFromFlags, journalOf, type LabFlags, withLock } from '../lab-session.js';
import { output } from '../output.js';
import type { Settings } from '../settings.js';
import { backendOf, createBackend } from '../wire.js';

export async function listSnapshots(settings: Settings, flags: LabFlags): Promise<number> {
  const { instance, ability } = await labWithSnapshots(settings, flags);
  await answer(settings, instance, ability);
  return EXIT.passed;
}

const DONE = { take: 'taken', restore: 'restored', remove: 'removed' } as const;

export async function changeSnapshot(
  settings: Settings,
  how: keyof typeof DONE,
  name: string,
  flags: LabFlags,
): Promise<number> {
  const { instance, ability } = await labWithSnapshots(settings, flags);
  refuseWhileBroken(settings, instance);
  // An interrupt takes effect only at the end: between two calls every node may be paused.
  await withInterrupt(() => withLock(settings, instance.name, `snapshot ${name}`, () => ability[how](instance, name)));
  if (!settings.json) output.line(`${name} of ${instance.name} is ${DONE[how]}`);
  await answer(settings, instance, ability);
  return EXIT.passed;
}

/** A snapshot would restore a node without its faults, or with faults that the journal does not list. */
function refuseWhileBroken(settings: Settings, instance: LabInstance): void {
  const pending = journalOf(settings, instance.name).pending();
  if (pending.length === 0) return;
  const list = pending.map(({ fault }) => faultText(fault)).join(', ');
  throw new LabError('usage', `${instance.name} has active faults: ${list}`, {
    hint: `halab heal --name ${instance.name} undoes that first`,
    data: { pending },
  });
}

/** States that labs begin from, of the backend that is meant; none where it keeps none. */
export async function baselinesHere(settings: Settings): Promise<readonly Baseline[]> {
  const { baselines } = await createBackend(backendNamed(settings.backend), settings);
  return baselines?.list() ?? [];
}

export async function forgetBaseline(settings: Settings, key: string): Promise<number> {
  const { baselines } = await createBackend(backendNamed(settings.backend), settings);
  const known = (baselines?.list() ?? []).map((each) => each.key);
  if (!known.includes(key))
    throw new LabError('usage', `there is no saved state ${key}`, { hint: 'halab list shows those that there are' });
  baselines?.remove(key);
  if (settings.json) output.answer('baselines', { baselines: listedBaselines(baselines?.list() ?? []) });
  else output.line(`the saved state ${key} is removed`);
  return EXIT.passed;
}

/** Pure. */
export function listedBaselines(baselines: readonly Baseline[]) {
  return baselines.map(({ key, lab, image, setUps, usedAt }) => ({ key, lab, image, setUps: [...setUps], usedAt }));
}

async function labWithSnapshots(settings: Settings, flags: LabFlags) {
  const instance = instanceFromFlags(settings, flags);
  const backend = await backendOf(instance, settings);
  if (backend.snapshots) return { instance, ability: backend.snapshots };
  throw new LabError('ability-missing', `the ${backend.name} backend takes no snapshots`, {
    hint: 'labs in virtual machines do: halab up --backend vagrant',
  });
}

async function answer(settings: Settings, instance: LabInstance, ability: SnapshotAbility): Promise<void> {
  const snapshots = await ability.list(instance);
  if (settings.json) output.answer('snapshots', { instance: instance.name, snapshots });
  else for (const { name, at } of snapshots) output.line(`  ${name.padEnd(24)} ${at}`);
}
