import type { FenceDevice } from '../../../model/fencing.js';
import { haNodesOf, type Lab, type LabInstance } from '../../../model/lab.js';
import type { FencingAbility } from '../../../ports/backend.js';
import { providerOf, type VagrantDeps } from '../hypervisor.js';
import { machineOf } from '../names.js';
import type { Provider } from '../options.js';

/** Where the key lies on the HA nodes. */
export const KEY_FILE = '/root/.ssh/fencing_ed25519';

const AGENTS: { readonly [P in Provider]: string } = { virtualbox: 'fence_vbox', libvirt: 'fence_virsh' };

interface FencingAccess {
  readonly provider: Provider;
  /** Of the hypervisor host, as the nodes reach it. */
  readonly host: string;
  /** The user who runs the lab. */
  readonly user: string;
}

/**
 * The hypervisor host as nodes see it: on libvirt the first address of the management network, on VirtualBox the
 * gateway of its NAT, which is the host itself (VirtualBox manual, "Network Address Translation").
 */
export function hostAddressOf({ lab }: LabInstance, provider: Provider): string {
  return HOST_ADDRESS[provider](lab);
}

const HOST_ADDRESS: { readonly [P in Provider]: (lab: Lab) => string } = {
  virtualbox: () => '10.0.2.2',
  libvirt: ({ management }) =>
    (management.cidr.split('/')[0] ?? '').replace(/\d+$/, (last) => String(Number(last) + 1)),
};

/** The hypervisor host controls the power of its guests: one level, and no secret but the key that lies on the nodes. */
function fenceDevices(instance: LabInstance, { provider, host, user }: FencingAccess): readonly FenceDevice[] {
  return haNodesOf(instance.lab).map(({ name }) => ({
    id: `fence-${name}`,
    node: name,
    level: 1,
    agent: AGENTS[provider],
    options: {
      ip: host,
      username: user,
      identity_file: KEY_FILE,
      plug: machineOf(instance.name, name),
      pcmk_host_list: name,
    },
    secrets: {},
  }));
}

export function createFencing(deps: Pick<VagrantDeps, 'provider' | 'fencing'>): FencingAbility {
  return {
    whyNot: ({ lab }) =>
      lab.machines.fencing === 'host' ? undefined : 'its lab file does not contain machines: { fencing: host }',
    devices: (instance) => {
      const provider = providerOf(deps, instance);
      return fenceDevices(instance, {
        provider,
        host: hostAddressOf(instance, provider),
        user: deps.fencing?.user ?? '',
      });
    },
  };
}
