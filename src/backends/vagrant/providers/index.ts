import { accelerationOfLibvirt } from '../acceleration.js';
import { ACCELERATED, type VagrantDeps, type Wave } from '../hypervisor.js';
import { createLibvirt } from './libvirt.js';
import { createVirtualBox } from './virtualbox.js';

const AT_ONCE = 2;

export const PROVIDER_TRAITS: VagrantDeps['providers'] = {
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
