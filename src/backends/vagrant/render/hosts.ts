import type { Lab } from '../../../model/lab.js';

/** `/etc/hosts` of every node: each is known by its first link, as corosync and pcs are to find it. */
export function hostsFile(lab: Lab): string {
  const nodes = lab.nodes.flatMap(({ name, links: [first] }) => (first ? [`${first.address} ${name}`] : []));
  return ['127.0.0.1 localhost', '::1 localhost ip6-localhost ip6-loopback', ...nodes, ''].join('\n');
}
