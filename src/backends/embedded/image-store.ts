import { createHash } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isLabError, LabError } from '../../model/errors.js';
import { groupBy } from '../../model/group-by.js';
import { haNodesOf, imageOf, type Lab, type LabNode } from '../../model/lab.js';
import type { Package, Stack } from '../../model/stack.js';
import { type Build, bootstrap, buildOnce, runBuildStep } from '../image/building.js';
import {
  CLUSTER_PACKAGES,
  collectingScript,
  customizeScript,
  HOST_PACKAGES,
  IMAGE_IDS,
  REMOTE_PACKAGES,
  type Recipe,
  releaseOf,
  STACK_PACKAGES,
  SYSTEM_PACKAGES,
  WORKPLACE_PACKAGES,
} from '../image/recipe.js';
import { type EmbeddedDeps, script } from './host.js';
import { ID_BASE } from './names.js';
import { ensureLayer, packagesOf, type StackLayer, stackLayer } from './stack-layer.js';

/**
 * A rack's power controllers and a kernel's initiator, as programs: fence_ipmilan asks ipmi_sim (openipmi) through
 * ipmitool, and qemu-storage-daemon logs in to iSCSI and shows the LUN as a file.
 */
const EMBEDDED_PACKAGES = ['fence-agents', 'ipmitool', 'openipmi', 'qemu-block-extra'] as const;

/** Debian 13 has moved qemu-storage-daemon to another package. */
function storageDaemonOf(image: string): string {
  return image === 'debian-13' ? 'qemu-utils' : 'qemu-system-common';
}

/** What is in an image beside the system itself. */
interface Ingredients {
  /** Packages that the lab file adds. */
  readonly more: readonly string[];
  /** Whether the cluster's software is installed, lies there as packages, or is not there at all. */
  readonly software: 'installed' | 'packages' | 'none';
}

const USUAL: Ingredients = { more: [], software: 'installed' };

/** Another shell of the cluster, which depends on pacemaker's tools. */
const CRM_SHELL = 'crmsh';

const SOFTWARE: { readonly [S in Ingredients['software']]: readonly string[] } = {
  installed: [...CLUSTER_PACKAGES, CRM_SHELL, ...EMBEDDED_PACKAGES],
  packages: [...HOST_PACKAGES, ...EMBEDDED_PACKAGES],
  none: [],
};

export function recipeOf(id: string, { more, software } = USUAL): Recipe | undefined {
  const release = releaseOf(id);
  const daemon = software === 'none' ? [] : [storageDaemonOf(id)];
  return (
    release && {
      id,
      ...release,
      packages: [...new Set([...SYSTEM_PACKAGES, ...WORKPLACE_PACKAGES, ...SOFTWARE[software], ...daemon, ...more])],
      customize:
        software === 'packages'
          ? collectingScript([...STACK_PACKAGES, CRM_SHELL], 'system.sh', 'embedded.sh', 'local-packages.sh')
          : customizeScript('system.sh', 'embedded.sh'),
    }
  );
}

/** Twelve hexadecimal digits over everything that goes in; they name the image in the cache. */
export function hashOf(recipe: Recipe): string {
  return createHash('sha256').update(JSON.stringify(recipe)).digest('hex').slice(0, 12);
}

const SOFTWARE_IN_TITLE: { readonly [S in Ingredients['software']]: string } = {
  installed: '',
  packages: ' without the cluster software, but its packages',
  none: ' without the cluster software',
};

function titleOf(id: string, { software, more }: Ingredients): string {
  return `${id}${SOFTWARE_IN_TITLE[software]}${more.length === 0 ? '' : ` with ${more.join(', ')}`}`;
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
  /** What it is, in words: `debian-12 without the cluster software`. */
  readonly title: string;
  /** What the lab's stack puts on top of it. */
  readonly layer?: StackLayer;
}

/** Twelve hexadecimal digits over all that a node finds below what it writes itself. */
export function bootHashOf({ hash, layer }: NodeImage): string {
  return layer?.hash ?? hash;
}

/** The folders that a node finds below what it writes itself, as overlayfs takes them. */
export function lowerOf({ root, layer }: NodeImage): string {
  return layer === undefined ? root : `${layer.tree}:${root}`;
}

interface EnsureImageOptions extends Pick<Build, 'onProgress' | 'signal'> {
  /** Makes the user namespace whose ids the tree gets, resolves to its handle. */
  readonly userNamespace: () => Promise<string>;
}

/** The image that a node boots. */
export function nodeImage(cache: string, lab: Lab, node: LabNode): NodeImage {
  const more = (node.extras?.packages ?? []).map(({ name }) => name).sort();
  const remote = node.role === 'remote' ? REMOTE_PACKAGES : [];
  const image = locateImage(cache, imageOf(lab, node), {
    more: [...remote, ...more],
    software: softwareOf(lab, node),
  });
  return lab.stack === undefined ? image : { ...image, layer: stackLayer(image, lab.stack) };
}

function softwareOf({ cluster }: Lab, { role }: LabNode): Ingredients['software'] {
  if (role === 'client' || role === 'remote') return 'none';
  return role === 'ha' ? (cluster.software ?? 'installed') : 'installed';
}

/** The image of the first HA node, which has the programs that halab itself takes from an image. */
export function labImage(cache: string, lab: Lab): NodeImage {
  const [first] = haNodesOf(lab);
  return first === undefined ? locateImage(cache, lab.image) : nodeImage(cache, lab, first);
}

/** Each image that nodes of the lab boot, once, with those nodes. */
export function imagesOf(
  cache: string,
  lab: Lab,
): readonly { readonly image: NodeImage; readonly nodes: readonly LabNode[] }[] {
  const images = new Map(lab.nodes.map((node) => [node.name, nodeImage(cache, lab, node)]));
  const folderOf = ({ name }: LabNode) => images.get(name)?.folder ?? '';
  return [...groupBy(lab.nodes, folderOf).values()].flatMap((nodes) => {
    const image = images.get(nodes[0]?.name ?? '');
    return image === undefined ? [] : [{ image, nodes }];
  });
}

/** The image as it is or would be in the cache. Throws `config-invalid` for an unknown id. */
export function locateImage(cache: string, id: string, ingredients = USUAL): NodeImage {
  const recipe = recipeOf(id, ingredients);
  if (!recipe) {
    throw new LabError('config-invalid', `the embedded backend has no image ${id}`, {
      hint: `it has ${IMAGE_IDS.join(', ')}; --backend vagrant has a box for every image`,
    });
  }
  const hash = hashOf(recipe);
  const folder = join(cache, 'images', `${id}-${hash}`);
  return {
    id,
    hash,
    folder,
    root: join(folder, 'root'),
    built: isBuilt(folder),
    recipe,
    title: titleOf(id, ingredients),
  };
}

function isBuilt(folder: string): boolean {
  return existsSync(join(folder, 'image.json'));
}

/** A finished image in the cache. */
interface StoredImage {
  /** Image and hash, as its folder is called: `debian-12-0123456789ab`. */
  readonly name: string;
  readonly folder: string;
  readonly builtAt: string;
}

export function storedImages(cache: string): readonly StoredImage[] {
  const images = join(cache, 'images');
  if (!existsSync(images)) return [];
  return readdirSync(images)
    .map((name) => ({ name, folder: join(images, name) }))
    .filter(({ folder }) => isBuilt(folder))
    .map((each) => ({ ...each, builtAt: statSync(join(each.folder, 'image.json')).mtime.toISOString() }))
    .sort((one, other) => one.name.localeCompare(other.name));
}

/** Builds what the lab's nodes boot and the cache lacks. Throws `config-invalid` for a package that the image's system does not have. */
export async function ensureImages(deps: EmbeddedDeps, lab: Lab, options: EnsureImageOptions): Promise<void> {
  for (const { image, nodes } of imagesOf(deps.dirs.cache, lab)) {
    try {
      await ensureImage(deps, image, options);
    } catch (error) {
      throw isLabError(error) ? (packageUnknown(error, image.id, nodes) ?? error) : error;
    }
    if (image.layer === undefined) continue;
    const taken = await ensureLayer(deps, image, image.layer, options);
    const member = nodes.find(({ role }) => role === 'ha');
    if (taken.length === 0 && member !== undefined) throw nothingTaken(image, image.layer.stack);
  }
}

function nothingTaken({ id }: NodeImage, { sources }: Stack): LabError {
  return new LabError('config-invalid', `${id} has none of the packages of the stack ${sources.join(', ')}`, {
    hint: 'a stack takes the place of packages that the image has; what a lab wants beside them stands under packages in its file',
  });
}

/** What the image of the first HA node has, which is built if it is not there; without a stack. */
export async function packagesInImage(
  deps: EmbeddedDeps,
  lab: Lab,
  options: EnsureImageOptions,
): Promise<readonly Package[]> {
  const image = labImage(deps.dirs.cache, lab);
  await ensureImage(deps, image, options);
  return packagesOf(image);
}

function packageUnknown({ data }: LabError, image: string, nodes: readonly LabNode[]): LabError | undefined {
  const unknown = Array.isArray(data.unknownPackages) ? data.unknownPackages : [];
  const found = nodes.flatMap(({ extras }) => extras?.packages ?? []).find(({ name }) => unknown.includes(name));
  return (
    found &&
    new LabError('config-invalid', `${found.at}: ${image} has no package ${found.name}`, {
      hint: 'apt-cache search finds the name; the package must be in the component main',
      data: { package: found.name, image },
    })
  );
}

/** Finds the image in the cache, or builds it there. A build that was cut off leaves nothing that looks finished. */
async function ensureImage(
  deps: EmbeddedDeps,
  { id, folder, hash, recipe, title }: NodeImage,
  { userNamespace, ...options }: EnsureImageOptions,
): Promise<void> {
  const build = { image: id, mirror: deps.mirror, processes: deps.processes, ...options };
  const wanted = { finished: folder, neededMiB: NEEDED_MIB, isBuilt: () => isBuilt(folder), ...options };
  await buildOnce(deps, wanted, async (partial) => {
    options.onProgress(`building the image ${title} once (one to five minutes; kept in ${deps.dirs.cache})`);
    await buildTree(build, recipe, partial, userNamespace);
    writeFileSync(join(partial, 'image.json'), `${JSON.stringify({ id, hash, recipe }, undefined, 2)}\n`);
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
  if (recipe.packages.includes('corosync') && !existsSync(join(root, 'usr/sbin/corosync'))) {
    throw new LabError('image-build-failed', `the image ${recipe.id} was built without corosync`);
  }
}
