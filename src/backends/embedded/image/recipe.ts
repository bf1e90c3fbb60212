import { createHash } from 'node:crypto';
import { type Release, releaseOf } from '../../image/releases.js';
import { CLUSTER_PACKAGES, customizeScript, SYSTEM_PACKAGES } from '../../image/system.js';

/** What a node image is made of; its hash names the image in the cache. */
export interface ImageRecipe extends Release {
  readonly id: string;
  readonly packages: readonly string[];
  /** Runs on the host with the tree as its first argument, after the packages are in. */
  readonly customize: string;
}

/**
 * A rack's power controllers and a kernel's initiator, as programs: fence_ipmilan asks ipmi_sim (openipmi) through
 * ipmitool, and qemu-storage-daemon logs in to iSCSI and shows the LUN as a file.
 */
const EMBEDDED_PACKAGES = ['fence-agents', 'ipmitool', 'openipmi', 'qemu-system-common', 'qemu-block-extra'] as const;

export function recipeOf(id: string): ImageRecipe | undefined {
  const release = releaseOf(id);
  return (
    release && {
      id,
      ...release,
      packages: [...SYSTEM_PACKAGES, ...CLUSTER_PACKAGES, ...EMBEDDED_PACKAGES],
      customize: customizeScript('system.sh', 'embedded.sh'),
    }
  );
}

/** Twelve hexadecimal digits over everything that goes in. */
export function hashOf(recipe: ImageRecipe): string {
  return createHash('sha256').update(JSON.stringify(recipe)).digest('hex').slice(0, 12);
}
