import { LabError } from '../../model/errors.js';
import type { FenceDevice } from '../../model/fencing.js';
import { EXIT } from '../../model/verdict.js';
import { instanceFromFlags, type LabFlags } from '../lab-session.js';
import { output } from '../output.js';
import type { Settings } from '../settings.js';
import { backendOf } from '../wire.js';

/** Says how the cluster of a lab is told to fence its nodes; changes nothing. */
export function fencing(settings: Settings, flags: LabFlags): number {
  const instance = instanceFromFlags(settings, flags);
  const { fencing: ability, name } = backendOf(instance, settings);
  const why = ability === undefined ? `the ${name} backend cannot fence` : ability.whyNot(instance);
  if (ability === undefined || why !== undefined) {
    throw new LabError('ability-missing', `the nodes of the lab ${instance.name} cannot be fenced: ${why}`, {
      hint: 'docs/fencing.md says what it takes on each backend',
    });
  }
  const devices = ability.devices(instance);
  const commands = devices.filter(({ level }) => level === 1).flatMap(commandsFor);
  if (settings.json) {
    output.json({ schema: 'halab.fencing/1', instance: instance.name, devices, commands });
    return EXIT.passed;
  }
  output.line(`On any HA node of ${instance.name}, to have the cluster fence its nodes:`);
  for (const command of commands) output.line(`  ${command.join(' ')}`);
  output.line('  pcs property set stonith-enabled=true');
  const seconds = devices.filter(({ level }) => level > 1);
  if (seconds.length > 0) {
    output.line('and a second level, for when the first fails:');
    for (const command of seconds.flatMap(commandsFor)) output.line(`  ${command.join(' ')}`);
    for (const { id, node, level } of devices) output.line(`  pcs stonith level add ${level} ${node} ${id}`);
  }
  output.line('To see it work: pcs stonith fence NODE');
  return EXIT.passed;
}

/** As a person would type them: the resource, and that it is kept off the node it fences. */
export function commandsFor({ id, node, agent, options, secrets }: FenceDevice): readonly (readonly string[])[] {
  const words = Object.entries({ ...options, ...secrets }).map(([option, value]) => `${option}=${value}`);
  return [
    ['pcs', 'stonith', 'create', id, agent, ...words, 'op', 'monitor', 'interval=60s'],
    ['pcs', 'constraint', 'location', id, 'avoids', node],
  ];
}
