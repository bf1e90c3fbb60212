import { LabError, messageOf } from '../../model/errors.js';
import type { LabInstance } from '../../model/lab.js';
import type { LabSnapshot, SnapshotAbility } from '../../ports/backend.js';
import { oldestFirst, requireKnownName, requireNewName } from '../snapshot-names.js';
import { type Hypervisor, hypervisorOf, type Machine, requireMachines, type VagrantDeps } from './hypervisor.js';

/** Snapshots of the hypervisor's own, one of each node under the same name. */
export function createSnapshots(deps: VagrantDeps): SnapshotAbility {
  return {
    take: (instance, snapshot) => take(deps, instance, snapshot),
    restore: (instance, snapshot) => restore(deps, instance, snapshot),
    list: async (instance) => commonTo(await snapshotsOf(await standing(deps, instance))),
    remove: async (instance, snapshot) => removeFrom(await standing(deps, instance), snapshot),
  };
}

/** A lab that is there: all of its machines, and the hypervisor that runs them. */
interface Standing {
  readonly hypervisor: Hypervisor;
  readonly machines: readonly Machine[];
}

async function standing(deps: VagrantDeps, instance: LabInstance): Promise<Standing> {
  const hypervisor = hypervisorOf(deps, instance);
  return { hypervisor, machines: await requireMachines(hypervisor, instance) };
}

async function take(deps: VagrantDeps, instance: LabInstance, snapshot: string): Promise<void> {
  requireNewName(instance.name, snapshot, []);
  const lab = await standing(deps, instance);
  const { hypervisor, machines } = lab;
  const known = (await snapshotsOf(lab)).flat().map(({ name }) => name);
  requireNewName(instance.name, snapshot, known);
  const running = machines.filter(({ state }) => state === 'running');
  const problems = [];
  try {
    problems.push(...(await onEach(running, ({ name }) => hypervisor.pause.pause(name))));
    if (problems.length === 0) {
      const at = deps.clock.now();
      problems.push(...(await onEach(machines, ({ name }) => hypervisor.snapshots.take(name, snapshot, at))));
    }
  } finally {
    problems.push(...(await goOn(hypervisor, running)));
  }
  if (problems.length === 0) return;
  // Half a snapshot is none.
  await removeFrom(lab, snapshot).catch((error: unknown) => problems.push(messageOf(error)));
  throw failed(`the snapshot ${snapshot} of ${instance.name} was not taken`, problems);
}

async function restore(deps: VagrantDeps, instance: LabInstance, snapshot: string): Promise<void> {
  const lab = await standing(deps, instance);
  const { hypervisor, machines } = lab;
  const known = commonTo(await snapshotsOf(lab)).map(({ name }) => name);
  requireKnownName(instance.name, snapshot, known);
  const problems = await onEach(machines, (machine) => hypervisor.snapshots.restore(machine, snapshot));
  problems.push(...(await goOn(hypervisor, machines)));
  if (problems.length > 0) throw failed(`${instance.name} was not wholly restored to ${snapshot}`, problems);
}

/** Wakes those that are paused by now, all of them, whatever happens to one. */
async function goOn(hypervisor: Hypervisor, machines: readonly Machine[]): Promise<readonly string[]> {
  try {
    const names = machines.map(({ name }) => name);
    const paused = (await hypervisor.machines()).filter(
      ({ name, state }) => state === 'paused' && names.includes(name),
    );
    return await onEach(paused, ({ name }) => hypervisor.pause.resume(name));
  } catch (error) {
    return [messageOf(error)];
  }
}

/** On all at the same time; to what went wrong. */
async function onEach(machines: readonly Machine[], work: (machine: Machine) => Promise<unknown>): Promise<string[]> {
  const outcomes = await Promise.allSettled(machines.map(work));
  return outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [messageOf(outcome.reason)] : []));
}

async function removeFrom({ hypervisor, machines }: Standing, snapshot: string): Promise<void> {
  const problems = await onEach(machines, async ({ name }) => {
    const there = await hypervisor.snapshots.list(name);
    if (there.some((each) => each.name === snapshot)) await hypervisor.snapshots.remove(name, snapshot);
  });
  if (problems.length > 0) throw failed(`the snapshot ${snapshot} could not be removed everywhere`, problems);
}

async function snapshotsOf({ hypervisor, machines }: Standing) {
  return Promise.all(machines.map(({ name }) => hypervisor.snapshots.list(name)));
}

/** Those that every node has, as of when the last node's was taken; oldest first. */
export function commonTo(lists: readonly (readonly LabSnapshot[])[]): readonly LabSnapshot[] {
  const [first = []] = lists;
  return oldestFirst(
    first.flatMap(({ name }) => {
      const times = lists.flatMap((list) => list.find((each) => each.name === name)?.at ?? []);
      return times.length < lists.length ? [] : [{ name, at: times.sort().at(-1) ?? '' }];
    }),
  );
}

function failed(what: string, problems: readonly string[]): LabError {
  return new LabError('backend-failed', `${what}:\n${problems.join('\n')}`, {
    hint: 'halab status shows what runs; every node that was paused for this has been resumed',
  });
}
