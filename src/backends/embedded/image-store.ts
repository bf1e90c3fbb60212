import { createHash } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LabError } from '../../model/errors.js';
import type { ProcessRunner } from '../../ports/process.js';
import { aptSourcesFor, checkSpace, partialOf, removeAbandoned, runBuildStep } from '../image/building.js';
import {
  CLUSTER_PACKAGES,
  customizeScript,
  IMAGE_IDS,
  type Release,
  releaseOf,
  SYSTEM_PACKAGES,
} from '../image/recipe.js';
import { script } from './host.js';
import { ID_BASE } from './names.js';

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

const BUILD_MS = 20 * 60_000;
const SHIFT_MS = 5 * 60_000;
const NEEDED_MIB = 1_500;

interface NodeImage {
  readonly id: string;
  readonly hash: string;
  /** The tree, owned by the ids of {@link ID_BASE}. */
  readonly root: string;
}

interface ImageStoreOptions {
  readonly cache: string;
  readonly mirror: string | undefined;
  readonly processes: ProcessRunner;
}

interface EnsureImageOptions {
  readonly onProgress: (text: string) => void;
  readonly signal?: AbortSignal;
  /** Makes the user namespace whose ids the tree gets, resolves to its handle. */
  readonly userNamespace: () => Promise<string>;
}

/** The image as it is or would be in the cache. Throws `config-invalid` for an unknown id. */
export function locateImage(
  cache: string,
  id: string,
): NodeImage & { readonly built: boolean; readonly recipe: ImageRecipe } {
  const recipe = recipeOf(id);
  if (!recipe) {
    throw new LabError('config-invalid', `the embedded backend has no image ${id}`, {
      hint: `it has ${IMAGE_IDS.join(', ')}; --backend vagrant has a box for every image`,
    });
  }
  const hash = hashOf(recipe);
  const folder = join(cache, 'images', `${id}-${hash}`);
  return { id, hash, root: join(folder, 'root'), built: existsSync(join(folder, 'image.json')), recipe };
}

/** Finds the image in the cache, or builds it there. A build that was cut off leaves nothing that looks finished. */
export async function ensureImage(
  id: string,
  store: ImageStoreOptions,
  options: EnsureImageOptions,
): Promise<NodeImage> {
  const image = locateImage(store.cache, id);
  if (image.built) return image;
  const images = join(store.cache, 'images');
  mkdirSync(images, { recursive: true });
  removeAbandoned(images);
  checkSpace(images, NEEDED_MIB);
  const partial = partialOf(join(images, `${id}-${image.hash}`));
  try {
    await buildTree(image.recipe, partial, store, options);
    writeFileSync(
      join(partial, 'image.json'),
      `${JSON.stringify({ id, hash: image.hash, recipe: image.recipe }, undefined, 2)}\n`,
    );
    if (!locateImage(store.cache, id).built) renameSync(partial, join(images, `${id}-${image.hash}`));
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
  return image;
}

async function buildTree(
  recipe: ImageRecipe,
  partial: string,
  store: ImageStoreOptions,
  options: EnsureImageOptions,
): Promise<void> {
  const plain = join(partial, 'plain');
  const root = join(partial, 'root');
  mkdirSync(partial, { recursive: true, mode: 0o755 });
  const hook = join(partial, 'customize.sh');
  writeFileSync(hook, recipe.customize, { mode: 0o755 });
  const sources = await aptSourcesFor(recipe, store.mirror, store.processes);
  const words = [
    '--mode=root',
    '--variant=minbase',
    `--include=${recipe.packages.join(',')}`,
    `--customize-hook=${hook}`,
    recipe.suite,
    plain,
    ...sources,
  ];
  options.onProgress(`building the image ${recipe.id} once (about a minute; kept in ${store.cache})`);
  const step = stepFor(store, recipe.id, options);
  await step(['mmdebstrap', ...words], BUILD_MS);
  options.onProgress('handing the tree over to the ids of the user namespace');
  mkdirSync(root);
  chownSync(root, ID_BASE, ID_BASE);
  const user = await options.userNamespace();
  await step(script('shift-tree.sh', user, plain, root), SHIFT_MS);
  rmSync(plain, { recursive: true, force: true });
  if (!existsSync(join(root, 'usr/sbin/corosync'))) {
    throw new LabError('image-build-failed', `the image ${recipe.id} was built without corosync`);
  }
}

function stepFor({ processes }: ImageStoreOptions, image: string, { onProgress, signal }: EnsureImageOptions) {
  return (argv: readonly string[], timeoutMs: number) =>
    runBuildStep(processes, { image, argv, timeoutMs, onProgress, signal });
}
