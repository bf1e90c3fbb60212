import { userInfo } from 'node:os';
import { hostAddressOf, stonithCommands } from '../../backends/vagrant/fencing/stonith.js';
import { LabError } from '../../model/errors.js';
import { EXIT } from '../../model/verdict.js';
import { instanceFromFlags, type LabFlags } from '../lab-session.js';
import { output } from '../output.js';
import type { Settings } from '../settings.js';

/** Says how the cluster of a lab is told to fence through this machine; changes nothing. */
export async function fencing(settings: Settings, flags: LabFlags): Promise<number> {
  const instance = instanceFromFlags(settings, flags);
  const { provider } = instance;
  if (provider === undefined || instance.lab.machines.fencing !== 'host') {
    throw new LabError('ability-missing', `the lab ${instance.name} was not made to be fenced through this machine`, {
      hint: 'write machines: { fencing: host } into its lab file, and bring it up with --backend vagrant',
    });
  }
  const access = { provider, host: hostAddressOf(instance, provider), user: userInfo().username };
  const commands = stonithCommands(instance, access);
  if (settings.json) {
    output.json({ schema: 'halab.fencing/1', instance: instance.name, ...access, commands });
    return EXIT.passed;
  }
  output.line(
    `The HA nodes of ${instance.name} hold an ssh key that is let in here, as ${access.user}@${access.host},`,
  );
  output.line('for one thing: to start, stop and query the machines of this lab. halab down takes it away.');
  output.line('On any of them, to have the cluster use it:');
  for (const command of commands) output.line(`  ${command.join(' ')}`);
  output.line('  pcs property set stonith-enabled=true');
  output.line('and to see it work: pcs stonith fence NODE');
  return EXIT.passed;
}
