import { CLUSTER_PACKAGES, customizeScript, type Release, releaseOf, SYSTEM_PACKAGES } from '../../image/recipe.js';

/** What the disk of a virtual machine is made of. */
export interface BoxRecipe extends Release {
  readonly id: string;
  readonly packages: readonly string[];
  /** Runs before the packages come in: the kernel's makes its initrd at once. Each script gets the tree as its argument. */
  readonly prepare: string;
  readonly customize: string;
}

/**
 * A machine has a kernel of its own, finds its devices itself, and takes folders by rsync. Certificates are in every
 * public box, and take a minute to be set up on an emulated processor.
 */
const MACHINE_PACKAGES = [
  'linux-image-cloud-amd64',
  'initramfs-tools',
  'udev',
  'kmod',
  'rsync',
  'ca-certificates',
] as const;

/** A kernel of its own can log in to iSCSI, and a hypervisor can be asked to cut a node's power. */
const MACHINE_CLUSTER_PACKAGES = [...CLUSTER_PACKAGES, 'open-iscsi', 'fence-agents'] as const;

/** Without the cluster packages they are left in the tree as an archive instead. Undefined for an unknown id. */
export function boxRecipeOf(id: string, cluster: boolean): BoxRecipe | undefined {
  const release = releaseOf(id);
  if (!release) return undefined;
  return {
    id,
    ...release,
    packages: [...SYSTEM_PACKAGES, ...MACHINE_PACKAGES, ...(cluster ? MACHINE_CLUSTER_PACKAGES : [])],
    prepare: customizeScript('kernel.sh'),
    customize: cluster ? customizeScript('system.sh', 'machine.sh') : collectingScript(),
  };
}

/** The packages to collect become the script's own arguments. */
function collectingScript(): string {
  const [head = '', ...rest] = customizeScript('collect-packages.sh', 'system.sh', 'machine.sh').split('root=$1\n');
  return `${head}root=$1\nset -- ${MACHINE_CLUSTER_PACKAGES.join(' ')}\n${rest.join('')}`;
}
