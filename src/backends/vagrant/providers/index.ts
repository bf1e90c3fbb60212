import type { Provider } from '../../../model/lab.js';
import { type Pace, paceOfLibvirt } from '../acceleration.js';
import type { Hypervisor } from '../hypervisor.js';
import type { VagrantDeps } from '../machine.js';
import { createLibvirt } from './libvirt.js';
import { createVirtualBox } from './virtualbox.js';

/** What differs between hypervisors, beyond their own words. */
export interface ProviderTraits {
  readonly create: (deps: VagrantDeps) => Hypervisor;
  /** Asked before machines are started; what is worth knowing is said. */
  readonly pace: (deps: VagrantDeps, say: (stage: string, text: string) => void) => Promise<Pace>;
  /** How `vagrant up` is called for many nodes. */
  readonly waves: (nodes: readonly string[]) => readonly Wave[];
}

/** Calls of one wave run at the same time; a wave begins when the one before has ended. */
export type Wave = readonly (readonly string[])[];

const AT_ONCE = 2;

export const PROVIDER_TRAITS: { readonly [P in Provider]: ProviderTraits } = {
  libvirt: {
    create: createLibvirt,
    pace: paceOfLibvirt,
    // The plugin makes machines in parallel within one call (vagrant-libvirt README).
    waves: (nodes) => (nodes.length > 0 ? [[nodes]] : []),
  },
  virtualbox: {
    create: createVirtualBox,
    pace: async () => ({ env: {}, patience: 1 }),
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
