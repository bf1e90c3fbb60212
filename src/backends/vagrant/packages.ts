import { LabError } from '../../model/errors.js';
import type { Lab, NodeRole } from '../../model/lab.js';
import type { Family } from './boxes.js';
import type { Provider } from './options.js';

interface PackageLists {
  /** What every node has: the programs that exercises are written in. */
  readonly all: readonly string[];
  readonly ha: readonly string[];
  readonly storage: readonly string[];
  /** The agent that asks the hypervisor host to cut a node's power. Undefined where the system has no such package. */
  readonly fencing: { readonly [P in Provider]: readonly string[] | undefined };
}

const DEBIAN: PackageLists = {
  all: ['net-tools', 'nftables', 'curl'],
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
  fencing: { virtualbox: ['fence-agents'], libvirt: ['fence-agents'] },
};

const ENTERPRISE: PackageLists = {
  all: ['net-tools', 'nftables', 'curl'],
  ha: ['corosync', 'pacemaker', 'pcs', 'resource-agents', 'iscsi-initiator-utils', 'e2fsprogs'],
  storage: ['targetcli'],
  fencing: { virtualbox: undefined, libvirt: ['fence-agents-virsh'] },
};

/** Only here: CentOS 7 itself has no nginx. */
const ENTERPRISE_9: PackageLists = { ...ENTERPRISE, ha: [...ENTERPRISE.ha, 'nginx'] };

const PACKAGES: { readonly [F in Family]: PackageLists } = {
  debian: DEBIAN,
  el9: ENTERPRISE_9,
  el7: ENTERPRISE,
};

/** What provisioning installs on a node. Throws LabError `config-invalid` where fencing is asked for that the system has no agent for. */
export function packagesOf(lab: Lab, role: NodeRole, family: Family, provider: Provider): readonly string[] {
  const lists = PACKAGES[family];
  if (role === 'storage') return [...lists.all, ...lists.storage];
  return [...lists.all, ...lists.ha, ...(lab.machines.fencing === 'host' ? fencingOf(lab, lists, provider) : [])];
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
