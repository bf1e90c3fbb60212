import type { z } from 'zod';
import { unknownWord, type ValueProblem } from '../fields/value-problem.js';
import { type Cidr, cidrText, contains, ipv4Text, overlaps } from '../model/ipv4.js';
import { checkIpv6 } from './lab-ipv6.js';
import { checkOutsiders } from './lab-outsiders.js';
import { type ReadLab, type ReadLink, type ReadNetworks, SECTIONS } from './lab-schema.js';
import { network } from './lab-values.js';
import { entriesOf, fieldOf, type Path, type Source } from './source.js';

/** The first node's address in the management network. */
export const MANAGEMENT_OFFSET = 11;
const MOST_HA_NODES = 32;

/** The entries of a section that can be read; `whole` where these are all of them. */
interface Part<Value> {
  readonly entries: Readonly<Record<string, Value>>;
  readonly whole: boolean;
}
type Section = keyof typeof SECTIONS;
type Parts = { readonly [S in Section]: Part<ReadLab[S][string]> };
type Report = (path: Path, wrong: ValueProblem) => void;

/** An address of a node's link, or one that floats. */
interface PlacedAddress {
  readonly owner: string;
  readonly path: Path;
  readonly address: number;
  /** The name of the network; absent where it has none, or an unreadable one may be it. */
  readonly network?: string;
}

/** Reports what no single value shows. Entries that cannot be read are left out, so that one slip does not hide another. */
export function checkLab(source: Source): void {
  const parts: Parts = {
    networks: partOf(source, 'networks'),
    nodes: partOf(source, 'nodes'),
    addresses: partOf(source, 'addresses'),
    users: partOf(source, 'users'),
  };
  checkNames(source, parts);
  checkRanges(source, parts);
  const links = linkPlaces(source, parts);
  const floating = floatingPlaces(source, parts);
  checkAddresses(source, parts, [...links, ...floating]);
  checkNodes(source, parts);
  checkClusterLinks(source, parts, links);
  checkStorageLinks(source, parts, links);
  checkFloating(source, parts, links, floating);
  const nodes = Object.entries(parts.nodes.entries).map(([name, { role }]) => {
    const networks = links.filter(({ path }) => path[1] === name).map(({ network }) => network);
    return { name, role, networks };
  });
  checkOutsiders(source, nodes, parts.nodes.whole);
  const placed = links.flatMap(({ owner, path, address, network }) => {
    const isOfMember = haNodes(parts.nodes).includes(String(path[1]));
    return network === undefined ? [] : [{ owner, isOfMember, address, network }];
  });
  checkIpv6(source, parts.networks.entries, parts.addresses.entries, placed);
}

function partOf<S extends Section>(source: Source, section: S): Part<ReadLab[S][string]> {
  const schema = SECTIONS[section] as unknown as z.ZodType<Record<string, ReadLab[S][string]>>;
  const data = fieldOf(source.data, section);
  const whole = schema.safeParse(data);
  if (whole.success) return { entries: whole.data, whole: true };
  const parsed = entriesOf(data).map(([name, value]) => schema.safeParse({ [name]: value }).data);
  return { entries: Object.assign({}, ...parsed), whole: false };
}

function checkNames(source: Source, parts: Parts): void {
  const hosts = new Map<string, string>();
  const owners = { networks: new Map(), nodes: hosts, addresses: hosts, users: new Map() };
  for (const section of ['networks', 'nodes', 'addresses', 'users'] as const) {
    for (const name of Object.keys(parts[section].entries)) {
      const earlier = owners[section].get(name.toLowerCase());
      if (earlier !== undefined) {
        const hint = 'nodes and addresses share one list of names, and upper and lower case count as the same';
        source.reportKey([section, name], { message: `the name '${name}' is taken by ${earlier}`, hint });
      }
      owners[section].set(name.toLowerCase(), `${name} under ${section}`);
    }
  }
}

function checkRanges(source: Source, { networks, nodes }: Parts): void {
  const written = fieldOf(source.data, 'management') ?? '10.77.0.0/24';
  const management = network.safeParse(written).data;
  const seen: (readonly [string, Cidr])[] = management === undefined ? [] : [['management', management]];
  for (const [name, { cidr }] of Object.entries(networks.entries)) {
    for (const [other, range] of seen.filter(([, range]) => overlaps(cidr, range))) {
      const message = `network ${name} (${cidrText(cidr)}) overlaps ${other} (${cidrText(range)})`;
      source.report(['networks', name, 'cidr'], { message, hint: 'give each network a range of its own' });
    }
    seen.push([name, cidr]);
  }
  const count = Object.keys(nodes.entries).length;
  if (management === undefined || management.first + MANAGEMENT_OFFSET + count <= management.last) return;
  const message = `the management network ${cidrText(management)} has no room for ${count} nodes from .${MANAGEMENT_OFFSET} on`;
  source.report(['management'], { message, hint: 'use a /24' });
}

function linkPlaces(source: Source, { networks, nodes }: Parts): readonly PlacedAddress[] {
  return Object.entries(nodes.entries).flatMap(([node, { links }]) => {
    const used = new Map<string, string>();
    return Object.entries(links).map(([link, written]): PlacedAddress => {
      const path = ['nodes', node, 'links', link];
      const network = linkNetwork(written, path, networks, source.report);
      const earlier = network === undefined ? undefined : used.get(network);
      if (earlier !== undefined) {
        const message = `${node} has two links on network ${network}: ${earlier} and ${link}`;
        source.reportKey(path, { message, hint: 'put the second link on another network' });
      }
      if (network !== undefined) used.set(network, link);
      return { owner: `${node} ${link}`, path: [...path, 'address'], address: written.address, network };
    });
  });
}

function linkNetwork(
  { network, address }: ReadLink,
  path: Path,
  networks: Parts['networks'],
  report: Report,
): string | undefined {
  if (network === undefined) return holderOf(address, [...path, 'address'], networks, report);
  const cidr = networks.entries[network]?.cidr;
  if (cidr === undefined) {
    if (networks.whole) report([...path, 'network'], unknownWord('network', network, Object.keys(networks.entries)));
    return undefined;
  }
  if (contains(cidr, address)) return network;
  const message = `${ipv4Text(address)} is outside network ${network} (${cidrText(cidr)})`;
  report([...path, 'address'], { message, hint: `use an address from ${usable(cidr)}` });
  return undefined;
}

/** The network that holds the address. */
export function networkHolding(address: number, networks: ReadNetworks): string | undefined {
  return Object.keys(networks).find((name) => networks[name] && contains(networks[name].cidr, address));
}

function holderOf(address: number, path: Path, networks: Parts['networks'], report: Report): string | undefined {
  const found = networkHolding(address, networks.entries);
  if (found === undefined && networks.whole) {
    const known = Object.entries(networks.entries).map(([name, { cidr }]) => `${name} ${cidrText(cidr)}`);
    const hint =
      known.length === 0
        ? 'declare one under networks'
        : `use an address of one of them, or declare its network (there is ${known.join(', ')})`;
    report(path, { message: `${ipv4Text(address)} is outside every network of this lab`, hint });
  }
  return found;
}

function usable(cidr: Cidr): string {
  return `${ipv4Text(cidr.first + 1)} to ${ipv4Text(cidr.last - 1)}`;
}

function floatingPlaces(source: Source, { networks, addresses }: Parts): readonly PlacedAddress[] {
  return Object.entries(addresses.entries).flatMap(
    ([name, { address, network: written }]): readonly PlacedAddress[] => {
      if (typeof address === 'string') return [];
      const path = ['addresses', name];
      const network = holderOf(address, path, networks, source.report);
      const cidr = networks.entries[network ?? '']?.cidr;
      if (cidr !== undefined && written.prefix !== cidr.prefix && written.prefix !== 32) {
        const message = `${name} has prefix /${written.prefix}, but its network ${network} is ${cidrText(cidr)}`;
        source.report(path, { message, hint: `write ${ipv4Text(address)}/${cidr.prefix}` });
      }
      return [{ owner: name, path, address, network }];
    },
  );
}

function checkAddresses(source: Source, { networks }: Parts, places: readonly PlacedAddress[]): void {
  const owners = new Map<number, string>();
  for (const { owner, path, address, network } of places) {
    const earlier = owners.get(address);
    if (earlier !== undefined) {
      const hint = 'give each of them an address of its own';
      source.report(path, { message: `${ipv4Text(address)} is taken by ${earlier}`, hint });
    }
    owners.set(address, earlier ?? owner);
    const cidr = networks.entries[network ?? '']?.cidr;
    if (cidr === undefined || (address !== cidr.first && address !== cidr.last)) continue;
    const what = address === cidr.first ? "the network's own address" : "the network's broadcast address";
    source.report(path, { message: `${ipv4Text(address)} is ${what}`, hint: `use an address from ${usable(cidr)}` });
  }
}

function checkNodes(source: Source, { nodes }: Parts): void {
  checkDisks(source, nodes);
  const ha = haNodes(nodes);
  if (ha.length === 0 && nodes.whole)
    source.reportKey(['nodes'], { message: 'no node has role ha', hint: 'a cluster needs at least one: add role: ha' });
  if (ha.length <= MOST_HA_NODES) return;
  const message = `${ha.length} ha nodes are more than corosync supports`;
  source.reportKey(['nodes', ha[MOST_HA_NODES] ?? ''], { message, hint: `keep at most ${MOST_HA_NODES}` });
}

/** A virtio disk reports 20 bytes of its serial number (virtio 1.2, 5.2.6), by which a node finds a disk of its own. */
const MOST_OWN_NAME = 20;

function checkDisks(source: Source, nodes: Parts['nodes']): void {
  const all = Object.entries(nodes.entries);
  const served = all.flatMap(([, { role, disks }]) => (role === 'storage' ? Object.keys(disks) : []));
  for (const [name, { role, disks }] of all.filter(([, { role }]) => role !== 'storage')) {
    if (role !== 'ha' && Object.keys(disks).length > 0) {
      const hint = 'give them to a node with role: storage, which serves them to the others, or with role: ha';
      source.reportKey(['nodes', name, 'disks'], { message: `${name} has role ${role} and takes no disks`, hint });
      continue;
    }
    for (const disk of Object.keys(disks)) {
      const at: Path = ['nodes', name, 'disks', disk];
      if (disk.length > MOST_OWN_NAME)
        source.reportKey(at, {
          message: `${disk} is too long for a disk of a node's own`,
          hint: 'at most 20 characters',
        });
      if (served.includes(disk)) {
        const hint = 'give one of them another name, for {disk NAME} to mean one thing';
        source.reportKey(at, { message: `${disk} is also the name of a disk that is served`, hint });
      }
    }
  }
}

/** Everybody who logs in must reach the server where it listens. */
function checkStorageLinks(source: Source, { networks, nodes }: Parts, links: readonly PlacedAddress[]): void {
  const carrying = Object.keys(networks.entries).filter((name) => networks.entries[name]?.carries.includes('storage'));
  if (!networks.whole || carrying.length === 0) return;
  for (const [name, { role }] of Object.entries(nodes.entries)) {
    if (role !== 'ha' && role !== 'storage') continue;
    const own = links.filter(({ path }) => path[1] === name);
    if (own.some(({ network }) => network === undefined || carrying.includes(network))) continue;
    const message = `${name} has no link on a network that carries the storage`;
    source.reportKey(['nodes', name], { message, hint: `link it to ${carrying.join(' or ')}` });
  }
}

function haNodes(nodes: Parts['nodes']): readonly string[] {
  return Object.keys(nodes.entries).filter((name) => nodes.entries[name]?.role === 'ha');
}

function checkClusterLinks(source: Source, { networks, nodes }: Parts, links: readonly PlacedAddress[]): void {
  if (!networks.whole) return;
  const cluster = Object.keys(networks.entries).filter((name) => networks.entries[name]?.carries.includes('cluster'));
  if (cluster.length === 0) {
    const hint = 'write carries: [cluster] or carries: [cluster, service] at one of them';
    source.reportKey(['networks'], { message: 'no network carries the cluster', hint });
    return;
  }
  for (const node of haNodes(nodes)) {
    const own = links.filter(({ path }) => path[1] === node);
    // A link without a network has been reported, and may be the one that is missing.
    if (own.some(({ network }) => network === undefined || cluster.includes(network))) continue;
    const message = `${node} has no link on a network that carries the cluster`;
    source.reportKey(['nodes', node], { message, hint: `link it to ${cluster.join(' or ')}` });
  }
}

/** A node or a link that cannot be read may be the one that is missing. */
function checkFloating(
  source: Source,
  parts: Parts,
  links: readonly PlacedAddress[],
  floating: readonly PlacedAddress[],
): void {
  const { networks, nodes } = parts;
  const ha = haNodes(nodes);
  const places = [...links, ...floating];
  if (ha.length === 0 || !networks.whole || !nodes.whole || places.some(({ network }) => network === undefined)) return;
  const reached = links.flatMap(({ path, network }) => (ha.includes(String(path[1])) ? network : []));
  for (const { owner, path, network } of floating.filter((each) => !reached.includes(each.network))) {
    const message = `no ha node has a link on network ${network}, so ${owner} can run nowhere`;
    source.report(path, { message, hint: 'link the ha nodes to that network, or move the address' });
  }
}
