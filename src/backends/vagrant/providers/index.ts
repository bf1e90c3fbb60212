import { ACCELERATED, type Acceleration, accelerationOfLibvirt } from '../acceleration.js';
import type { VagrantDeps } from '../deps.js';
import type { Hypervisor } from '../hypervisor.js';
import type { Provider } from '../options.js';
import { createLibvirt } from './libvirt.js';
import { createVirtualBox } from './virtualbox.js';

/** What differs between hypervisors, beyond their own words. */
interface ProviderTraits {
  readonly create: (deps: VagrantDeps) => Hypervisor;
  /** Tried before machines are started; `say` gets what the user should know. */
  readonly acceleration: (deps: VagrantDeps, say: (stage: string, text: string) => void) => Promise<Acceleration>;
  /** How `vagrant up` is called for many nodes. */
  readonly waves: (nodes: readonly string[]) => readonly Wave[];
}

/** Calls of one wave run at the same time; a wave begins when the one before has ended. */
type Wave = readonly (readonly string[])[];

const AT_ONCE = 2;

export const PROVIDER_TRAITS: { readonly [P in Provider]: ProviderTraits } = {
  libvirt: {
    create: createLibvirt,
    acceleration: accelerationOfLibvirt,
    // The plugin makes machines in parallel within one call (vagrant-libvirt README).
    waves: (nodes) => (nodes.length > 0 ? [[nodes]] : []),
  },
  virtualbox: {
    create: createVirtualBox,
    acceleration: async () => ACCELERATED,
    // Vagrant makes machines of VirtualBox one by one, so several calls are made; the first makes the master of the linked
    // clones, and two calls that want to make it would wait for each other's lock.
    waves: firstThenPairs,
  },
};

function firstThenPairs([first, ...others]: readonly string[]): readonly Wave[] {
  if (first === undefined) return [];
  const waves: Wave[] = [[[first]]];
  for (let at = 0; at < others.length; at += AT_ONCE) waves.push(others.slice(at, at + AT_ONCE).map((node) => [node]));
  return waves;
}
