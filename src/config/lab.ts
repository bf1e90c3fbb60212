import type { RawText } from '../fields/schema.js';
import { contains, ipv4Text, parseCidr, parseInterface, parseIpv4 } from '../model/ipv4.js';
import type { FloatingAddress, Lab, LabNode, Link, Network } from '../model/lab.js';
import type { Text } from '../model/text.js';
import { checkLab, MANAGEMENT_OFFSET } from './lab-checks.js';
import { DEFAULT_MANAGEMENT } from './lab-places.js';
import { labSchema, type RawLab } from './lab-schema.js';
import { warnOfLab } from './lab-warnings.js';
import { parseMemoryMiB } from './lab-words.js';
import { deepFreeze } from './loose.js';
import { type Problem, refuseIfAny } from './problem.js';
import { readShape } from './shape.js';
import { readSource } from './source.js';

const DEFAULT_USERS = { root: 'vagrant', vagrant: 'vagrant' };

/** Throws LabError `config-invalid` with everything that is wrong; `path` is only what problems are labelled with. */
export function readLabFile(path: string, text: string): { lab: Lab; warnings: readonly Problem[] } {
  const source = readSource(path, text);
  const raw = readShape(source, labSchema);
  if (source.readable) checkLab(source);
  refuseIfAny(source.problems);
  return { lab: deepFreeze(labFromRaw(raw as RawLab)), warnings: warnOfLab(source) };
}

function labFromRaw(raw: RawLab): Lab {
  const networks = Object.entries(raw.networks).map(
    ([name, { cidr, carries }]): Network => ({ name, cidr, carries: [...new Set(carries)] }),
  );
  const management = raw.management ?? DEFAULT_MANAGEMENT;
  const range = parseCidr(management) ?? unreachable(management);
  const password = raw.cluster['hacluster-password'];
  return {
    name: raw.name,
    title: textFromRaw(raw.title),
    image: raw.image ?? 'debian-12',
    cluster: { name: raw.cluster.name, ...(password === undefined ? {} : { haclusterPassword: password }) },
    management: { cidr: management, prefix: range.prefix },
    networks,
    nodes: Object.entries(raw.nodes).map(([name, node], index): LabNode => {
      return {
        name,
        role: node.role ?? 'ha',
        cpus: node.cpus ?? 1,
        memoryMiB: parseMemoryMiB(node.memory ?? '1GiB') ?? unreachable(node.memory),
        disks: Object.entries(node.disks ?? {}).map(([disk, size]) => ({
          name: disk,
          sizeMiB: parseMemoryMiB(size) ?? unreachable(size),
        })),
        management: ipv4Text(range.first + MANAGEMENT_OFFSET + index),
        links: Object.entries(node.links).map(([link, written]) => linkFromRaw(link, written, networks)),
      };
    }),
    addresses: Object.entries(raw.addresses ?? {}).map(([name, written]): FloatingAddress => {
      const found = parseInterface(written) ?? unreachable(written);
      return {
        name,
        address: ipv4Text(found.address),
        prefix: found.network.prefix,
        network: networkHolding(networks, found.address).name,
      };
    }),
    users: Object.entries(raw.users ?? DEFAULT_USERS).map(([name, password]) => ({ name, password })),
    machines: {
      ...(raw.machines?.box === undefined ? {} : { box: raw.machines.box }),
      firewall: raw.machines?.firewall ?? 'on',
      fencing: raw.machines?.fencing ?? 'none',
    },
  };
}

function linkFromRaw(
  name: string,
  written: RawLab['nodes'][string]['links'][string],
  networks: readonly Network[],
): Link {
  const address = typeof written === 'string' ? written : written.address;
  const network = networkHolding(networks, parseIpv4(address) ?? unreachable(address));
  return { name, network: network.name, address, prefix: parseCidr(network.cidr)?.prefix ?? unreachable(network.cidr) };
}

function networkHolding(networks: readonly Network[], address: number): Network {
  return (
    networks.find(({ cidr }) => contains(parseCidr(cidr) ?? unreachable(cidr), address)) ??
    unreachable(ipv4Text(address))
  );
}

export function textFromRaw(raw: RawText): Text {
  return typeof raw === 'string' ? { en: raw } : raw;
}

function unreachable(value: unknown): never {
  throw new Error(`passed the checks but cannot be read: ${String(value)}`);
}
