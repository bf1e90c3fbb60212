import { deviceArguments } from '../../cluster/formation/fencing.js';
import { LabError } from '../../model/errors.js';
import { type FenceDevice, levelsOf } from '../../model/fencing.js';
import type { Slowness } from '../../model/slowness.js';
import { EXIT } from '../../model/verdict.js';
import { instanceFromFlags, type LabFlags } from '../lab-session.js';
import { output } from '../output.js';
import { slownessNow } from '../preflight.js';
import type { Settings } from '../settings.js';
import { backendOf } from '../wire.js';

/** Prints how to configure fencing in the cluster of a lab; changes nothing. */
export async function fencing(settings: Settings, flags: LabFlags): Promise<number> {
  const instance = instanceFromFlags(settings, flags);
  const backend = await backendOf(instance, settings);
  const { fencing: ability, name } = backend;
  const why = ability === undefined ? `the ${name} backend cannot fence` : ability.whyNot(instance);
  if (ability === undefined || why !== undefined) {
    throw new LabError('ability-missing', `the nodes of the lab ${instance.name} cannot be fenced: ${why}`, {
      hint: 'docs/fencing.md lists what each backend requires',
    });
  }
  const devices = ability.devices(instance);
  const slowness = await slownessNow(backend, instance);
  const commandsOf = (some: readonly FenceDevice[]) => some.flatMap((device) => commandsFor(device, slowness));
  const addingLevels = (some: readonly FenceDevice[], atLeast: number) =>
    levelsOf(some).flatMap(({ level, node, ids }) =>
      ids.length < atLeast ? [] : [['pcs', 'stonith', 'level', 'add', String(level), node, ...ids]],
    );
  const firsts = devices.filter(({ level }) => level === 1);
  const commands = [...commandsOf(firsts), ...addingLevels(firsts, 2)];
  if (settings.json) {
    output.answer('fencing', { instance: instance.name, devices, commands });
    return EXIT.passed;
  }
  output.line(`On any HA node of ${instance.name}, to have the cluster fence its nodes:`);
  for (const command of commands) output.line(`  ${command.join(' ')}`);
  output.line('  pcs property set stonith-enabled=true');
  const seconds = devices.filter(({ level }) => level > 1);
  if (seconds.length > 0) {
    output.line('and a second level, for when the first fails:');
    for (const command of commandsOf(seconds)) output.line(`  ${command.join(' ')}`);
    for (const command of addingLevels(devices, 1)) output.line(`  ${command.join(' ')}`);
  }
  output.line('To see it work: pcs stonith fence NODE');
  return EXIT.passed;
}

/** As a person would type them: the resource, and that it is kept off the node it fences. */
export function commandsFor(device: FenceDevice, slowness: Slowness): readonly (readonly string[])[] {
  const { id, node, agent } = device;
  const { options, secrets, operations } = deviceArguments(device, slowness);
  return [
    ['pcs', 'stonith', 'create', id, agent, ...options, ...secrets, ...operations],
    ['pcs', 'constraint', 'location', id, 'avoids', node],
  ];
}
