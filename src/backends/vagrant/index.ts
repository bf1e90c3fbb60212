import { join } from 'node:path';
import type { BackendHost, BackendModule } from '../../ports/backend-module.js';
import { libvirtUri, locate, PROGRAMS } from './call.js';
import type { VagrantDeps } from './hypervisor.js';
import { checkedOptions, FLAGS, type Provider } from './options.js';

/** Virtual machines that Vagrant makes. */
export const vagrant: BackendModule = {
  name: 'vagrant',
  summary: 'virtual machines',
  runsOn: () => true,
  flags: FLAGS,
  optionsFrom: (flags, host) => ({ provider: providerHere(host), ...checkedOptions(flags, host.cwd) }),
  create: async (host) => (await import('./backend.js')).createVagrantBackend(vagrantDeps(host)),
};

/** VirtualBox where it is installed, since it is what most people have; libvirt where only that is. */
export function providerHere(host: Pick<BackendHost, 'platform' | 'path' | 'env'>): Provider {
  const has = (provider: Provider) => locate(host, PROGRAMS[provider]) !== undefined;
  return !has('virtualbox') && has('libvirt') ? 'libvirt' : 'virtualbox';
}

function vagrantDeps(host: BackendHost): Omit<VagrantDeps, 'providers'> {
  return {
    ...host,
    provider: providerHere(host),
    fencing: {
      authorizedKeys: join(host.user.home, '.ssh', 'authorized_keys'),
      user: host.user.name,
      gateCommand: (instance, provider) => [
        ...[...host.halab, 'fence-gate', instance, provider],
        // sshd has a search path of its own, so the program is named by its path.
        ...[locate(host, PROGRAMS[provider]) ?? PROGRAMS[provider], libvirtUri(host.env)],
      ],
    },
  };
}
