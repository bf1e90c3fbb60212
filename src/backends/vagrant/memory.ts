import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { VagrantDeps } from './hypervisor.js';
import { labDirs } from './names.js';
import { PROVIDERS, type Provider } from './options.js';

/*
 * What is remembered of a lab, all of it of one machine by its id, so that it is worth nothing once the machine is another.
 * Nothing here is needed to take a lab down.
 */

/** The machine's management connection, as `vagrant ssh-config` reported it. */
export interface Address {
  readonly id: string;
  readonly host: string;
  readonly port: number;
  readonly keyFiles: readonly string[];
}

/** The machine was provisioned with these files and has the lab's key. */
interface Prepared {
  readonly id: string;
  readonly files: string;
}

export function memoryOf(deps: Pick<VagrantDeps, 'dirs'>, instance: string, node: string) {
  const { ssh, state } = labDirs(deps.dirs, instance);
  const address = join(ssh, `${node}.json`);
  const hostKey = join(ssh, `${node}.pub`);
  const prepared = join(state, 'prepared', `${node}.json`);
  return {
    /** Undefined where nothing is known of the machine with this id. */
    address: (id: string): Address | undefined => ofMachine<Address>(address, id),
    prepared: (id: string): Prepared | undefined => ofMachine<Prepared>(prepared, id),
    rememberAddress: (value: Address) => {
      if (ofMachine(address, value.id) === undefined) rmSync(hostKey, { force: true });
      write(address, value);
    },
    rememberPrepared: (value: Prepared) => write(prepared, value),
    /** The node's own key, once it has been seen. */
    hostKey: (): string | undefined => (existsSync(hostKey) ? readFileSync(hostKey, 'utf8').trim() : undefined),
    rememberHostKey: (key: string) => writeFileSync(hostKey, `${key}\n`),
  };
}

function ofMachine<T extends { readonly id: string }>(file: string, id: string): T | undefined {
  if (!existsSync(file)) return undefined;
  const value = JSON.parse(readFileSync(file, 'utf8')) as T;
  return value.id === id ? value : undefined;
}

function write(file: string, value: object): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(`${file}.new`, `${JSON.stringify(value)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** The id of a node's machine in Vagrant's own records (`.vagrant/machines/NODE/PROVIDER/id`). */
export function vagrantIdOf(deps: VagrantDeps, instance: string, node: string, provider: Provider): string | undefined {
  const file = join(labDirs(deps.dirs, instance).vagrant, '.vagrant', 'machines', node, provider, 'id');
  return existsSync(file) ? readFileSync(file, 'utf8').trim() || undefined : undefined;
}

/** The provider that Vagrant made machines of a lab with. Undefined where it made none. */
export function vagrantProviderOf(deps: VagrantDeps, instance: string): Provider | undefined {
  const machines = join(labDirs(deps.dirs, instance).vagrant, '.vagrant', 'machines');
  if (!existsSync(machines)) return undefined;
  const nodes = readdirSync(machines);
  return PROVIDERS.find((provider) => nodes.some((node) => vagrantIdOf(deps, instance, node, provider) !== undefined));
}
