import { createHash } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { lastLines } from '../../model/command-output.js';
import { LabError } from '../../model/errors.js';
import type { Deb, Package, Stack } from '../../model/stack.js';
import { installedIn } from '../../stack/stanzas.js';
import { takenBy } from '../../stack/taken.js';
import { buildOnce } from '../image/building.js';
import { type EmbeddedDeps, script } from './host.js';
import { ID_BASE } from './names.js';

/** An image with a tree of its own. */
interface BaseImage {
  readonly id: string;
  readonly hash: string;
  readonly folder: string;
  readonly root: string;
}

/** What a stack changes in an image; it lies in the image's folder, and goes with it. */
export interface StackLayer {
  /** Over the image and the packages. */
  readonly hash: string;
  readonly folder: string;
  /** The layer itself, between the image and what a node writes. */
  readonly tree: string;
  readonly stack: Stack;
}

export function stackLayer(base: Pick<BaseImage, 'hash' | 'folder'>, stack: Stack): StackLayer {
  const sums = stack.debs.map(({ sha256 }) => sha256).toSorted();
  const hash = createHash('sha256')
    .update([base.hash, ...sums].join(' '))
    .digest('hex')
    .slice(0, 12);
  const folder = join(layersOf(base.folder), hash);
  return { hash, folder, tree: join(folder, 'tree'), stack };
}

function layersOf(imageFolder: string): string {
  return join(imageFolder, 'stacks');
}

/** The folders of the finished layers of an image that have packages of this folder. */
export function layersFrom(imageFolder: string, packagesFolder: string): readonly string[] {
  const layers = layersOf(imageFolder);
  const folders = existsSync(layers) ? readdirSync(layers).map((name) => join(layers, name)) : [];
  return folders.filter((folder) => {
    if (!existsSync(join(folder, TAKEN))) return false;
    const taken = JSON.parse(readFileSync(join(folder, TAKEN), 'utf8')) as readonly Deb[];
    return taken.some(({ file }) => dirname(file) === packagesFolder);
  });
}

/** The packages of an image that is built. */
export function packagesOf({ root }: Pick<BaseImage, 'root'>): readonly Package[] {
  return installedIn(readFileSync(join(root, 'var/lib/dpkg/status'), 'utf8'));
}

interface LayerOptions {
  readonly onProgress: (text: string) => void;
  readonly signal?: AbortSignal;
  readonly userNamespace: () => Promise<string>;
}

const INSTALL_MS = 10 * 60_000;
const NEEDED_MIB = 500;
const LAST_LINES = 12;

/** Installs on top of the image what it takes of the stack, unless that is done. Returns what it took. */
export async function ensureLayer(
  deps: EmbeddedDeps,
  base: BaseImage,
  { folder, stack }: StackLayer,
  { onProgress, ...options }: LayerOptions,
): Promise<readonly Deb[]> {
  const taken = takenBy(packagesOf(base), stack.debs);
  const isBuilt = () => existsSync(join(folder, TAKEN));
  const wanted = { finished: folder, neededMiB: NEEDED_MIB, isBuilt, onProgress, signal: options.signal };
  await buildOnce(deps, wanted, async (partial) => {
    onProgress(`putting ${builtFrom(taken)} on top of ${base.id}`);
    await install(deps, base, taken, partial, options);
    writeFileSync(join(partial, TAKEN), `${JSON.stringify(taken, undefined, 2)}\n`);
  });
  return taken;
}

function builtFrom(debs: readonly Deb[]): string {
  return [...new Set(debs.map(({ source, sourceVersion }) => `${source} ${sourceVersion}`))].join(', ') || 'nothing';
}

/** Its presence says that the layer is finished. */
const TAKEN = 'packages.json';

async function install(
  { processes }: EmbeddedDeps,
  base: BaseImage,
  taken: readonly Deb[],
  folder: string,
  { userNamespace, signal }: Omit<LayerOptions, 'onProgress'>,
): Promise<void> {
  const at = (name: string) => join(folder, name);
  for (const name of ['debs', 'root']) mkdirSync(at(name));
  for (const { file } of taken) linkSync(file, join(at('debs'), basename(file)));
  const argv = [
    ...['unshare', '--mount', '--propagation', 'private', '--net', '--ipc', '--pid', '--fork', '--kill-child'],
    ...script('put-on-top.sh', await userNamespace(), String(ID_BASE), base.root, at('tree'), at('work'), at('root')),
    ...[at('debs'), ...taken.map(({ file }) => basename(file))],
  ];
  const { exitCode, stdout, stderr } = await processes.run(argv, { timeoutMs: INSTALL_MS, signal });
  if (exitCode === 0) {
    for (const name of ['debs', 'root', 'work']) rmSync(at(name), { recursive: true, force: true });
    return;
  }
  const last = lastLines(stderr.trim() || stdout, LAST_LINES).join('\n');
  throw new LabError(
    'image-build-failed',
    `dpkg could not install the stack on top of ${base.id}; its last lines:\n${last}`,
    {
      hint: 'a stack has everything that its packages need and the image lacks: add another --stack that has it',
      data: { image: base.id, exitCode },
    },
  );
}
