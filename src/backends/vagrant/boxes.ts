import { LabError } from '../../model/errors.js';
import type { Lab, NodeRole } from '../../model/lab.js';
import type { Provider } from './options.js';

/** Systems that are provisioned alike. */
export type Family = 'debian' | 'el9' | 'el7';

export interface Box {
  /** As Vagrant's catalogue has it, or as `vagrant box list` prints it. */
  readonly name: string;
  readonly family: Family;
}

interface BoxEntry {
  readonly family: Family;
  readonly boxes: { readonly [P in Provider]: string };
}

/** The same box for both: its publisher offers it for either provider. */
function same(family: Family, box: string): BoxEntry {
  return { family, boxes: { virtualbox: box, libvirt: box } };
}

/**
 * By image, the box of the system's own publisher where there is one: Debian's cloud team
 * (https://wiki.debian.org/Teams/Cloud/VagrantBaseBoxes), the AlmaLinux cloud images
 * (https://github.com/AlmaLinux/cloud-images), the Rocky Linux images
 * (https://download.rockylinux.org/pub/rocky/9/images/x86_64/, `Rocky-9-Vagrant-Vbox` and `-Libvirt`), and the CentOS
 * project, whose last centos/7 is 2004.01. Debian offers debian/trixie64 for libvirt only; bento's is the one for VirtualBox.
 * docs/vagrant.md says which of them have been booted.
 */
const BOXES: Readonly<Record<string, BoxEntry>> = {
  'debian-11': same('debian', 'debian/bullseye64'),
  'debian-12': same('debian', 'debian/bookworm64'),
  'debian-13': { family: 'debian', boxes: { virtualbox: 'bento/debian-13', libvirt: 'debian/trixie64' } },
  'almalinux-9': same('el9', 'almalinux/9'),
  'rocky-9': same('el9', 'rockylinux/9'),
  'centos-7': same('el7', 'centos/7'),
};

/** The box that an image is on a provider; `instead` is the lab file's own. Throws LabError `config-invalid` for an image unknown here. */
export function boxOf(image: string, provider: Provider, instead?: string): Box {
  const entry = Object.hasOwn(BOXES, image) ? BOXES[image] : undefined;
  if (!entry) {
    throw new LabError('config-invalid', `there is no Vagrant box for the image ${JSON.stringify(image)}`, {
      hint: `images with a box: ${Object.keys(BOXES).join(', ')}`,
      data: { image, known: Object.keys(BOXES) },
    });
  }
  return { name: instead ?? entry.boxes[provider], family: entry.family };
}

interface PackageLists {
  readonly ha: readonly string[];
  readonly storage: readonly string[];
  readonly client: readonly string[];
  readonly qdevice: readonly string[];
  readonly remote: readonly string[];
  /** The agent that asks the hypervisor host to cut a node's power. Undefined where the system has no such package. */
  readonly fencing: { readonly [P in Provider]: readonly string[] | undefined };
}

/** What every node has: the programs that exercises are written in. */
const EVERYWHERE = ['net-tools', 'nftables', 'curl'];

const ENTERPRISE: PackageLists = {
  ha: ['corosync', 'pacemaker', 'pcs', 'resource-agents', 'iscsi-initiator-utils', 'e2fsprogs'],
  storage: ['targetcli'],
  client: [],
  qdevice: ['corosync-qnetd', 'pcs'],
  remote: ['pacemaker-remote', 'pcs', 'resource-agents', 'e2fsprogs'],
  fencing: { virtualbox: undefined, libvirt: ['fence-agents-virsh'] },
};

const PACKAGES: { readonly [F in Family]: PackageLists } = {
  debian: {
    ha: [
      'corosync',
      'pacemaker',
      'pacemaker-cli-utils',
      'pcs',
      'resource-agents',
      'open-iscsi',
      'e2fsprogs',
      'nginx-light',
      'stress-ng',
    ],
    storage: ['tgt'],
    client: [],
    // Debian's pcs leaves the user hacluster to pacemaker.
    qdevice: ['corosync-qnetd', 'pcs', 'pacemaker-common'],
    remote: [
      'pacemaker-remote',
      'pacemaker-cli-utils',
      'pcs',
      'resource-agents',
      'e2fsprogs',
      'nginx-light',
      'stress-ng',
    ],
    fencing: { virtualbox: ['fence-agents'], libvirt: ['fence-agents'] },
  },
  // CentOS 7 itself has no nginx.
  el9: { ...ENTERPRISE, ha: [...ENTERPRISE.ha, 'nginx'] },
  el7: ENTERPRISE,
};

/** What provisioning installs on a node. Throws LabError `config-invalid` where fencing is asked for that the system has no agent for. */
export function packagesOf(lab: Lab, role: NodeRole, family: Family, provider: Provider): readonly string[] {
  const lists = PACKAGES[family];
  if (role !== 'ha') return [...EVERYWHERE, ...lists[role]];
  const device = lab.cluster.quorumDevice === undefined ? [] : ['corosync-qdevice'];
  return [
    ...EVERYWHERE,
    ...lists.ha,
    ...device,
    ...(lab.machines.fencing === 'host' ? fencingOf(lab, lists, provider) : []),
  ];
}

function fencingOf(lab: Lab, lists: PackageLists, provider: Provider): readonly string[] {
  const packages = lists.fencing[provider];
  if (packages) return packages;
  throw new LabError(
    'config-invalid',
    `${lab.image} has no package with fence_vbox, so machines.fencing: host cannot be`,
    {
      hint: 'take libvirt or an image of Debian, or leave machines.fencing out',
      data: { image: lab.image, provider },
    },
  );
}
