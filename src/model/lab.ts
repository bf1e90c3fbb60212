import { LabError } from './errors.js';
import type { Stack } from './stack.js';
import type { Text } from './text.js';

/**
 * `client`: outside the cluster, and without its packages; where probes ask from. `qdevice`: gives the cluster's quorum
 * device its vote (corosync-qnetd(8)), and is no member. `remote`: runs resources and is no member either; pacemaker_remote on it does
 * what the members order (pacemaker-remoted(8)).
 */
export const NODE_ROLES = ['ha', 'storage', 'client', 'qdevice', 'remote'] as const;
export type NodeRole = (typeof NODE_ROLES)[number];

/** How the quorum device chooses the partition that it gives its vote to (corosync-qdevice(8)). */
export const DEVICE_ALGORITHMS = ['ffsplit', 'lms'] as const;

/** A further vote, given over the network by a node outside the cluster. */
export interface QuorumDevice {
  /** The node with role `qdevice`. */
  readonly node: string;
  readonly algorithm: (typeof DEVICE_ALGORITHMS)[number];
}

/** A network of the lab; the management network is not among them (every node has it as eth0). */
interface Network {
  readonly name: string;
  /** IPv4 in CIDR form, e.g. `192.168.56.0/24`. */
  readonly cidr: string;
  /** Beside it, IPv6 in CIDR form, e.g. `fd00:56::/64`. */
  readonly cidr6?: string;
  /** The traffic on it; a network may carry both kinds. */
  readonly carries: readonly ('cluster' | 'service' | 'storage')[];
}

/** One interface of a node on one lab network. */
export interface Link {
  /** The interface's name in scenarios: `eth1`, `eth2` … */
  readonly name: string;
  readonly network: string;
  /** IPv4 without prefix, e.g. `192.168.56.31`. */
  readonly address: string;
  /** Prefix length of the network. */
  readonly prefix: number;
  /** On a network with IPv6: the address there, and its prefix length. */
  readonly ipv6?: { readonly address: string; readonly prefix: number };
}

/** A disk that a storage node serves to the others over iSCSI, one logical unit each, or that an HA node has for itself. */
export interface Disk {
  readonly name: string;
  readonly sizeMiB: number;
}

/** `at`: where the lab file says it, for messages: `labs/mine.yaml:12:30`. */
interface OwnName {
  readonly name: string;
  readonly at: string;
}

export interface OwnFile {
  /** On the node. */
  readonly path: string;
  readonly content: string;
  readonly mode: number;
}

/** It has the name of its file, and begins with its interpreter. */
export interface OwnScript extends OwnName {
  readonly content: string;
}

/** What a node has beyond its image: that of all nodes first, then that of its role, then its own. */
export interface Extras {
  readonly packages: readonly OwnName[];
  /** Of its kernel. */
  readonly modules: readonly OwnName[];
  readonly files: readonly OwnFile[];
  /** Run once on a new node, by root, in this order. */
  readonly scripts: readonly OwnScript[];
}

export interface LabNode {
  readonly name: string;
  readonly role: NodeRole;
  readonly cpus: number;
  readonly memoryMiB: number;
  /** Of storage and HA nodes; a storage node's in the order of their logical units. */
  readonly disks: readonly Disk[];
  /** Address on the management network (eth0), IPv4 without prefix. */
  readonly management: string;
  readonly links: readonly Link[];
  /** What this node runs, if not what the others run. */
  readonly image?: string;
  readonly extras?: Extras;
}

/** An address that the cluster moves between nodes, e.g. the VIP. */
export interface FloatingAddress {
  readonly name: string;
  readonly address: string;
  readonly prefix: number;
  readonly network: string;
}

/** Settings for labs in virtual machines only. */
interface MachineOptions {
  /** A Vagrant box instead of the default one of the image. */
  readonly box?: string;
  /** `on`: firewalld runs, with its high-availability service open. `off`: firewalld is switched off. */
  readonly firewall: 'on' | 'off';
  /** `host`: the hypervisor host cuts the power of its guests, with fence_vbox or fence_virsh. */
  readonly fencing: 'none' | 'host';
}

/** What nodes can run; the embedded backend builds those of Debian, the vagrant backend has a box for each. */
export const IMAGES = ['debian-11', 'debian-12', 'debian-13', 'almalinux-9', 'rocky-9', 'centos-7'] as const;

/** A lab's name, of which the names of its machines, namespaces and folders are made. */
export const LAB_NAME = /^[a-z][a-z0-9-]{0,20}$/;

/** A node's name (RFC 1123); it is not a number alone, and not `all`. */
export const NODE_NAME = /^[a-z0-9]([a-z0-9-]{0,28}[a-z0-9])?$/;

/** A lab file, validated and with every default filled in. */
export interface Lab {
  readonly name: string;
  readonly title: Text;
  /** The nodes' operating system, e.g. `debian-12`; each backend supports its own set. */
  readonly image: string;
  readonly cluster: {
    readonly name: string;
    /** Only if the lab file contains one; otherwise generated for each lab instance. */
    readonly haclusterPassword?: string;
    readonly quorumDevice?: QuorumDevice;
    /** corosync's links go over IPv6. */
    readonly ipVersion?: 'ipv6';
    /** Only where the HA hosts come without corosync, pacemaker and pcs, and with their packages for apt-get. */
    readonly software?: 'packages';
  };
  readonly management: { readonly cidr: string; readonly prefix: number };
  /** Only where each node has two, of which one is enough for it to run. */
  readonly powerSupplies?: 2;
  readonly networks: readonly Network[];
  readonly nodes: readonly LabNode[];
  readonly addresses: readonly FloatingAddress[];
  readonly users: readonly { readonly name: string; readonly password: string }[];
  readonly machines: MachineOptions;
  /** Packages under test, which no lab file has. */
  readonly stack?: Stack;
}

/** Keyed by the names of a backend's flags; only the backend interprets them. */
export type BackendOptions = Readonly<Record<string, string>>;

/**
 * A lab that is up or will be: the lab's data under the name given with `--name`.
 * Everything that halab creates for it on the machine has `halab-<name>` in its name.
 */
export interface LabInstance {
  readonly name: string;
  readonly backend: string;
  /** The values of the backend's own flags. */
  readonly options?: BackendOptions;
  readonly lab: Lab;
  /** The person who works in it, as the roster names them. */
  readonly who?: string;
  /** When it was first recorded, ISO 8601. */
  readonly since?: string;
}

/** Everything made for a lab carries this; names of labs contain no dot, so no label is the beginning of another's names. */
export function labelOf(instance: string): string {
  return `halab-${instance}`;
}

/** What a node runs. */
export function imageOf(lab: Lab, node: LabNode): string {
  return node.image ?? lab.image;
}

export function haNodesOf(lab: Lab): readonly LabNode[] {
  return lab.nodes.filter((node) => node.role === 'ha');
}

/** The nodes that pcs works on: it has the members, and what serves their cluster, trust one another. */
export function pcsNodesOf(lab: Lab): readonly LabNode[] {
  return lab.nodes.filter(({ role }) => role === 'ha' || role === 'qdevice' || role === 'remote');
}

/** The nodes that resources can run on: the members and the remote nodes. */
export function resourceNodesOf(lab: Lab): readonly LabNode[] {
  return lab.nodes.filter(({ role }) => role === 'ha' || role === 'remote');
}

export function remoteNodesOf(lab: Lab): readonly LabNode[] {
  return lab.nodes.filter(({ role }) => role === 'remote');
}

/** The node that stands for a client of the service: one made for that, or else the one that serves the disks. */
export function clientOf({ nodes }: Lab): LabNode | undefined {
  return nodes.find(({ role }) => role === 'client') ?? nodes.find(({ role }) => role === 'storage');
}

/** The first address of the management network, at which the hypervisor host or the switch answers. */
export function gatewayOf({ management }: Lab): string {
  return (management.cidr.split('/')[0] ?? '').replace(/\d+$/, (last) => String(Number(last) + 1));
}

/** The node's first link that carries cluster traffic. */
export function clusterLinkOf(lab: Lab, node: LabNode): Link | undefined {
  const links = clusterLinksOf(lab, node);
  return node.links.find((link) => links.includes(link));
}

/** The node's links that carry cluster traffic, in the order of the networks. */
export function clusterLinksOf(lab: Lab, node: LabNode): readonly Link[] {
  const networks = lab.networks.filter((network) => network.carries.includes('cluster'));
  return networks.flatMap(({ name }) => node.links.filter((link) => link.network === name));
}

/** The node's link with this name; undefined if it has none. */
export function linkOf(node: LabNode, link: string): Link | undefined {
  return node.links.find(({ name }) => name === link);
}

/** Throws LabError `node-not-found`, naming the nodes there are. */
export function nodeOf(instance: LabInstance, name: string): LabNode {
  const node = instance.lab.nodes.find((each) => each.name === name);
  if (node) return node;
  throw new LabError('node-not-found', `the lab ${instance.name} has no node ${name}`, {
    hint: `its nodes: ${instance.lab.nodes.map((each) => each.name).join(', ')}`,
  });
}
