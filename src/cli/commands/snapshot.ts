import { LabError } from '../../model/errors.js';
import { faultText } from '../../model/fault-nodes.js';
import type { LabInstance } from '../../model/lab.js';
import { EXIT } from '../../model/verdict.js';
import type { SnapshotAbility } from '../../ports/backend.js';
import { journalFile } from '../../store/instances.js';
import { createFaultJournal } from '../../store/journal.js';
import { systemClock } from '../../system/clock.js';
import type { AnswerOf } from '../answers/index.js';
import { withInterrupt } from '../interrupt.js';
import { instanceFromFlags, type LabFlags, withLock } from '../lab-session.js';
import { output } from '../output.js';
import type { Settings } from '../settings.js';
import { backendOf } from '../wire.js';

export function takeSnapshot(settings: Settings, name: string, flags: LabFlags): Promise<number> {
  return change(settings, name, flags, 'taken', (ability, instance) => ability.take(instance, name));
}

export function restoreSnapshot(settings: Settings, name: string, flags: LabFlags): Promise<number> {
  return change(settings, name, flags, 'restored', (ability, instance) => ability.restore(instance, name));
}

export function removeSnapshot(settings: Settings, name: string, flags: LabFlags): Promise<number> {
  return change(settings, name, flags, 'removed', (ability, instance) => ability.remove(instance, name));
}

export async function listSnapshots(settings: Settings, flags: LabFlags): Promise<number> {
  const { instance, ability } = await labWithSnapshots(settings, flags);
  await answer(settings, instance, ability);
  return EXIT.passed;
}

async function change(
  settings: Settings,
  name: string,
  flags: LabFlags,
  done: string,
  work: (ability: SnapshotAbility, instance: LabInstance) => Promise<void>,
): Promise<number> {
  const { instance, ability } = await labWithSnapshots(settings, flags);
  refuseWhileBroken(settings, instance);
  // An interrupt takes effect only at the end: between two calls every node may be paused.
  await withInterrupt(() => withLock(settings, instance.name, `snapshot ${name}`, () => work(ability, instance)));
  if (!settings.json) output.line(`${name} of ${instance.name} is ${done}`);
  await answer(settings, instance, ability);
  return EXIT.passed;
}

/** A snapshot would restore a node without its faults, or with faults that the journal does not list. */
function refuseWhileBroken(settings: Settings, instance: LabInstance): void {
  const pending = createFaultJournal(journalFile(settings.stateDir, instance.name), systemClock).pending();
  if (pending.length === 0) return;
  const list = pending.map(({ fault }) => faultText(fault)).join(', ');
  throw new LabError('usage', `${instance.name} has active faults: ${list}`, {
    hint: `halab heal --name ${instance.name} undoes that first`,
    data: { pending },
  });
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
  if (settings.json)
    output.json({ schema: 'halab.snapshots/1', instance: instance.name, snapshots } satisfies AnswerOf<'snapshots'>);
  else for (const { name, at } of snapshots) output.line(`  ${name.padEnd(24)} ${at}`);
}
