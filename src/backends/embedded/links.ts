import { LabError } from '../../model/errors.js';
import { type LabInstance, nodeOf } from '../../model/lab.js';
import type { LinkAbility, LinkState } from '../../ports/backend.js';
import { type EmbeddedDeps, execOrThrow } from './host.js';
import { machineOf, switchOf } from './names.js';
import { MANAGEMENT_LINK, portOf } from './network.js';

/** Links by the kernel itself: the node's interface for `admin`, the switch's port for `carrier`. */
export function createLinks(deps: EmbeddedDeps): LinkAbility {
  return {
    set: async (instance, node, link, state, by) => {
      const { namespace, device } = by === 'admin' ? nodeSide(instance, node, link) : switchSide(instance, node, link);
      const argv = ['ip', '-n', namespace, 'link', 'set', device, state];
      await execOrThrow(deps, argv, { what: `setting ${link} of ${node} ${state} (${by})` });
    },
    get: async (instance, node, link) => {
      const ends = [nodeSide(instance, node, link), switchSide(instance, node, link)];
      const [own = [], port = []] = await Promise.all(ends.map((end) => flagsOf(deps, end)));
      return stateFromFlags(own, port);
    },
  };
}

/** `carrier` is what the far end gives, whether or not the near end is up to see it. */
export function stateFromFlags(own: readonly string[], port: readonly string[]): LinkState {
  return { admin: own.includes('UP') ? 'up' : 'down', carrier: port.includes('UP') ? 'up' : 'down' };
}

interface End {
  readonly namespace: string;
  readonly device: string;
}

function nodeSide(instance: LabInstance, node: string, link: string): End {
  const known = [MANAGEMENT_LINK, ...nodeOf(instance, node).links.map(({ name }) => name)];
  if (known.includes(link)) return { namespace: machineOf(instance.name, node), device: link };
  throw new LabError('link-not-found', `${node} has no link ${link}`, { hint: `its links: ${known.join(', ')}` });
}

function switchSide(instance: LabInstance, node: string, link: string): End {
  return { namespace: switchOf(instance.name), device: portOf(instance.lab, nodeOf(instance, node), link) };
}

async function flagsOf(deps: EmbeddedDeps, { namespace, device }: End): Promise<readonly string[]> {
  const argv = ['ip', '-n', namespace, '-json', 'link', 'show', 'dev', device];
  const shown = await execOrThrow(deps, argv, { what: `looking at ${device} in ${namespace}` });
  const [link] = JSON.parse(shown) as { readonly flags: readonly string[] }[];
  if (!link) throw new LabError('backend-failed', `ip printed nothing about ${device} in ${namespace}`);
  return link.flags;
}
