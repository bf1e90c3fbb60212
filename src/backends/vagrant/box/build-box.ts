import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LabError } from '../../../model/errors.js';
import type { ProcessRunner } from '../../../ports/process.js';
import { aptSourcesFor } from '../../image/apt-source.js';
import { checkSpace, partialOf, removeAbandoned, runBuildStep } from '../../image/building.js';
import { IMAGE_IDS } from '../../image/releases.js';
import { boxFileNameOf, boxNameOf, DISK_GIB, METADATA, VAGRANTFILE } from './box-files.js';
import { type BoxRecipe, boxRecipeOf } from './recipe.js';
import { COLLECTED } from './scripts.js';

const BUILD_MS = 20 * 60_000;
const NEEDED_MIB = 4_000;

export interface BoxRequest {
  /** `debian-12`. */
  readonly image: string;
  readonly outDir: string;
  /** False: a box without the cluster packages, and an archive of them beside it. */
  readonly cluster: boolean;
  readonly mirror: string | undefined;
}

export interface BoxDeps {
  readonly processes: ProcessRunner;
  /** Where it is put together; the same disk as `outDir` or not. */
  readonly cache: string;
}

export interface BuiltBox {
  readonly boxFile: string;
  /** A plain tar of Debian packages and their index, which a machine can read offline. */
  readonly packagesFile?: string;
  readonly name: string;
}

type Step = (argv: readonly string[]) => Promise<void>;

/** Makes a box for vagrant-libvirt. A build that is cut off leaves nothing that looks finished. */
export async function buildBox(
  request: BoxRequest,
  deps: BoxDeps,
  onProgress: (text: string) => void,
  signal?: AbortSignal,
): Promise<BuiltBox> {
  const { image, outDir, cluster, mirror } = request;
  const recipe = boxRecipeOf(image, cluster);
  if (!recipe) {
    throw new LabError('config-invalid', `there is no image ${image}`, { hint: `known images: ${IMAGE_IDS.join(', ')}` });
  }
  mkdirSync(outDir, { recursive: true });
  removeAbandoned(outDir);
  checkSpace(outDir, NEEDED_MIB);
  const folder = partialOf(join(outDir, boxFileNameOf(image, cluster)));
  const step: Step = (argv) => runBuildStep(deps.processes, { image, argv, timeoutMs: BUILD_MS, onProgress, signal });
  try {
    mkdirSync(folder, { mode: 0o755 });
    onProgress(`${image}: unpacking and setting up packages (a minute or two)`);
    const sources = await aptSourcesFor(recipe, mirror, deps.processes);
    await buildTree(recipe, folder, sources, step);
    if (!cluster) {
      onProgress(`${image}: archiving the cluster packages`);
      await archivePackages(folder, step);
    }
    onProgress(`${image}: making the disk`);
    await makeDisk(folder, step);
    onProgress(`${image}: packing the box`);
    await packBox(folder, step);
    return publish(folder, request);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
