import { unknownWord } from '../fields/nearest.js';
import { type Cidr, cidrText, contains, ipv4Text, parseCidr, parseInterface, parseIpv4 } from '../model/ipv4.js';
import { cidrWrong } from './lab-words.js';
import { entriesOf, fieldOf, isRecord, textOf } from './loose.js';
import type { Path, Source } from './source.js';

export const DEFAULT_MANAGEMENT = '10.77.0.0/24';

export interface Net {
  readonly name: string;
  readonly path: Path;
  readonly cidr: Cidr | undefined;
}

/** An address as found in the file: a node's link, or one that floats. */
export interface Place {
  readonly owner: string;
  readonly path: Path;
  readonly role: 'ha' | 'storage' | 'floating' | undefined;
  readonly address: number | undefined;
  readonly network: Net | undefined;
}

/** The networks as far as they can be read. */
export function networksOf(lab: unknown): readonly Net[] {
  return entriesOf(fieldOf(lab, 'networks')).map(([name, value]) => {
    return { name, path: ['networks', name, 'cidr'], cidr: usableCidr(fieldOf(value, 'cidr')) };
  });
}

function usableCidr(value: unknown): Cidr | undefined {
  const text = textOf(value) ?? '';
  return cidrWrong(text) === undefined ? parseCidr(text) : undefined;
}

export function managementOf(lab: unknown): Cidr | undefined {
  const written = fieldOf(lab, 'management');
  return usableCidr(written === undefined ? DEFAULT_MANAGEMENT : written);
}

export function linkPlaces(source: Source, lab: unknown, networks: readonly Net[]): Place[] {
  return entriesOf(fieldOf(lab, 'nodes')).flatMap(([node, value]) => {
    const used = new Map<string, string>();
    return entriesOf(fieldOf(value, 'links')).map(([link, written]): Place => {
      const path: Path = isRecord(written) ? ['nodes', node, 'links', link, 'address'] : ['nodes', node, 'links', link];
      const address = parseIpv4(textOf(isRecord(written) ? fieldOf(written, 'address') : written) ?? '');
      const network = linkNetwork(source, networks, ['nodes', node, 'links', link], written, address, path);
      if (network && used.has(network.name)) {
        const message = `${node} has two links on network ${network.name}: ${used.get(network.name)} and ${link}`;
        source.reportKey(['nodes', node, 'links', link], { message, hint: 'put the second link on another network' });
      }
      if (network) used.set(network.name, link);
      return { owner: `${node} ${link}`, path, role: roleOf(value), address, network };
    });
  });
}

export function roleOf(node: unknown): 'ha' | 'storage' | undefined {
  const role = fieldOf(node, 'role') ?? 'ha';
  return role === 'ha' || role === 'storage' ? role : undefined;
}

function linkNetwork(
  source: Source,
  networks: readonly Net[],
  link: Path,
  written: unknown,
  address: number | undefined,
  path: Path,
) {
  const name = textOf(fieldOf(written, 'network'));
  if (name === undefined) return address === undefined ? undefined : holderOf(source, networks, address, path);
  const network = networks.find((candidate) => candidate.name === name);
  if (network === undefined) {
    source.report(
      [...link, 'network'],
      unknownWord(
        'network',
        name,
        networks.map((known) => known.name),
      ),
    );
  } else if (address !== undefined && network.cidr !== undefined && !contains(network.cidr, address)) {
    const message = `${ipv4Text(address)} is outside network ${name} (${cidrText(network.cidr)})`;
    source.report(path, { message, hint: `use an address from ${range(network.cidr)}` });
    return undefined;
  }
  return network;
}

/** The network that holds the address; silent where an unreadable network might be the one. */
function holderOf(source: Source, networks: readonly Net[], address: number, path: Path): Net | undefined {
  const found = networks.find(({ cidr }) => cidr !== undefined && contains(cidr, address));
  if (found === undefined && networks.every(({ cidr }) => cidr !== undefined)) {
    const known = networks.map(({ name, cidr }) => `${name} ${cidr ? cidrText(cidr) : ''}`).join(', ');
    const hint =
      known === ''
        ? 'declare one under networks'
        : `use an address of one of them, or declare its network (there is ${known})`;
    source.report(path, { message: `${ipv4Text(address)} is outside every network of this lab`, hint });
  }
  return found;
}

export function range(cidr: Cidr): string {
  return `${ipv4Text(cidr.first + 1)} to ${ipv4Text(cidr.last - 1)}`;
}

export function floatingPlaces(source: Source, lab: unknown, networks: readonly Net[]): Place[] {
  return entriesOf(fieldOf(lab, 'addresses')).flatMap(([name, written]): Place[] => {
    const found = parseInterface(textOf(written) ?? '');
    if (found === undefined) return [];
    const path = ['addresses', name];
    const network = holderOf(source, networks, found.address, path);
    const prefix = network?.cidr?.prefix ?? 32;
    if (network?.cidr && found.network.prefix !== prefix && found.network.prefix !== 32) {
      const message = `${name} has prefix /${found.network.prefix}, but its network ${network.name} is ${cidrText(network.cidr)}`;
      source.report(path, { message, hint: `write ${ipv4Text(found.address)}/${prefix}` });
    }
    return [{ owner: name, path, role: 'floating', address: found.address, network }];
  });
}
