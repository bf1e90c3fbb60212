import { createHash } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LabError } from '../../model/errors.js';
import { type Build, bootstrap, inBuildFolder, runBuildStep } from '../image/building.js';
import {
  CLUSTER_PACKAGES,
  customizeScript,
  IMAGE_IDS,
  type Recipe,
  releaseOf,
  SYSTEM_PACKAGES,
} from '../image/recipe.js';
import { type EmbeddedDeps, script } from './host.js';
import { ID_BASE } from './names.js';

/**
 * A rack's power controllers and a kernel's initiator, as programs: fence_ipmilan asks ipmi_sim (openipmi) through
 * ipmitool, and qemu-storage-daemon logs in to iSCSI and shows the LUN as a file.
 */
const EMBEDDED_PACKAGES = ['fence-agents', 'ipmitool', 'openipmi', 'qemu-system-common', 'qemu-block-extra'] as const;

export function recipeOf(id: string): Recipe | undefined {
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

/** Twelve hexadecimal digits over everything that goes in; they name the image in the cache. */
export function hashOf(recipe: Recipe): string {
  return createHash('sha256').update(JSON.stringify(recipe)).digest('hex').slice(0, 12);
}

const SHIFT_MS = 5 * 60_000;
const NEEDED_MIB = 1_500;

interface NodeImage {
  readonly id: string;
  readonly hash: string;
  readonly folder: string;
  /** The tree, owned by the ids of {@link ID_BASE}. */
  readonly root: string;
  readonly built: boolean;
  readonly recipe: Recipe;
}

interface EnsureImageOptions extends Pick<Build, 'onProgress' | 'signal'> {
  /** Makes the user namespace whose ids the tree gets, resolves to its handle. */
  readonly userNamespace: () => Promise<string>;
}

/** The image as it is or would be in the cache. Throws `config-invalid` for an unknown id. */
export function locateImage(cache: string, id: string): NodeImage {
  const recipe = recipeOf(id);
  if (!recipe) {
    throw new LabError('config-invalid', `the embedded backend has no image ${id}`, {
      hint: `it has ${IMAGE_IDS.join(', ')}; --backend vagrant has a box for every image`,
    });
  }
  const hash = hashOf(recipe);
  const folder = join(cache, 'images', `${id}-${hash}`);
  return { id, hash, folder, root: join(folder, 'root'), built: existsSync(join(folder, 'image.json')), recipe };
}

/** Finds the image in the cache, or builds it there. A build that was cut off leaves nothing that looks finished. */
export async function ensureImage(
  { dirs, mirror, processes }: EmbeddedDeps,
  id: string,
  { userNamespace, ...options }: EnsureImageOptions,
): Promise<void> {
  const { built, folder, hash, recipe } = locateImage(dirs.cache, id);
  if (built) return;
  const build = { image: id, mirror, processes, ...options };
  await inBuildFolder(folder, NEEDED_MIB, async (partial) => {
    options.onProgress(`building the image ${id} once (about a minute; kept in ${dirs.cache})`);
    await buildTree(build, recipe, partial, userNamespace);
    writeFileSync(join(partial, 'image.json'), `${JSON.stringify({ id, hash, recipe }, undefined, 2)}\n`);
    if (!locateImage(dirs.cache, id).built) renameSync(partial, folder);
  });
}

async function buildTree(
  build: Build,
  recipe: Recipe,
  folder: string,
  userNamespace: () => Promise<string>,
): Promise<void> {
  const [plain, root] = [join(folder, 'plain'), join(folder, 'root')];
  await bootstrap(build, recipe, plain);
  build.onProgress('handing the tree over to the ids of the user namespace');
  mkdirSync(root);
  chownSync(root, ID_BASE, ID_BASE);
  await runBuildStep(build, script('shift-tree.sh', await userNamespace(), plain, root), SHIFT_MS);
  rmSync(plain, { recursive: true, force: true });
  if (!existsSync(join(root, 'usr/sbin/corosync'))) {
    throw new LabError('image-build-failed', `the image ${recipe.id} was built without corosync`);
  }
}
