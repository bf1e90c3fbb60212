import { LabError, messageOf } from '../../model/errors.js';
import type { LabInstance } from '../../model/lab.js';
import type { LabSnapshot, SnapshotAbility } from '../../ports/backend.js';
import { type Hypervisor, hypervisorOf, type Machine, requireMachines, type VagrantDeps } from './hypervisor.js';

const NAME = /^[a-zA-Z0-9][a-zA-Z0-9._-]{0,62}$/;

/** Snapshots of the hypervisor's own, one of each node under the same name. */
export function createSnapshots(deps: VagrantDeps): SnapshotAbility {
  return {
    take: (instance, snapshot) => take(deps, instance, snapshot),
    restore: (instance, snapshot) => restore(deps, instance, snapshot),
    list: async (instance) => {
      const hypervisor = hypervisorOf(deps, instance);
      return commonTo(await snapshotsOf(hypervisor, await requireMachines(hypervisor, instance)));
    },
    remove: async (instance, snapshot) => {
      const hypervisor = hypervisorOf(deps, instance);
      await removeFrom(hypervisor, await requireMachines(hypervisor, instance), snapshot);
    },
  };
}

async function take(deps: VagrantDeps, instance: LabInstance, snapshot: string): Promise<void> {
  if (!NAME.test(snapshot)) {
    throw new LabError('usage', `${JSON.stringify(snapshot)} cannot be the name of a snapshot`, {
      hint: 'up to 63 of a-z, A-Z, 0-9, ., _ and -, beginning with a letter or a digit',
    });
  }
  const hypervisor = hypervisorOf(deps, instance);
  const machines = await requireMachines(hypervisor, instance);
  const there = await snapshotsOf(hypervisor, machines);
  if (there.flat().some(({ name }) => name === snapshot)) throw nameTaken(instance, snapshot);
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
  await removeFrom(hypervisor, machines, snapshot).catch((error: unknown) => problems.push(messageOf(error)));
  throw failed(`the snapshot ${snapshot} of ${instance.name} was not taken`, problems);
}

async function restore(deps: VagrantDeps, instance: LabInstance, snapshot: string): Promise<void> {
  const hypervisor = hypervisorOf(deps, instance);
  const machines = await requireMachines(hypervisor, instance);
  const common = commonTo(await snapshotsOf(hypervisor, machines));
  if (!common.some(({ name }) => name === snapshot)) throw unknownSnapshot(instance, snapshot, common);
  const problems = [...(await onEach(machines, (machine) => hypervisor.snapshots.restore(machine, snapshot)))];
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

async function removeFrom(hypervisor: Hypervisor, machines: readonly Machine[], snapshot: string): Promise<void> {
  const problems = await onEach(machines, async ({ name }) => {
    const there = await hypervisor.snapshots.list(name);
    if (there.some((each) => each.name === snapshot)) await hypervisor.snapshots.remove(name, snapshot);
  });
  if (problems.length > 0) throw failed(`the snapshot ${snapshot} could not be removed everywhere`, problems);
}

async function snapshotsOf(hypervisor: Hypervisor, machines: readonly Machine[]) {
  return Promise.all(machines.map(({ name }) => hypervisor.snapshots.list(name)));
}

/** Those that every node has, as of when the last node's was taken; oldest first. */
export function commonTo(lists: readonly (readonly LabSnapshot[])[]): readonly LabSnapshot[] {
  const [first = [], ...others] = lists;
  return first
    .flatMap(({ name, at }) => {
      const same = others.map((list) => list.find((each) => each.name === name));
      if (same.includes(undefined)) return [];
      return [{ name, at: [at, ...same.map((each) => each?.at ?? at)].sort().at(-1) ?? at }];
    })
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

function nameTaken(instance: LabInstance, snapshot: string): LabError {
  return new LabError('usage', `${instance.name} has a snapshot ${snapshot} already`, {
    hint: 'take another name, or remove that one first',
  });
}

function unknownSnapshot(instance: LabInstance, snapshot: string, known: readonly LabSnapshot[]): LabError {
  return new LabError('usage', `${instance.name} has no snapshot ${snapshot} of all its nodes`, {
    hint: `it has: ${known.map(({ name }) => name).join(', ') || 'none'}`,
  });
}

function failed(what: string, problems: readonly string[]): LabError {
  return new LabError('backend-failed', `${what}:\n${problems.join('\n')}`, {
    hint: 'halab status shows what runs; every node that was paused for this has been resumed',
  });
}
