import { LabError } from '../model/errors.js';
import type { FaultContext } from '../ports/fault.js';
import { nodeScript } from '../ports/node-program.js';
import { ask, must } from './on-node.js';

/** What sets clocks: time services, and what a hypervisor has in its guests. */
const KEEPERS = [
  'systemd-timesyncd',
  'chrony',
  'chronyd',
  'ntp',
  'ntpd',
  'ntpsec',
  'openntpd',
  'vboxadd-service',
  'virtualbox-guest-utils',
  'open-vm-tools',
] as const;

/** The time of day when the node booted, by its own clocks: it stays the same for as long as nobody sets the time. */
export async function epochOf(context: FaultContext, node: string): Promise<number> {
  const said = await must(context, node, ['sh', '-c', 'date +%s.%N; cat /proc/uptime']);
  const [, now, up] = /^(\d+\.\d+)\s+(\d+\.\d+)\s/.exec(said) ?? [];
  if (now !== undefined && up !== undefined) return Number(now) - Number(up);
  throw new LabError('command-failed', `${node} does not tell what time it is: ${said.trim()}`);
}

/** Sets the time to so many seconds after 1970, plus what the node has been up. Only the kernel’s clock: not that of the hardware. */
export async function setClock(context: FaultContext, node: string, epochS: number): Promise<void> {
  await must(context, node, ['sh', '-c', nodeScript('set-clock.sh'), 'halab', epochS.toFixed(3)]);
}

/** Services that would set the time right again, and run. */
export async function keepersOf(context: FaultContext, node: string): Promise<readonly string[]> {
  const names = KEEPERS.map((name) => `${name}.service`);
  const { stdout } = await ask(context, node, ['systemctl', 'is-active', ...names]);
  const states = stdout.trim().split('\n');
  return names.filter((_name, index) => states[index] === 'active');
}
