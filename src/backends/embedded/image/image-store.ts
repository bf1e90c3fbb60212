import { chownSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LabError } from '../../../model/errors.js';
import type { ProcessRunner } from '../../../ports/process.js';
import { aptSourcesFor } from '../../image/apt-source.js';
import { ID_BASE } from '../names.js';
import { SHIFT_TREE } from '../scripts.js';
import { hashOf, IMAGE_IDS, type ImageRecipe, recipeOf } from './recipe.js';

const BUILD_MS = 20 * 60_000;
const SHIFT_MS = 5 * 60_000;
const NEEDED_MIB = 1_500;

export interface NodeImage {
  readonly id: string;
  readonly hash: string;
  /** The tree, owned by the ids of {@link ID_BASE}. */
  readonly root: string;
}

export interface ImageStoreOptions {
  readonly cache: string;
  readonly mirror: string | undefined;
  readonly processes: ProcessRunner;
}

export interface EnsureImageOptions {
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
  checkSpace(images);
  const partial = join(images, `${id}-${image.hash}.building-${process.pid}`);
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

/** Leftovers of builders that are no longer alive. */
function removeAbandoned(images: string): void {
  for (const name of readdirSync(images)) {
    const pid = /\.building-(\d+)$/.exec(name)?.[1];
    if (pid && !existsSync(`/proc/${pid}`)) rmSync(join(images, name), { recursive: true, force: true });
  }
}

function checkSpace(folder: string): void {
  const { bavail, bsize } = statfsSync(folder);
  const freeMiB = Math.floor((bavail * bsize) / 1024 ** 2);
  if (freeMiB >= NEEDED_MIB) return;
  throw new LabError('disk-full', `${folder} has ${freeMiB} MiB free and building an image takes ${NEEDED_MIB} MiB`, {
    hint: 'free some space, or point HALAB_CACHE_DIR at a larger disk',
    data: { folder, freeMiB },
  });
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
  await mustRun(store, ['mmdebstrap', ...words], BUILD_MS, options, recipe.id);
  options.onProgress('handing the tree over to the ids of the user namespace');
  mkdirSync(root);
  chownSync(root, ID_BASE, ID_BASE);
  const user = await options.userNamespace();
  await mustRun(store, ['sh', '-c', SHIFT_TREE, 'shift-tree', user, plain, root], SHIFT_MS, options, recipe.id);
  rmSync(plain, { recursive: true, force: true });
  if (!existsSync(join(root, 'usr/sbin/corosync'))) {
    throw new LabError('image-build-failed', `the image ${recipe.id} was built without corosync`);
  }
}

async function mustRun(
  store: ImageStoreOptions,
  argv: readonly string[],
  timeoutMs: number,
  options: EnsureImageOptions,
  id: string,
): Promise<void> {
  const result = await store.processes.run(argv, {
    timeoutMs,
    ...(options.signal ? { signal: options.signal } : {}),
    onLine: (line) => {
      if (/^[IWE]: /.test(line)) options.onProgress(line.slice(3));
    },
  });
  if (result.exitCode === 0) return;
  const last = (result.stderr.trim() || result.stdout.trim()).split('\n').slice(-12).join('\n');
  throw new LabError(
    'image-build-failed',
    `${argv[0]} could not build the image ${id} (exit code ${result.exitCode}); it last said:\n${last}`,
    {
      hint: 'are the package archives reachable? HALAB_APT_MIRROR names another one',
      data: { image: id, exitCode: result.exitCode },
    },
  );
}
