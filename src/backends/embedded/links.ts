import { LabError } from '../../model/errors.js';
import { type LabInstance, nodeOf } from '../../model/lab.js';
import type { LinkAbility, LinkState } from '../../ports/backend.js';
import { type EmbeddedDeps, execOrThrow } from './host.js';
import { machineOf, switchOf } from './names.js';
import { MANAGEMENT_LINK, portOf } from './network.js';

interface IpLink {
  readonly ifname: string;
  readonly flags: readonly string[];
}

/** Links by the kernel itself: the node's interface for `admin`, the switch's port for `carrier`. */
export function createLinks(deps: EmbeddedDeps): LinkAbility {
  return {
    set: async (instance, node, link, state, by) => {
      const { namespace, device } = by === 'admin' ? nodeSide(instance, node, link) : switchSide(instance, node, link);
      await execOrThrow(deps, ['ip', '-n', namespace, 'link', 'set', device, state], {
        what: `setting ${link} of ${node} ${state} (${by})`,
      });
    },
    get: async (instance, node, link) => {
      const mine = nodeSide(instance, node, link);
      const far = switchSide(instance, node, link);
      const [own, port] = await Promise.all([readLink(deps, mine), readLink(deps, far)]);
      return stateFromFlags(own.flags, port.flags);
    },
  };
}

/** `carrier` is what the far end gives, whether or not the near end is up to see it. */
export function stateFromFlags(own: readonly string[], port: readonly string[]): LinkState {
  return { admin: own.includes('UP') ? 'up' : 'down', carrier: port.includes('UP') ? 'up' : 'down' };
}

function nodeSide(instance: LabInstance, node: string, link: string) {
  checkLink(instance, node, link);
  return { namespace: machineOf(instance.name, node), device: link };
}

function switchSide(instance: LabInstance, node: string, link: string) {
  return { namespace: switchOf(instance.name), device: portOf(instance.lab, nodeOf(instance, node), link) };
}

function checkLink(instance: LabInstance, node: string, link: string): void {
  const known = [MANAGEMENT_LINK, ...nodeOf(instance, node).links.map(({ name }) => name)];
  if (known.includes(link)) return;
  throw new LabError('link-not-found', `${node} has no link ${link}`, { hint: `its links: ${known.join(', ')}` });
}

async function readLink(
  deps: EmbeddedDeps,
  at: { readonly namespace: string; readonly device: string },
): Promise<IpLink> {
  const argv = ['ip', '-n', at.namespace, '-json', 'link', 'show', 'dev', at.device];
  const [link] = JSON.parse(
    await execOrThrow(deps, argv, { what: `looking at ${at.device} in ${at.namespace}` }),
  ) as IpLink[];
  if (!link) throw new LabError('backend-failed', `ip printed nothing about ${at.device} in ${at.namespace}`);
  return link;
}
