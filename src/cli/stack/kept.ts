import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { storedImages } from '../../backends/embedded/image-store.js';
import { layersFrom } from '../../backends/embedded/stack-layer.js';
import type { Lab } from '../../model/lab.js';

/** Where the packages of `--stack` are kept. */
export function stacksIn(cache: string): string {
  return join(cache, 'stacks');
}

/** The packages of one `--stack`. */
interface KeptStack {
  /** Named after what is in it: `stack-0123456789ab`. */
  readonly name: string;
  readonly folder: string;
  readonly keptAt: string;
  readonly packages: number;
}

/** What is half copied has another name. */
const FINISHED = /^[0-9a-f]{12}$/;

export function keptStacks(cache: string): readonly KeptStack[] {
  const stacks = stacksIn(cache);
  const ids = existsSync(stacks) ? readdirSync(stacks).filter((name) => FINISHED.test(name)) : [];
  return ids.toSorted().map((id) => {
    const folder = join(stacks, id);
    const keptAt = statSync(folder).mtime.toISOString();
    return { name: `stack-${id}`, folder, keptAt, packages: readdirSync(folder).length };
  });
}

/** Whether the lab boots with packages of this folder. */
export function bootsWith({ stack }: Pick<Lab, 'stack'>, folder: string): boolean {
  return stack?.debs.some(({ file }) => dirname(file) === folder) ?? false;
}

/** Deletes the packages, and before them what was installed from them on top of images. */
export function removeStack(cache: string, folder: string): void {
  const layers = storedImages(cache).flatMap((image) => layersFrom(image.folder, folder));
  for (const each of [...layers, folder]) rmSync(each, { recursive: true, force: true });
}
