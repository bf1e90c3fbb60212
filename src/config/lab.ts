import { dirname } from 'node:path';
import type { ValueProblem } from '../fields/value-problem.js';
import { cidrText, contains, ipv4Text, parseCidr, parseIpv4 } from '../model/ipv4.js';
import { besideIpv4, cidr6Text } from '../model/ipv6.js';
import type { Extras, FloatingAddress, Lab, Link, QuorumDevice } from '../model/lab.js';
import { checkLab, MANAGEMENT_OFFSET, networkHolding } from './lab-checks.js';
import { readExtras } from './lab-extras.js';
import { network6Holding } from './lab-ipv6.js';
import { labSchema, type ReadLab, type ReadLink, type ReadNetworks } from './lab-schema.js';
import { readShape } from './shape.js';
import { deepFreeze, type Path, type Problem, readSource, refuseIfAny } from './source.js';

/**
 * Throws LabError `config-invalid` with everything that is wrong; `path` is what problems are labelled with, and files that the
 * lab file names are read from `folder`.
 */
export function readLabFile(
  path: string,
  text: string,
  folder = dirname(path),
): { lab: Lab; warnings: readonly Problem[] } {
  const source = readSource(path, text);
  const read = readShape(source, labSchema);
  if (source.readable) checkLab(source);
  const extras = read === undefined ? new Map<string, Extras>() : readExtras(source, read, folder);
  refuseIfAny(source.problems);
  const lab = labOf(read as ReadLab, extras);
  const warnings = warningsOf(lab).map(({ at, only, ...wrong }) => ({
    ...source.problemAt(at, wrong),
    ...(only === undefined ? {} : { only }),
  }));
  return { lab: deepFreeze(lab), warnings };
}

function labOf({ networks, management, cluster, ...read }: ReadLab, extras: ReadonlyMap<string, Extras>): Lab {
  const password = cluster['hacluster-password'];
  return {
    ...{ name: read.name, title: read.title, image: read.image, machines: read.machines },
    cluster: {
      name: cluster.name,
      ...(password === undefined ? {} : { haclusterPassword: password }),
      ...(cluster['ip-version'] === 'ipv6' ? { ipVersion: 'ipv6' as const } : {}),
      ...(cluster.software === 'packages' ? { software: cluster.software } : {}),
      ...quorumDeviceOf(cluster['quorum-device']?.algorithm, read.nodes),
    },
    management: { cidr: cidrText(management), prefix: management.prefix },
    ...(read['power-supplies'] === 2 ? { powerSupplies: 2 as const } : {}),
    networks: Object.entries(networks).map(([name, { cidr, ipv6, carries }]) => ({
      ...{ name, cidr: cidrText(cidr), carries },
      ...(ipv6 === undefined ? {} : { cidr6: cidr6Text(ipv6) }),
    })),
    nodes: Object.entries(read.nodes).map(([name, { role, cpus, memory, disks, links, image }], index) => ({
      ...{ name, role, cpus, memoryMiB: memory },
      disks: Object.entries(disks).map(([disk, sizeMiB]) => ({ name: disk, sizeMiB })),
      management: ipv4Text(management.first + MANAGEMENT_OFFSET + index),
      links: Object.entries(links).map(([link, written]) => linkOf(link, written, networks)),
      ...(image === undefined ? {} : { image }),
      ...(extras.has(name) ? { extras: extras.get(name) } : {}),
    })),
    addresses: Object.entries(read.addresses).map(
      ([name, { address, network }]): FloatingAddress => ({
        ...{ name, prefix: network.prefix },
        ...(typeof address === 'string'
          ? { address, network: network6Holding(address, networks) ?? '' }
          : { address: ipv4Text(address), network: networkHolding(address, networks) ?? '' }),
      }),
    ),
    users: Object.entries(read.users).map(([name, password]) => ({ name, password })),
  };
}

/** The checks have found one node with that role where the cluster has a device. */
function quorumDeviceOf(
  algorithm: QuorumDevice['algorithm'] | undefined,
  nodes: ReadLab['nodes'],
): Partial<Lab['cluster']> {
  const [node] = Object.keys(nodes).filter((name) => nodes[name]?.role === 'qdevice');
  return algorithm === undefined || node === undefined ? {} : { quorumDevice: { node, algorithm } };
}

function linkOf(name: string, { network, address }: ReadLink, networks: ReadNetworks): Link {
  const holder = network ?? networkHolding(address, networks) ?? '';
  const { cidr, ipv6 } = networks[holder] ?? {};
  const link = { name, network: holder, address: ipv4Text(address), prefix: cidr?.prefix ?? 0 };
  if (ipv6 === undefined) return link;
  return { ...link, ipv6: { address: besideIpv4(ipv6, link.address, link.prefix), prefix: ipv6.prefix } };
}

interface Warning extends ValueProblem, Pick<Problem, 'only'> {
  readonly at: Path;
}

/** Host-only ranges that VirtualBox accepts as installed (its manual, "Host-Only Networking"; since 6.1.28). */
const HOST_ONLY = parseCidr('192.168.56.0/21');

/** What works with one backend and may not with another. */
function warningsOf({ networks, nodes, addresses, users }: Lab): readonly Warning[] {
  const ranges = networks.flatMap(({ cidr }) => parseCidr(cidr) ?? []);
  const refused = networks.flatMap(({ name, cidr }): Warning[] => {
    const range = parseCidr(cidr);
    if (!range || !HOST_ONLY || (contains(HOST_ONLY, range.first) && contains(HOST_ONLY, range.last))) return [];
    const message = `VirtualBox 6.1.28 and newer refuses the host-only network ${cidr} on Linux and macOS`;
    const hint = `use a range inside 192.168.56.0/21, or write "* ${cidr}" to /etc/vbox/networks.conf`;
    return [{ at: ['networks', name, 'cidr'], message, hint, only: 'virtualbox' }];
  });
  const used = [
    ...nodes.flatMap(({ name, links }) =>
      links.map((link) => ({ at: ['nodes', name, 'links', link.name, 'address'], address: link.address })),
    ),
    ...addresses.map(({ name, address }) => ({ at: ['addresses', name], address })),
  ];
  // Hypervisors give their host the first address of each network.
  const ofHost = used.filter(({ address }) => ranges.some(({ first }) => parseIpv4(address) === first + 1));
  const taken = ofHost.map(({ at, address }): Warning => {
    const message = `${address} is this machine's own address where nodes are virtual machines`;
    return { at, message, hint: 'use any other address', only: 'machines' };
  });
  const message = 'no password for root, so nobody can log in as root with one';
  const rootless: Warning = { at: ['users'], message, hint: 'add root unless that is what you want' };
  return [...refused, ...taken, ...(users.some(({ name }) => name === 'root') ? [] : [rootless])];
}
