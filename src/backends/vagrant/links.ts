import { LabError } from '../../model/errors.js';
import { type LabInstance, linkOf, nodeOf } from '../../model/lab.js';
import type { LinkAbility } from '../../ports/backend.js';
import type { Transport } from '../../ports/transport.js';
import { loggedIn } from './connect.js';
import { hypervisorOf, providerOf, requireMachine, slowed, type VagrantDeps } from './hypervisor.js';
import { macsOf, macText } from './names.js';

const LOGIN_MS = 30_000;

/** `admin` in the node, over eth0, which is no link of the lab; `carrier` at the hypervisor. Both go by the MAC address. */
export function createLinks(deps: VagrantDeps): LinkAbility {
  const inNode = <T>(instance: LabInstance, node: string, work: (transport: Transport) => Promise<T>) =>
    loggedIn(deps, instance, node, { timeoutMs: slowed(deps, LOGIN_MS) }, work);
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

const COMMAND_MS = 20_000;

/** An interface as the node itself sees it. */
interface GuestLink {
  readonly device: string;
  readonly mac: string;
  readonly flags: readonly string[];
}

/**
 * `ip -o link`: one line an interface. Not `ip -json`, which iproute2 has since 4.14 (CentOS 7 has 4.11). The MAC that
 * counts is the interface's own, after `link/ether`.
 */
export function parseLinks(text: string): readonly GuestLink[] {
  return text.split('\n').flatMap((line) => {
    const [, device, flags] = /^\d+:\s+([^:@\s]+)(?:@\S+)?:\s+<([^>]*)>/.exec(line) ?? [];
    const mac = /link\/ether\s+([0-9a-f:]{17})/i.exec(line)?.[1];
    return device && mac ? [{ device, mac: mac.toLowerCase(), flags: (flags ?? '').split(',') }] : [];
  });
}

/** The interface with this MAC address, whatever the node calls it. Throws LabError `link-not-found`. */
async function guestLink(node: Transport, link: string, mac: string): Promise<GuestLink> {
  const { stdout, stderr, exitCode } = await node.exec(['ip', '-o', 'link'], { timeoutMs: COMMAND_MS });
  const links = parseLinks(stdout);
  const found = links.find((each) => each.mac === macText(mac));
  if (found) return found;
  const seen = links.map(({ device, mac: own }) => `${device} ${own}`).join(', ');
  throw new LabError(
    'link-not-found',
    `${node.node} has no interface with the MAC address ${macText(mac)} of ${link}`,
    {
      hint: `its interfaces: ${seen || stderr.trim() || `ip ended with exit code ${exitCode}`}`,
      data: { node: node.node, link },
    },
  );
}

async function setGuestLink(node: Transport, { device }: GuestLink, state: 'up' | 'down'): Promise<void> {
  const { exitCode, stderr } = await node.exec(['ip', 'link', 'set', 'dev', device, state], { timeoutMs: COMMAND_MS });
  if (exitCode === 0) return;
  throw new LabError('command-failed', `setting ${device} of ${node.node} ${state} failed: ${stderr.trim()}`, {
    data: { node: node.node, device, exitCode },
  });
}
