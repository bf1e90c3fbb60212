import { existsSync, readFileSync } from 'node:fs';
import { isLabError, LabError } from '../../model/errors.js';
import type { LabInstance } from '../../model/lab.js';
import type { ProcessOptions } from '../../ports/process.js';
import type { Transport } from '../../ports/transport.js';
import { hypervisorOf, type Machine, providerOf, requireMachine, slowed, type VagrantDeps } from './hypervisor.js';
import { type Address, memoryOf } from './memory.js';
import { vagrant } from './vagrant.js';

const POLL_MS = 500;
const HANDSHAKE_MS = 15_000;
const SSH_CONFIG_MS = 60_000;
/** How old an address must be before Vagrant is asked again: it takes seconds to answer. */
const DOUBT_MS = 15_000;
const ASK_MS = 2_000;

type Wait = Pick<ProcessOptions, 'timeoutMs' | 'signal'>;

/**
 * Waits until the node accepts a login as root. Vagrant is asked for its address once, and again when nothing answers there: a
 * reboot may have given it another. The node's host key is accepted at the first connection; after that it must not change.
 */
export async function connectNode(
  deps: VagrantDeps,
  instance: LabInstance,
  node: string,
  { timeoutMs, signal }: Wait,
): Promise<Transport> {
  const hypervisor = hypervisorOf(deps, instance);
  const deadline = deps.clock.monotonicMs() + timeoutMs;
  const leftMs = () => Math.max(1, deadline - deps.clock.monotonicMs());
  const last: LastFailures = {};
  let askedAt = Number.NEGATIVE_INFINITY;
  do {
    if (signal?.aborted) throw new LabError('interrupted', `interrupted while waiting for ${node}`);
    const machine = await requireMachine(hypervisor, instance, node);
    if (machine.state === 'off') throw notRunning(instance.name, node);
    let address = memoryOf(deps, instance.name, node).address(machine.id);
    const isDue = deps.clock.monotonicMs() - askedAt > (address ? slowed(deps, DOUBT_MS) : ASK_MS);
    if (isDue && (!address || last.ofNode !== undefined)) {
      const ask = () => askAddress(deps, instance, node, machine, { timeoutMs: leftMs(), signal });
      address = (await orNoted(last, 'ofVagrant', ask)) ?? address;
      askedAt = deps.clock.monotonicMs();
    }
    const known = address;
    const transport = known && (await orNoted(last, 'ofNode', () => login(deps, instance.name, node, known, leftMs())));
    if (transport) return transport;
    await deps.clock.sleep(Math.min(POLL_MS, leftMs()), signal);
  } while (deps.clock.monotonicMs() < deadline);
  throw notOpen(instance.name, node, timeoutMs, last.ofNode ?? last.ofVagrant ?? 'nothing was tried');
}

/** Works over a connection of its own to a node, which is closed afterwards. */
export type LogIn = <T>(node: string, work: (transport: Transport) => Promise<T>) => Promise<T>;

export async function loggedIn<T>(
  deps: VagrantDeps,
  instance: LabInstance,
  node: string,
  wait: Wait,
  work: (transport: Transport) => Promise<T>,
): Promise<T> {
  const transport = await connectNode(deps, instance, node, wait);
  try {
    return await work(transport);
  } finally {
    await transport.close();
  }
}

/** The last message of each, for the error. */
interface LastFailures {
  ofVagrant?: string;
  ofNode?: string;
}

/** Undefined where it failed in a way that may pass. */
async function orNoted<T>(last: LastFailures, of: keyof LastFailures, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!isLabError(error) || ['interrupted', 'package-missing', 'bug'].includes(error.code)) throw error;
    last[of] = error.message;
    return undefined;
  }
}

async function askAddress(
  deps: VagrantDeps,
  instance: LabInstance,
  node: string,
  machine: Machine,
  { timeoutMs, signal }: Wait,
): Promise<Address> {
  const output = await vagrant(deps, instance.name, {
    what: `asking Vagrant for the address of ${node}`,
    args: ['ssh-config', node],
    provider: providerOf(deps, instance),
    timeoutMs: Math.min(SSH_CONFIG_MS, timeoutMs),
    signal,
  });
  const config = parseSshConfig(output);
  if (!config) throw new LabError('backend-failed', `vagrant ssh-config of ${node} names no address: ${output.trim()}`);
  const address = { id: machine.id, ...config };
  memoryOf(deps, instance.name, node).rememberAddress(address);
  return address;
}

/** With each key that Vagrant names: only a try shows which of them the box accepts. */
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
      return await deps.connect({
        node,
        endpoint: { host, port },
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
  return new LabError('boot-timeout', `${node} did not accept a login within ${waitedMs} ms; last: ${last}`, {
    hint: `halab status --name ${instance}; the machine’s console is in virt-manager or the VirtualBox window`,
    data: { node },
  });
}

/** What `vagrant ssh-config NODE` prints. Undefined where it names no host or no key. Values may stand in double quotes (ssh_config(5)). */
export function parseSshConfig(text: string): Omit<Address, 'id'> | undefined {
  const valuesOf = (key: string) =>
    [...text.matchAll(new RegExp(`^\\s*${key}\\s+(.+?)\\s*$`, 'gm'))].map(([, value = '']) =>
      value.replace(/^"(.*)"$/, '$1'),
    );
  const [host] = valuesOf('HostName');
  const [port = '22'] = valuesOf('Port');
  const keyFiles = valuesOf('IdentityFile');
  return host && keyFiles.length > 0 ? { host, port: Number(port), keyFiles } : undefined;
}
