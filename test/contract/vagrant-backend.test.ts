import { createInProcessRunner } from '../support/in-process.js';
import { createVagrantWorld, type VagrantWorld } from '../support/vagrant-world.js';
import { describeBackend } from './backend.js';

for (const provider of ['libvirt', 'virtualbox'] as const) {
  let world: VagrantWorld;
  describeBackend(`vagrant (fake ${provider})`, () => {
    world = createVagrantWorld(provider, { processes: createInProcessRunner() });
    return { backend: world.backend, instance: world.instance };
  });
  after(() => world?.remove());
}
