import { LabError } from '../../model/errors.js';
import type { LabInstance } from '../../model/lab.js';
import type { PauseAbility } from '../../ports/backend.js';
import { nodeOf } from '../node-of.js';
import { type EmbeddedDeps, execOrThrow, privateScript } from './host.js';
import { switchOf } from './names.js';
import { cablesOf } from './network.js';
import { supervisorOf, writeCgroup } from './power.js';

/**
 * Freezes a node by its cgroup. Its kernel is the machine's own and would go on answering ARP and ICMP for it,
 * so its ports leave their bridges as well: a stopped machine's cable is in, and nothing answers. They are out only while
 * the cgroup is frozen, so that a command killed halfway leaves a node that is seen to be frozen, and is thawed.
 */
export function createPause(deps: EmbeddedDeps): PauseAbility {
  return {
    freeze: async (instance, node) => {
      await writeCgroup(deps, cgroupOf(instance, node), 'cgroup.freeze', '1');
      await setPorts(deps, instance, node, 'out');
    },
    thaw: async (instance, node) => {
      const running = supervisorOf(instance.name, node);
      if (!running) return;
      await setPorts(deps, instance, node, 'in');
      await writeCgroup(deps, running.cgroup, 'cgroup.freeze', '0');
    },
    isFrozen: async (instance, node) => {
      const running = supervisorOf(instance.name, node);
      return running !== undefined && (await isFrozen(deps, running.cgroup));
    },
  };
}

export async function isFrozen(deps: EmbeddedDeps, cgroup: string): Promise<boolean> {
  const events = await execOrThrow(deps, privateScript('cgroup.sh', 'read', cgroup, 'cgroup.events'), {
    what: `reading cgroup.events of ${cgroup}`,
  });
  return /^frozen 1$/m.test(events);
}

function cgroupOf(instance: LabInstance, node: string): string {
  const supervisor = supervisorOf(instance.name, node);
  if (supervisor) return supervisor.cgroup;
  throw new LabError('node-unreachable', `${node} is off and cannot be frozen`, { data: { node } });
}

async function setPorts(deps: EmbeddedDeps, instance: LabInstance, node: string, where: 'in' | 'out'): Promise<void> {
  const lines = cablesOf(instance.lab, nodeOf(instance, node)).map(({ port, bridge }) =>
    where === 'in' ? `link set ${port} master ${bridge}` : `link set ${port} nomaster`,
  );
  const argv = ['ip', '-n', switchOf(instance.name), '-batch', '-'];
  await execOrThrow(deps, argv, { stdin: lines.join('\n'), what: `taking the ports of ${node} ${where}` });
}
