import { createVagrantWorld, SMALL_LAB, type VagrantWorld } from '../support/vagrant-world.js';
import { describeBackend } from './backend.js';

for (const provider of ['libvirt', 'virtualbox'] as const) {
  let world: VagrantWorld;
  describeBackend(`vagrant (fake ${provider})`, () => {
    world = createVagrantWorld(provider, { lab: SMALL_LAB });
    return { backend: world.backend, instance: world.instance };
  });
  after(() => world?.remove());
}
