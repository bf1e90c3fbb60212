import { LabError } from '../../model/errors.js';
import { type LabInstance, linkOf } from '../../model/lab.js';
import type { LinkAbility } from '../../ports/backend.js';
import type { Transport } from '../../ports/transport.js';
import { nodeOf } from '../node-of.js';
import { connectNode } from './connect.js';
import { slowed, type VagrantDeps } from './deps.js';
import { guestLink, setGuestLink } from './guest-links.js';
import { hypervisorOf, providerOf, requireMachine } from './hypervisor-of.js';
import { macsOf } from './names.js';

const LOGIN_MS = 30_000;

/** `admin` in the node, over eth0, which is no link of the lab; `carrier` at the hypervisor. Both go by the MAC address. */
export function createLinks(deps: VagrantDeps): LinkAbility {
  const inNode = async <T>(instance: LabInstance, node: string, work: (transport: Transport) => Promise<T>) => {
    const transport = await connectNode(deps, instance, node, { timeoutMs: slowed(deps, LOGIN_MS) });
    try {
      return await work(transport);
    } finally {
      await transport.close();
    }
  };
  return {
    set: async (instance, node, link, state, by) => {
      const mac = macOf(deps, instance, node, link);
      if (by === 'admin') {
        return inNode(instance, node, async (transport) =>
          setGuestLink(transport, await guestLink(transport, link, mac), state),
        );
      }
      const hypervisor = hypervisorOf(deps, instance);
      await hypervisor.cables.set(await requireMachine(hypervisor, instance, node), mac, state);
    },
    get: async (instance, node, link) => {
      const mac = macOf(deps, instance, node, link);
      const hypervisor = hypervisorOf(deps, instance);
      const machine = await requireMachine(hypervisor, instance, node);
      const [carrier, own] = await Promise.all([
        hypervisor.cables.get(machine, mac),
        inNode(instance, node, (transport) => guestLink(transport, link, mac)),
      ]);
      return { admin: own.flags.includes('UP') ? 'up' : 'down', carrier };
    },
  };
}

function macOf(deps: VagrantDeps, instance: LabInstance, name: string, link: string): string {
  const node = nodeOf(instance, name);
  const mac =
    linkOf(node, link) && macsOf(instance.name, instance.lab, providerOf(deps, instance)).get(`${name}/${link}`);
  if (mac !== undefined) return mac;
  const known = node.links.map((each) => each.name).join(', ');
  const why = link === 'eth0' ? '; eth0 is the management connection and stays up' : '';
  throw new LabError('link-not-found', `${name} has no link ${link}${why}`, { hint: `its links: ${known}` });
}
