import { LabError } from '../../model/errors.js';
import type { Transport } from '../../ports/transport.js';
import { macText } from './names.js';

const COMMAND_MS = 20_000;

/** An interface as the node itself sees it. */
interface GuestLink {
  readonly device: string;
  readonly mac: string;
  readonly flags: readonly string[];
}

/**
 * `ip -o link`: one line an interface. Not `ip -json`, which iproute2 knows since 4.14 (CentOS 7 has 4.11). The MAC that
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
export async function guestLink(node: Transport, link: string, mac: string): Promise<GuestLink> {
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

export async function setGuestLink(node: Transport, { device }: GuestLink, state: 'up' | 'down'): Promise<void> {
  const { exitCode, stderr } = await node.exec(['ip', 'link', 'set', 'dev', device, state], { timeoutMs: COMMAND_MS });
  if (exitCode === 0) return;
  throw new LabError('command-failed', `setting ${device} of ${node.node} ${state} failed: ${stderr.trim()}`, {
    data: { node: node.node, device, exitCode },
  });
}
