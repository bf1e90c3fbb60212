import { createHash } from 'node:crypto';
import { ipv4Text } from '../../../model/ipv4.js';
import { CHAP_USER, initiatorOf, sharedDisksOf } from '../../../model/iscsi.js';
import {
  clusterLinksOf,
  type Disk,
  haNodesOf,
  type Lab,
  type LabNode,
  labelOf,
  NODE_ROLES,
  type NodeRole,
  pcsNodesOf,
  remoteNodesOf,
} from '../../../model/lab.js';
import { LANGUAGES } from '../../../model/text.js';
import { chapSecretOf } from '../../secrets.js';
import { type Box, boxOf, type Family, packagesOf } from '../boxes.js';
import { MANAGEMENT_NETWORK, macsOf, macText, networkOf } from '../names.js';
import type { Provider } from '../options.js';
import { rubyComment } from './templates.js';

/** What a lab's Vagrantfile is made from. */
export interface RenderInput {
  /** The name that everything made carries, with `halab-` before it. */
  readonly instance: string;
  readonly lab: Lab;
  readonly provider: Provider;
  /** A box instead of the lab file's, or the one that goes with the image. */
  readonly box?: string;
  /** An archive of packages beside the Vagrantfile, for nodes that reach no package source: `packages.tar`. */
  readonly packages?: string;
}

/** A processor that QEMU plays on any machine; EL 9 is compiled for x86-64-v2, which its default is not. */
const EMULATED_CPU: { readonly [F in Family]: string } = { debian: 'qemu64', el7: 'qemu64', el9: 'Nehalem' };

/** What the templates are filled in with. The comments are code; the rest is put in as literals. */
export function dataOf({ instance, lab, provider, packages }: RenderInput, box: Box) {
  const firstHaNode = lab.nodes.find(({ role }) => role === 'ha')?.name ?? '';
  return {
    titleComment: rubyComment(LANGUAGES.flatMap((language) => lab.title[language] ?? []).join('\n')),
    shellComment: rubyComment(`  vagrant ssh ${firstHaNode.padEnd(15)} a shell; sudo -i for root`),
    title: lab.title,
    label: labelOf(instance),
    image: lab.image,
    clusterName: lab.cluster.name,
    quorumDevice: lab.cluster.quorumDevice,
    firewall: lab.machines.firewall,
    hasOwn: hasOwn(lab),
    isServed: sharedDisksOf(lab).length > 0,
    management: { network: networkOf(instance, MANAGEMENT_NETWORK), cidr: lab.management.cidr },
    provider,
    box: box.name,
    isOwnBox: box.name !== boxOf(lab.image, provider).name,
    isBooted: provider === BOOTED.provider && box.name === BOOTED.box,
    emulatedCpu: EMULATED_CPU[box.family],
    family: box.family,
    packages,
    users: lab.users,
    firstHaNode,
    haNodes: lab.nodes.filter(({ role }) => role === 'ha').map(({ name }) => name),
    setUpNodes: haNodesOf(lab).map((node) => [node.name, ...ipv6Of(lab, node).map((each) => `addr=${each}`)].join(' ')),
    remoteNodes: remoteNodesOf(lab).map(({ name }) => name),
    // Those beside the members that have a user of pcs.
    served: pcsNodesOf(lab).flatMap(({ name, role }) => (role === 'ha' ? [] : [name])),
    pcsNodes: pcsNodesOf(lab).map(({ name }) => name),
    // Debian's package has made the keys, and `setup` refuses a device that has them.
    startQuorumDevice:
      box.family === 'debian'
        ? 'pcs qdevice enable net && pcs qdevice start net'
        : 'pcs qdevice setup model net --enable --start',
    addresses: lab.addresses,
    // As known as the other passwords of the file: it keeps labs that share a network apart from one another.
    chap: { user: CHAP_USER, secret: chapSecretOf(instance) },
    nodes: lab.nodes.map((node) => nodeOf(node, instance, lab, provider)),
    packagesOf: rolesIn(lab).map((role) => ({ role, names: packagesOf(lab, role, box.family, provider) })),
    opened: rolesIn(lab).map((role) => ({ role, what: OPENED[role] })),
  };
}

/** For a cluster over IPv6, the addresses of a member: its name resolves to IPv4. */
function ipv6Of(lab: Lab, node: LabNode): readonly string[] {
  return lab.cluster.ipVersion === 'ipv6' ? clusterLinksOf(lab, node).flatMap(({ ipv6 }) => ipv6?.address ?? []) : [];
}

/** The one box that halab's own tests have run machines from; docs/vagrant.md says on what. */
const BOOTED = { provider: 'libvirt', box: 'halab/debian-12-bare' } as const;

/** What firewalld lets through, besides ssh. */
const OPENED: { readonly [R in NodeRole]: string } = {
  ha: 'high-availability',
  storage: '3260/tcp',
  client: '',
  qdevice: 'high-availability',
  remote: 'high-availability',
};

function rolesIn({ nodes }: Lab): readonly NodeRole[] {
  return NODE_ROLES.filter((role) => nodes.some((node) => node.role === role));
}

/** Whether a Vagrantfile needs own.sh. */
export function hasOwn({ nodes }: Lab): boolean {
  return nodes.some(
    ({ extras }) => extras && [extras.files, extras.scripts, extras.modules].some(({ length }) => length > 0),
  );
}

/** What the lab file adds to a node, with the places of its files beside the Vagrantfile. */
export function ownOf({ name, extras }: LabNode) {
  const place = (what: string, index: number) => `own/${name}/${what}-${index + 1}`;
  return {
    packages: extras?.packages.map((each) => each.name) ?? [],
    modules: extras?.modules.map((each) => each.name) ?? [],
    files:
      extras?.files.map((file, index) => ({ ...file, from: place('file', index), mode: modeText(file.mode) })) ?? [],
    scripts: extras?.scripts.map((script, index) => ({ ...script, from: place('run', index) })) ?? [],
  };
}

function modeText(mode: number): string {
  return mode.toString(8).padStart(4, '0');
}

function nodeOf(node: LabNode, instance: string, lab: Lab, provider: Provider) {
  const macs = macsOf(instance, lab, provider);
  return {
    ...node,
    own: ownOf(node),
    box: node.image === undefined ? undefined : boxOf(node.image, provider).name,
    initiator: initiatorOf(lab, node.name),
    links: node.links.map((link) => ({
      ...link,
      netmask: netmaskOf(link.prefix),
      cidr: lab.networks.find(({ name }) => name === link.network)?.cidr ?? '',
      mac: macWritten(macs.get(`${node.name}/${link.name}`) ?? '', provider),
    })),
    disks: node.disks.map((disk) => {
      const shared = sharedDisksOf(lab).find((each) => each.server.name === node.name && each.disk.name === disk.name);
      return { ...disk, serial: serialOf(disk), target: shared?.target };
    }),
  };
}

/** VBoxManage takes bare digits, libvirt wants colons. */
function macWritten(mac: string, provider: Provider): string {
  return provider === 'virtualbox' ? mac : macText(mac);
}

/** `24` → `255.255.255.0`. */
export function netmaskOf(prefix: number): string {
  return ipv4Text(2 ** 32 - 2 ** (32 - prefix));
}

/** A virtio disk reports 20 bytes of its serial (virtio 1.2, 5.2.6: VIRTIO_BLK_T_GET_ID). */
const MOST_SERIAL = 20;

/** The disk's name where it fits; otherwise its beginning and a digest of all of it. */
function serialOf({ name }: Disk): string {
  if (name.length <= MOST_SERIAL) return name;
  return `${name.slice(0, MOST_SERIAL - 7)}-${createHash('sha256').update(name).digest('hex').slice(0, 6)}`;
}
