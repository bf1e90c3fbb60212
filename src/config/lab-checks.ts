import type { ValueProblem } from '../fields/value-problem.js';
import { cidrText, ipv4Text, overlaps } from '../model/ipv4.js';
import {
  floatingPlaces,
  linkPlaces,
  managementOf,
  type Net,
  networksOf,
  type Place,
  range,
  roleOf,
} from './lab-places.js';
import * as words from './lab-words.js';
import { entriesOf, fieldOf, isRecord, listOf } from './loose.js';
import type { Source } from './source.js';

export const MANAGEMENT_OFFSET = 11;
const MOST_HA_NODES = 32;

/** What no single value shows. Works on whatever could be read, so that one slip does not hide another. */
export function checkLab(source: Source): void {
  const lab = source.data;
  checkNames(source, lab);
  const networks = networksOf(lab);
  checkOverlaps(source, lab, networks);
  const places = [...linkPlaces(source, lab, networks), ...floatingPlaces(source, lab, networks)];
  checkAddresses(source, places);
  checkHaNodes(source, lab, networks, places);
  checkManagementRoom(source, lab);
}

const NAMED: readonly (readonly [string, (name: string) => ValueProblem | undefined])[] = [
  ['networks', words.wordWrong],
  ['nodes', words.nodeNameWrong],
  ['addresses', words.wordWrong],
  ['users', words.userNameWrong],
];

function checkNames(source: Source, lab: unknown): void {
  const hosts = new Map<string, string>();
  for (const [section, wrongOf] of NAMED) {
    const own = section === 'nodes' || section === 'addresses' ? hosts : new Map<string, string>();
    for (const [name] of entriesOf(fieldOf(lab, section))) {
      const wrong = wrongOf(name);
      if (wrong) source.reportKey([section, name], wrong);
      const earlier = own.get(name.toLowerCase());
      if (earlier !== undefined) {
        const hint = 'nodes and addresses share one list of names, and case does not tell two apart';
        source.reportKey([section, name], { message: `the name '${name}' is taken by ${earlier}`, hint });
      }
      own.set(name.toLowerCase(), `${name} under ${section}`);
    }
  }
  for (const [node, value] of entriesOf(fieldOf(lab, 'nodes'))) {
    checkDisks(source, node, value);
    for (const [link] of entriesOf(fieldOf(value, 'links'))) {
      const wrong = words.linkNameWrong(link);
      if (wrong) source.reportKey(['nodes', node, 'links', link], wrong);
    }
  }
}

function checkDisks(source: Source, node: string, value: unknown): void {
  const disks = fieldOf(value, 'disks');
  if (disks !== undefined && roleOf(value) === 'ha') {
    const hint = 'give them to a node with role: storage, which serves them to the others';
    source.reportKey(['nodes', node, 'disks'], { message: `${node} is no storage node, so it serves no disks`, hint });
  }
  for (const [disk] of entriesOf(disks)) {
    const wrong = words.wordWrong(disk);
    if (wrong) source.reportKey(['nodes', node, 'disks', disk], wrong);
  }
}

function checkOverlaps(source: Source, lab: unknown, networks: readonly Net[]): void {
  const seen: Net[] = [{ name: 'management', path: ['management'], cidr: managementOf(lab) }];
  for (const network of networks) {
    for (const other of seen) {
      if (network.cidr === undefined || other.cidr === undefined || !overlaps(network.cidr, other.cidr)) continue;
      const message = `network ${network.name} (${cidrText(network.cidr)}) overlaps ${other.name} (${cidrText(other.cidr)})`;
      source.report(network.path, { message, hint: 'give each network a range of its own' });
    }
    seen.push(network);
  }
}

function checkAddresses(source: Source, places: readonly Place[]): void {
  const owners = new Map<number, string>();
  for (const { owner, path, address, network } of places) {
    if (address === undefined) continue;
    const earlier = owners.get(address);
    if (earlier !== undefined) {
      const hint = 'give each of them an address of its own';
      source.report(path, { message: `${ipv4Text(address)} is taken by ${earlier}`, hint });
    }
    owners.set(address, earlier ?? owner);
    const cidr = network?.cidr;
    if (cidr === undefined || (address !== cidr.first && address !== cidr.last)) continue;
    const what = address === cidr.first ? "the network's own address" : "the network's broadcast address";
    source.report(path, { message: `${ipv4Text(address)} is ${what}`, hint: `use an address from ${range(cidr)}` });
  }
}

function checkHaNodes(source: Source, lab: unknown, networks: readonly Net[], places: readonly Place[]): void {
  const nodes = entriesOf(fieldOf(lab, 'nodes'));
  const ha = nodes.filter(([, value]) => roleOf(value) === 'ha').map(([name]) => name);
  if (isRecord(fieldOf(lab, 'nodes')) && nodes.every(([, value]) => roleOf(value) === 'storage')) {
    source.reportKey(['nodes'], { message: 'no node has role ha', hint: 'a cluster needs at least one: add role: ha' });
  }
  if (ha.length > MOST_HA_NODES) {
    const message = `${ha.length} ha nodes are more than corosync supports`;
    source.reportKey(['nodes', ha[MOST_HA_NODES] ?? ''], { message, hint: `keep at most ${MOST_HA_NODES}` });
  }
  checkClusterLinks(source, lab, ha, places);
  if (ha.length === 0) return;
  for (const floating of places.filter((place) => place.role === 'floating' && place.network !== undefined)) {
    // A link or a role that could not be read may be the one that is looked for.
    if (
      places.some(
        (place) => place.network === floating.network && place.role !== 'floating' && place.role !== 'storage',
      )
    )
      continue;
    if (places.some((place) => place.network === undefined) || networks.some(({ cidr }) => cidr === undefined))
      continue;
    const message = `no ha node has a link on network ${floating.network?.name}, so ${floating.owner} can run nowhere`;
    source.report(floating.path, { message, hint: 'link the ha nodes to that network, or move the address' });
  }
}

function checkClusterLinks(source: Source, lab: unknown, ha: readonly string[], places: readonly Place[]): void {
  const networks = fieldOf(lab, 'networks');
  const entries = entriesOf(networks);
  if (!isRecord(networks) || entries.some(([, value]) => !Array.isArray(fieldOf(value, 'carries')))) return;
  const cluster = entries
    .filter(([, value]) => listOf(fieldOf(value, 'carries')).includes('cluster'))
    .map(([name]) => name);
  if (cluster.length === 0) {
    const hint = 'write carries: [cluster] or carries: [cluster, service] at one of them';
    source.reportKey(['networks'], { message: 'no network carries the cluster', hint });
    return;
  }
  for (const node of ha) {
    const own = places.filter(({ path }) => path[0] === 'nodes' && path[1] === node);
    // A link without a network has been reported, and may be the one that is looked for.
    const linked = own.some(({ network }) => network === undefined || cluster.includes(network.name));
    if (linked || !isRecord(fieldOf(fieldOf(fieldOf(lab, 'nodes'), node), 'links'))) continue;
    const message = `${node} has no link on a network that carries the cluster`;
    source.reportKey(['nodes', node], { message, hint: `link it to ${cluster.join(' or ')}` });
  }
}

function checkManagementRoom(source: Source, lab: unknown): void {
  const cidr = managementOf(lab);
  const count = entriesOf(fieldOf(lab, 'nodes')).length;
  if (cidr === undefined || cidr.first + MANAGEMENT_OFFSET + count <= cidr.last) return;
  const message = `the management network ${cidrText(cidr)} has no room for ${count} nodes from .${MANAGEMENT_OFFSET} on`;
  source.report(['management'], { message, hint: 'use a /24' });
}
