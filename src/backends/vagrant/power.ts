import { LabError } from '../../model/errors.js';
import type { LabInstance } from '../../model/lab.js';
import type { PauseAbility, PowerAbility } from '../../ports/backend.js';
import { loggedIn } from './connect.js';
import { hypervisorOf, machineOfNode, requireMachine, slowed, type VagrantDeps } from './hypervisor.js';

const BOOT_MS = 10 * 60_000;
const POLL_MS = 250;
const OFF_MS = 30_000;

/** The plug, by the hypervisor. */
export function createPower(deps: VagrantDeps): PowerAbility {
  return {
    off: async (instance, node) => {
      const hypervisor = hypervisorOf(deps, instance);
      const machine = await machineOfNode(hypervisor, instance, node);
      if (!machine || machine.state === 'off') return;
      await hypervisor.power.cut(machine.name);
      await waitUntilOff(deps, instance, node);
    },
    on: async (instance, node, signal) => {
      const hypervisor = hypervisorOf(deps, instance);
      const machine = await requireMachine(hypervisor, instance, node);
      if (machine.state !== 'off') return;
      await hypervisor.power.start(machine.name);
      await loggedIn(deps, instance, node, { timeoutMs: slowed(deps, BOOT_MS), signal }, async () => undefined);
    },
    isOn: async (instance, node) => {
      const machine = await machineOfNode(hypervisorOf(deps, instance), instance, node);
      return machine !== undefined && machine.state !== 'off';
    },
  };
}

/** VirtualBox answers before the machine's process has ended. */
async function waitUntilOff(deps: VagrantDeps, instance: LabInstance, node: string): Promise<void> {
  const deadline = deps.clock.monotonicMs() + slowed(deps, OFF_MS);
  for (;;) {
    const machine = await machineOfNode(hypervisorOf(deps, instance), instance, node);
    if (!machine || machine.state === 'off') return;
    if (deps.clock.monotonicMs() > deadline) throw stillOn(node, machine.state);
    await deps.clock.sleep(POLL_MS);
  }
}

/** Stops and goes on with a machine's processors; its kernel answers nothing meanwhile. */
export function createPause(deps: VagrantDeps): PauseAbility {
  return {
    freeze: async (instance, node) => {
      const hypervisor = hypervisorOf(deps, instance);
      const machine = await requireMachine(hypervisor, instance, node);
      if (machine.state === 'off') throw offCannotBeFrozen(node);
      if (machine.state === 'running') await hypervisor.pause.pause(machine.name);
    },
    thaw: async (instance, node) => {
      const hypervisor = hypervisorOf(deps, instance);
      const machine = await machineOfNode(hypervisor, instance, node);
      if (machine?.state === 'paused') await hypervisor.pause.resume(machine.name);
    },
    isFrozen: async (instance, node) =>
      (await machineOfNode(hypervisorOf(deps, instance), instance, node))?.state === 'paused',
  };
}

function stillOn(node: string, state: string): LabError {
  return new LabError('backend-failed', `the power of ${node} was cut, but it is still ${state}`, { data: { node } });
}

function offCannotBeFrozen(node: string): LabError {
  return new LabError('node-unreachable', `${node} is off and cannot be frozen`, { data: { node } });
}
