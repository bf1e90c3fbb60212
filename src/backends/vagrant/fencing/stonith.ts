import { gatewayOf, type LabInstance, resourceNodesOf } from '../../../model/lab.js';
import type { FencingAbility } from '../../../ports/backend.js';
import { providerOf, type VagrantDeps } from '../hypervisor.js';
import { machineOf } from '../names.js';
import type { Provider } from '../options.js';

/** Where the key lies on the HA nodes. */
export const KEY_FILE = '/root/.ssh/fencing_ed25519';

const AGENTS: { readonly [P in Provider]: string } = { virtualbox: 'fence_vbox', libvirt: 'fence_virsh' };

/**
 * The hypervisor host as nodes see it: on libvirt the first address of the management network, on VirtualBox the
 * gateway of its NAT, which is the host itself (VirtualBox manual, "Network Address Translation").
 */
export function hostAddressOf({ lab }: LabInstance, provider: Provider): string {
  return provider === 'virtualbox' ? '10.0.2.2' : gatewayOf(lab);
}

/** The hypervisor host controls the power of its guests: one level, and no secret but the key that lies on the nodes. */
export function createFencing(deps: Pick<VagrantDeps, 'provider' | 'fencing'>): FencingAbility {
  return {
    whyNot: ({ lab }) => {
      if (lab.powerSupplies === 2) return 'virtual machines have one power supply, and its lab file says two';
      return lab.machines.fencing === 'host' ? undefined : 'its lab file does not contain machines: { fencing: host }';
    },
    devices: (instance) => {
      const provider = providerOf(deps, instance);
      return resourceNodesOf(instance.lab).map(({ name }) => ({
        id: `fence-${name}`,
        node: name,
        level: 1,
        agent: AGENTS[provider],
        options: {
          ip: hostAddressOf(instance, provider),
          username: deps.fencing?.user ?? '',
          identity_file: KEY_FILE,
          plug: machineOf(instance.name, name),
          pcmk_host_list: name,
        },
        secrets: {},
      }));
    },
  };
}
