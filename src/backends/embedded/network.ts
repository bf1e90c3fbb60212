import { existsSync } from 'node:fs';
import { gatewayOf, type Lab, type LabInstance, type LabNode, type Link } from '../../model/lab.js';
import { type EmbeddedDeps, execOrThrow, ipBatch, script } from './host.js';
import { ID_BASE, ID_COUNT, labDirs, machineOf, namespacePath, switchOf } from './names.js';

/** The management network's bridge, and eth0 of every node. */
export const MANAGEMENT_LINK = 'eth0';
const MANAGEMENT_NETWORK = 'management';

/** Bridge names by network; the management network is `br0`. Names of interfaces hold 15 characters at most. */
export function bridgesOf(lab: Lab): readonly { readonly network: string; readonly bridge: string }[] {
  return [
    { network: MANAGEMENT_NETWORK, bridge: 'br0' },
    ...lab.networks.map(({ name }, index) => ({ network: name, bridge: `br${index + 1}` })),
  ];
}

export function portOf(lab: Lab, node: LabNode, link: string): string {
  return `n${lab.nodes.findIndex(({ name }) => name === node.name) + 1}-${link}`;
}

/** A cable for each interface of the node: `link` in its own namespace, `port` in that of the switch. */
export function cablesOf(lab: Lab, node: LabNode) {
  const bridges = bridgesOf(lab);
  const links: readonly Pick<Link, 'name' | 'network' | 'address' | 'prefix' | 'ipv6'>[] = [
    { name: MANAGEMENT_LINK, network: MANAGEMENT_NETWORK, address: node.management, prefix: lab.management.prefix },
    ...node.links,
  ];
  return links.map(({ name, network, address, prefix, ipv6 }) => {
    const bridge = bridges.find((known) => known.network === network)?.bridge ?? 'br0';
    return { link: name, port: portOf(lab, node, name), bridge, address, prefix, ...(ipv6 && { ipv6 }) };
  });
}

/**
 * A hardware address that is the node's for good, as a machine's is: were it another after each power cut, the others
 * would go on sending to the old one until their ARP entries expire, for up to 45 s.
 */
export function macOf(address: string): string {
  return ['02', '00', ...address.split('.').map((byte) => Number(byte).toString(16).padStart(2, '0'))].join(':');
}

/** `ip -batch` lines for a fresh switch namespace. */
export function switchBatch(lab: Lab): readonly string[] {
  const bridges = bridgesOf(lab).flatMap(({ bridge, network }) => [
    `link add ${bridge} type bridge`,
    `link set ${bridge} alias ${network}`,
    `link set ${bridge} up`,
  ]);
  return [...bridges, `addr add ${gatewayOf(lab)}/${lab.management.prefix} dev br0`];
}

/** `ip -batch` lines, run in the switch namespace, that plug a node's cables in. */
export function plugBatch(lab: Lab, node: LabNode, namespace: string): readonly string[] {
  return cablesOf(lab, node).flatMap(({ port, link, bridge, address }) => [
    `link add ${port} type veth peer name ${link} address ${macOf(address)} netns ${namespace}`,
    `link set ${port} master ${bridge} up`,
  ]);
}

/**
 * `ip -batch` lines, run in the node's namespace, that bring its interfaces up. The gateway is the nodes' default route, as a
 * VM's first interface has one, and leads nowhere: the switch forwards nothing. Without any default route
 * `ocf:heartbeat:IPaddr2` finds no interface for an address whose own link is down, reports a stop that did nothing, and
 * leaves the address bound.
 */
export function addressBatch(lab: Lab, node: LabNode): readonly string[] {
  const cables = cablesOf(lab, node);
  const lines = cables.flatMap(({ link, address, prefix, ipv6 }) => [
    `addr add ${address}/${prefix} brd + dev ${link}`,
    // Nobody else has it, so that it need not be tried out for a second at each boot (ip-address(8), nodad).
    ...(ipv6 ? [`addr add ${ipv6.address}/${ipv6.prefix} dev ${link} nodad`] : []),
    `link set ${link} up`,
  ]);
  const isDual = cables.some(({ ipv6 }) => ipv6);
  return [
    'link set lo up',
    ...lines,
    `route add default via ${gatewayOf(lab)} dev ${MANAGEMENT_LINK}`,
    ...(isDual ? [`route add ::/0 dev ${MANAGEMENT_LINK}`] : []),
  ];
}

const PULL_MS = 20_000;

/** The lab's user namespace; root in a node is `ID_BASE` outside, an unprivileged user. Idempotent. */
export async function ensureUserNamespace(deps: EmbeddedDeps, instance: string): Promise<string> {
  const handle = labDirs(deps.dirs, instance).userNamespace;
  const argv = script('make-user-namespace.sh', handle, String(ID_BASE), String(ID_COUNT));
  await execOrThrow(deps, argv, { what: 'making the user namespace of the lab' });
  return handle;
}

/** The namespace that holds one bridge a network. Idempotent. */
export async function ensureSwitch(deps: EmbeddedDeps, instance: LabInstance): Promise<void> {
  const name = switchOf(instance.name);
  if (existsSync(namespacePath(name))) return;
  await execOrThrow(deps, ['ip', 'netns', 'add', name], { what: 'making the switch namespace' });
  await ipBatch(deps, name, switchBatch(instance.lab), 'making the bridges');
}

/** A fresh network namespace for a node, owned by the lab's user namespace, with its cables in the switch. */
export async function plugIn(deps: EmbeddedDeps, instance: LabInstance, node: LabNode): Promise<void> {
  const name = machineOf(instance.name, node.name);
  const user = labDirs(deps.dirs, instance.name).userNamespace;
  const what = `plugging ${node.name} in`;
  await execOrThrow(deps, script('make-network-namespace.sh', user, name), { what });
  await pullOldCables(deps, instance, node);
  await ipBatch(deps, switchOf(instance.name), plugBatch(instance.lab, node, name), what);
  await ipBatch(deps, name, addressBatch(instance.lab, node), what);
}

/**
 * A namespace without a name lives on until its last process has died and the kernel has come to it, and with it the
 * cables of a node that crashed a moment ago. Those that are not there are no matter.
 */
async function pullOldCables(deps: EmbeddedDeps, instance: LabInstance, node: LabNode): Promise<void> {
  const lines = cablesOf(instance.lab, node).map(({ port }) => `link delete ${port}`);
  const argv = ['ip', '-n', switchOf(instance.name), '-force', '-batch', '-'];
  await deps.processes.run(argv, { stdin: lines.join('\n'), timeoutMs: PULL_MS });
}

/**
 * Takes the node's namespace away with everything in it. A kernel answers for the addresses of a namespace
 * whether a process lives there or not, so a node without power must not have one.
 */
export function unplug(deps: EmbeddedDeps, instance: string, node: string): Promise<void> {
  return removeNamespace(deps, machineOf(instance, node));
}

/** Idempotent. */
export async function removeNamespace(deps: EmbeddedDeps, name: string): Promise<void> {
  if (existsSync(namespacePath(name)))
    await execOrThrow(deps, ['ip', 'netns', 'delete', name], { what: `removing the namespace ${name}` });
}
