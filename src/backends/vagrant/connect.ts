import { existsSync, readFileSync } from 'node:fs';
import { isLabError, LabError } from '../../model/errors.js';
import type { LabInstance } from '../../model/lab.js';
import type { Transport } from '../../ports/transport.js';
import type { Machine } from './hypervisor.js';
import { hypervisorOf, providerOf, requireMachine } from './hypervisor-of.js';
import { patiently, type VagrantDeps } from './machine.js';
import { type Address, memoryOf } from './memory.js';
import { parseSshConfig } from './ssh-config.js';
import { vagrant } from './vagrant.js';

const POLL_MS = 500;
const HANDSHAKE_MS = 15_000;
const SSH_CONFIG_MS = 60_000;
/** How old an address must be before Vagrant is asked again: it takes seconds to answer. */
const DOUBT_MS = 15_000;
const ASK_MS = 2_000;
const UNTRIED = 'nothing was tried yet';

/**
 * Waits until the node lets us in as root. Its address is asked of Vagrant once, and again when nobody answers there: a
 * reboot may have given it another. Its own key is believed at the first connection and never again.
 */
export async function connectNode(
  deps: VagrantDeps,
  instance: LabInstance,
  node: string,
  { timeoutMs, signal }: { readonly timeoutMs: number; readonly signal?: AbortSignal | undefined },
): Promise<Transport> {
  const hypervisor = hypervisorOf(deps, instance);
  const deadline = deps.clock.monotonicMs() + timeoutMs;
  const leftMs = () => Math.max(1, deadline - deps.clock.monotonicMs());
  let askedAt = Number.NEGATIVE_INFINITY;
  let last = UNTRIED;
  do {
    if (signal?.aborted) throw new LabError('interrupted', `interrupted while waiting for ${node}`);
    const machine = await requireMachine(hypervisor, instance, node);
    if (machine.state === 'off') throw notRunning(instance.name, node);
    const known = memoryOf(deps, instance.name, node).address(machine.id);
    const doubtMs = known === undefined ? ASK_MS : patiently(deps, DOUBT_MS);
    const inDoubt = known === undefined || last !== UNTRIED;
    try {
      let address = known;
      if (inDoubt && deps.clock.monotonicMs() - askedAt > doubtMs) {
        address = await askAddress(deps, instance, node, machine, { timeoutMs: leftMs(), signal });
        askedAt = deps.clock.monotonicMs();
      }
      if (address) return await login(deps, instance.name, node, address, leftMs());
    } catch (error) {
      if (!isLabError(error) || ['interrupted', 'package-missing', 'bug'].includes(error.code)) throw error;
      last = error.message;
    }
    await deps.clock.sleep(Math.min(POLL_MS, leftMs()), signal);
  } while (deps.clock.monotonicMs() < deadline);
  throw notOpen(instance.name, node, timeoutMs, last);
}

async function askAddress(
  deps: VagrantDeps,
  instance: LabInstance,
  node: string,
  machine: Machine,
  { timeoutMs, signal }: { readonly timeoutMs: number; readonly signal: AbortSignal | undefined },
): Promise<Address> {
  const said = await vagrant(deps, instance.name, {
    what: `asking Vagrant for the address of ${node}`,
    args: ['ssh-config', node],
    provider: providerOf(deps, instance),
    timeoutMs: Math.min(SSH_CONFIG_MS, timeoutMs),
    signal,
  });
  const config = parseSshConfig(said);
  if (!config) throw new LabError('backend-failed', `vagrant ssh-config of ${node} names no way in: ${said.trim()}`);
  const address = { id: machine.id, ...config };
  memoryOf(deps, instance.name, node).rememberAddress(address);
  return address;
}

/** With each key that Vagrant names: which of them the box knows is told by trying only. */
async function login(
  deps: VagrantDeps,
  instance: string,
  node: string,
  { host, port, keyFiles }: Address,
  leftMs: number,
): Promise<Transport> {
  const memory = memoryOf(deps, instance, node);
  const keys = keyFiles.filter((file) => existsSync(file));
  let failure: unknown = new LabError(
    'node-unreachable',
    `none of the keys of ${node} is there: ${keyFiles.join(', ')}`,
  );
  for (const file of keys) {
    try {
      return await deps.connectHost({
        node,
        host,
        port,
        username: 'root',
        privateKey: readFileSync(file, 'utf8'),
        hostKey: memory.hostKey(),
        onHostKey: memory.rememberHostKey,
        timeoutMs: Math.min(HANDSHAKE_MS, leftMs),
      });
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

function notRunning(instance: string, node: string): LabError {
  return new LabError('node-unreachable', `${node} is not running`, {
    hint: `halab up --name ${instance} starts what is missing`,
    data: { node },
  });
}

function notOpen(instance: string, node: string, waitedMs: number, last: string): LabError {
  return new LabError('boot-timeout', `${node} did not let us in within ${waitedMs} ms; last: ${last}`, {
    hint: `halab status --name ${instance}; the machine’s console is in virt-manager or the VirtualBox window`,
    data: { node },
  });
}
