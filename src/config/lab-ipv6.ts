import { ipv4Text } from '../model/ipv4.js';
import { besideIpv4, type Cidr6, cidr6Text, contains6, overlaps6 } from '../model/ipv6.js';
import type { ReadLab, ReadNetworks } from './lab-schema.js';
import { fieldOf, type Path, type Source } from './source.js';

/** A link of a node whose network is known. */
interface PlacedLink {
  readonly owner: string;
  readonly isOfMember: boolean;
  readonly address: number;
  readonly network: string;
}

interface Floating {
  readonly name: string;
  readonly path: Path;
  readonly address: string;
  readonly prefix: number;
}

/** The network that holds the address. */
export function network6Holding(address: string, networks: ReadNetworks): string | undefined {
  return Object.keys(networks).find((name) => {
    const range = networks[name]?.ipv6;
    return range !== undefined && contains6(range, address);
  });
}

/** Reports what IPv6 of a lab does not fit: ranges, floating addresses, and a cluster that is to use it where there is none. */
export function checkIpv6(
  source: Source,
  networks: ReadNetworks,
  addresses: ReadLab['addresses'],
  links: readonly PlacedLink[],
): void {
  checkRanges(source, networks);
  checkVersion(source, networks);
  const taken = new Map(
    links.flatMap(({ owner, address, network }) => {
      const { ipv6, cidr } = networks[network] ?? {};
      return ipv6 && cidr ? [[besideIpv4(ipv6, ipv4Text(address), cidr.prefix), owner] as const] : [];
    }),
  );
  for (const floating of floatingIn(addresses)) {
    const network = checkPlace(source, networks, floating);
    const earlier = taken.get(floating.address);
    if (earlier !== undefined)
      source.report(floating.path, {
        message: `${floating.address} is taken by ${earlier}`,
        hint: 'give each of them an address of its own',
      });
    taken.set(floating.address, earlier ?? floating.name);
    if (network === undefined || links.some((link) => link.isOfMember && link.network === network)) continue;
    const message = `no ha node has a link on network ${network}, so ${floating.name} can run nowhere`;
    source.report(floating.path, { message, hint: 'link the ha nodes to that network, or move the address' });
  }
}

function floatingIn(addresses: ReadLab['addresses']): readonly Floating[] {
  return Object.entries(addresses).flatMap(([name, { address, network }]) =>
    typeof address === 'string' ? [{ name, path: ['addresses', name], address, prefix: network.prefix }] : [],
  );
}

function checkRanges(source: Source, networks: ReadNetworks): void {
  const seen: (readonly [string, Cidr6])[] = [];
  for (const [name, { ipv6 }] of Object.entries(networks)) {
    if (ipv6 === undefined) continue;
    for (const [other, range] of seen.filter(([, each]) => overlaps6(each, ipv6))) {
      const message = `network ${name} (${cidr6Text(ipv6)}) overlaps ${other} (${cidr6Text(range)})`;
      source.report(['networks', name, 'ipv6'], { message, hint: 'give each network a range of its own' });
    }
    seen.push([name, ipv6]);
  }
}

function checkVersion(source: Source, networks: ReadNetworks): void {
  if (fieldOf(fieldOf(source.data, 'cluster'), 'ip-version') !== 'ipv6') return;
  for (const [name, { carries, ipv6 }] of Object.entries(networks)) {
    if (ipv6 !== undefined || !carries.includes('cluster')) continue;
    const message = `ip-version is ipv6, and network ${name}, which carries the cluster, has no ipv6`;
    source.report(['cluster', 'ip-version'], { message, hint: `write ipv6: fd00:56::/64 at network ${name}` });
  }
}

function checkPlace(
  source: Source,
  networks: ReadNetworks,
  { name, path, address, prefix }: Floating,
): string | undefined {
  const network = network6Holding(address, networks);
  const range = networks[network ?? '']?.ipv6;
  if (range === undefined) {
    const known = Object.entries(networks).flatMap(([each, { ipv6 }]) => (ipv6 ? `${each} ${cidr6Text(ipv6)}` : []));
    const hint = known.length === 0 ? 'write ipv6: at one of them' : `there is ${known.join(', ')}`;
    source.report(path, { message: `${address} is outside every IPv6 network of this lab`, hint });
  } else if (prefix !== range.prefix && prefix !== 128) {
    const message = `${name} has prefix /${prefix}, but its network ${network} is ${cidr6Text(range)}`;
    source.report(path, { message, hint: `write ${address}/${range.prefix}` });
  }
  return network;
}
