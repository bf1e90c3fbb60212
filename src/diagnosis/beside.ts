import type { Cib, CibPrimitive, CibResource } from '../model/cib.js';
import type { FailCount } from '../model/cluster-state.js';
import { type Cidr, cidrText, contains, parseInterface, parseIpv4 } from '../model/ipv4.js';
import { clusterLinksOf, type Lab } from '../model/lab.js';
import { addressOf, sameAddress } from '../model/managed-address.js';
import type { FormationByHand, LinkLook, NodeLook, NodeReport } from '../model/node-look.js';
import type { AddressObservation, LabObservation } from '../model/observation.js';
import { isTrue, parseCount } from '../model/pacemaker-values.js';

/** What the nodes report of themselves, beside the state that one of them sees. A pasted output has nothing of it. */
export interface Beside {
  /** Nodes on which the cluster does not run, by their own report. */
  readonly stopped: readonly string[];
  /** Of these, the nodes without a corosync.conf: no `pcs cluster start` starts them. */
  readonly outside: readonly string[];
  /** Addresses of resources that several nodes have on an interface that is up. */
  readonly heldTwice: readonly HeldTwice[];
  readonly linksDown: readonly LinkDown[];
  /** The address of each resource that has one, and the networks that each node has an address in. */
  readonly addresses: ReadonlyMap<string, string>;
  readonly networks: ReadonlyMap<string, readonly string[]>;
  /** As the CIB keeps them; absent where none was read. */
  readonly failCounts?: readonly FailCount[];
  /** What is still to be typed until there is a cluster. */
  readonly toForm: readonly FormationByHand[];
}

interface HeldTwice {
  readonly resource: string;
  readonly address: string;
  readonly nodes: readonly string[];
  /** The interface that it is on, if it is the same on all of them. */
  readonly device?: string;
}

interface LinkDown {
  readonly node: string;
  readonly device: string;
  readonly state: Exclude<LinkLook['state'], 'up'>;
  /** The lab's network that it leads to. */
  readonly network?: string;
  /** No link that carries cluster traffic is up on the node. */
  readonly cutsOff: boolean;
}

export const NOTHING_BESIDE: Beside = {
  stopped: [],
  outside: [],
  heldTwice: [],
  linksDown: [],
  addresses: new Map(),
  networks: new Map(),
  toForm: [],
};

/** Pure. */
export function besideOf(lab: Lab, reports: readonly NodeReport[], toForm: readonly FormationByHand[] = []): Beside {
  const looks = reports.flatMap(({ reading: { node }, look }) => (look === undefined ? [] : [{ node, look }]));
  const down = reports.filter(({ reading }) => reading.problem?.kind === 'cluster-down');
  const runsSomewhere = reports.some(({ reading }) => reading.state !== undefined);
  const cib = newestCib(looks.map(({ look }) => look));
  const hasNone = ({ look }: NodeReport) => look?.prepared !== undefined && look.prepared.configured !== 'yes';
  const isFormed = runsSomewhere || down.some((report) => !hasNone(report));
  const namesOf = (list: readonly NodeReport[]) => list.map(({ reading: { node } }) => node);
  return {
    stopped: namesOf(down),
    outside: isFormed ? namesOf(down.filter(hasNone)) : [],
    heldTwice: heldTwiceIn(
      cib,
      looks.map(({ node, look: { addresses = [] } }) => ({ node, addresses })),
    ),
    linksDown: looks.flatMap(({ node, look }) => linksDownOn(lab, node, look)),
    addresses: new Map(addressedIn(cib).map(({ id, address }) => [id, address])),
    networks: new Map(looks.map(({ node, look: { addresses = [] } }) => [node, networksOf(addresses)])),
    toForm: isFormed ? [] : toForm,
    ...(cib === undefined ? {} : { failCounts: failCountsIn(cib) }),
  };
}

/** `fail-count-vip#monitor_30000`, in the status of each node. */
function failCountsIn({ nodeStates }: Cib): readonly FailCount[] {
  return nodeStates.flatMap(({ node, transient }) =>
    Object.entries(transient).flatMap(([name, value]) => {
      const [, resource] = /^fail-count-([^#]+)/.exec(name) ?? [];
      return resource === undefined ? [] : [{ node, resource, failCount: parseCount(value, 0) }];
    }),
  );
}

/** Pure. The same of what the audits judge. */
export function besideObserved({ nodes }: LabObservation): Beside {
  const cib = nodes.flatMap((each) => each.cib ?? []).at(0);
  return { ...NOTHING_BESIDE, heldTwice: heldTwiceIn(cib, nodes) };
}

/** By its epoch: all that is read of it is how resources are configured. */
function newestCib(looks: readonly NodeLook[]): Cib | undefined {
  const cibs = looks.flatMap(({ cib }) => cib ?? []);
  return cibs.toSorted((one, other) => other.version.epoch - one.version.epoch)[0];
}

/** An address may be on every node if its resource is a clone, or stands behind a load balancer. */
function addressedIn(cib: Cib | undefined): readonly { readonly id: string; readonly address: string }[] {
  return (cib?.resources ?? []).flatMap(singlePrimitives).flatMap((primitive) => {
    const address = addressOf(primitive);
    return address === undefined || isTrue(primitive.parameters.lvs_support) ? [] : [{ id: primitive.id, address }];
  });
}

function singlePrimitives(resource: CibResource): readonly CibPrimitive[] {
  if (resource.kind === 'primitive') return [resource];
  return resource.kind === 'group' ? resource.members : [];
}

function heldTwiceIn(
  cib: Cib | undefined,
  nodes: readonly { readonly node: string; readonly addresses?: readonly AddressObservation[] }[],
): readonly HeldTwice[] {
  return addressedIn(cib).flatMap(({ id, address }) => {
    const bound = nodes.flatMap(({ node, addresses = [] }) =>
      addresses.filter((each) => each.up && sameAddress(each.address, address)).map(({ device }) => ({ node, device })),
    );
    const holders = [...new Set(bound.map(({ node }) => node))];
    const [device, ...others] = new Set(bound.map((each) => each.device));
    if (holders.length < 2) return [];
    return [{ resource: id, address, nodes: holders, ...(device && others.length === 0 ? { device } : {}) }];
  });
}

function linksDownOn(lab: Lab, name: string, { links = [] }: NodeLook): readonly LinkDown[] {
  const node = lab.nodes.find((each) => each.name === name);
  if (node === undefined) return [];
  const stateOf = (device: string) => links.find((link) => link.device === device)?.state;
  const carrying = clusterLinksOf(lab, node);
  const cutsOff =
    carrying.length > 0 && carrying.every((link) => ['down', 'no-carrier'].includes(stateOf(link.name) ?? ''));
  return node.links.flatMap(({ name: device, network }) => {
    const state = stateOf(device);
    if (state === undefined || state === 'up') return [];
    return [{ node: name, device, state, network, cutsOff: cutsOff && carrying.some((link) => link.name === device) }];
  });
}

/** IPv4 networks that the node has an address of its own in; a single address (/32) is no network. */
function networksOf(addresses: readonly AddressObservation[]): readonly string[] {
  const networks = addresses
    .filter(({ device, prefix }) => device !== 'lo' && prefix < 32)
    .flatMap(({ address, prefix }) => parseInterface(`${address}/${prefix}`)?.network ?? []);
  return [...new Set(networks.map(cidrText))];
}

/** Whether an IPv4 address lies in none of the networks; `undefined` for IPv6, and where no network is known. */
export function isOutside(address: string, networks: readonly string[]): boolean | undefined {
  const number = parseIpv4(address);
  const cidrs = networks.flatMap((text): Cidr[] => {
    const found = parseInterface(text);
    return found === undefined ? [] : [found.network];
  });
  if (number === undefined || cidrs.length === 0) return undefined;
  return !cidrs.some((cidr) => contains(cidr, number));
}
