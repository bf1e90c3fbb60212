import { rmSync } from 'node:fs';
import { ensureImages, imagesOf, storedImages } from '../../backends/embedded/image-store.js';
import { embedded, embeddedDeps } from '../../backends/embedded/index.js';
import { ensureUserNamespace } from '../../backends/embedded/network.js';
import { removeEverything } from '../../backends/embedded/remove.js';
import { LabError } from '../../model/errors.js';
import { EXIT } from '../../model/verdict.js';
import { listInstances, loadInstance } from '../../store/instances.js';
import { unknownOne } from '../errors.js';
import { withInterrupt } from '../interrupt.js';
import { type LabFlags, labFromFlags } from '../lab-session.js';
import { output, stopwatch } from '../output.js';
import type { Settings } from '../settings.js';
import { backendHost } from '../wire.js';

/** Holds the user namespace whose ids an image gets while no lab is there. */
const BUILDER = 'image-builder';

/** Builds what the nodes of a lab boot, so that no lab has to wait for it. */
export async function buildImages(settings: Settings, flags: LabFlags): Promise<number> {
  requireRoot('building');
  const lab = labFromFlags(settings, flags);
  const deps = embeddedDeps(backendHost(settings));
  const elapsed = stopwatch();
  try {
    await withInterrupt((signal) =>
      ensureImages(deps, lab, {
        signal,
        onProgress: (text) => output.note(`[${elapsed()}] ${text}`),
        userNamespace: () => ensureUserNamespace(deps, BUILDER),
      }),
    );
  } finally {
    await removeEverything(deps, BUILDER);
  }
  return printImages(
    settings,
    imagesOf(settings.cacheDir, lab).map(({ image: { id, hash } }) => `${id}-${hash}`),
  );
}

/** The images in the cache, and which of them labs on this machine boot from. */
export function listImages(settings: Settings): number {
  return printImages(settings);
}

export function removeImage(settings: Settings, asked: string): number {
  const images = storedImages(settings.cacheDir);
  const image = images.find(({ name }) => name === asked);
  if (image === undefined)
    throw unknownOne(
      'image',
      asked,
      images.map(({ name }) => name),
    );
  const [user] = usersOf(settings, image.folder);
  if (user !== undefined)
    throw new LabError('lab-busy', `the lab ${user} boots from ${asked}`, {
      hint: `halab down --name ${user} takes it down`,
    });
  requireRoot('removing');
  rmSync(image.folder, { recursive: true, force: true });
  return printImages(settings);
}

function printImages(settings: Settings, only?: readonly string[]): number {
  const images = storedImages(settings.cacheDir)
    .filter(({ name }) => only === undefined || only.includes(name))
    .map((image) => ({ ...image, labs: usersOf(settings, image.folder) }));
  if (settings.json) output.answer('images', { images });
  else if (images.length === 0) output.line('no image is built yet: halab image build builds one');
  for (const { name, builtAt, labs } of settings.json ? [] : images)
    output.line(`${name.padEnd(28)}  built ${builtAt}${labs.length === 0 ? '' : `, booted by ${labs.join(', ')}`}`);
  return EXIT.passed;
}

function usersOf({ stateDir, cacheDir }: Settings, folder: string): readonly string[] {
  return listInstances(stateDir).filter((name) => {
    const instance = loadInstance(stateDir, name);
    if (instance?.backend !== embedded.name) return false;
    return imagesOf(cacheDir, instance.lab).some(({ image }) => image.folder === folder);
  });
}

function requireRoot(doing: string): void {
  if (process.getuid?.() === 0) return;
  throw new LabError('not-root', `${doing} an image needs root`, { hint: 'run the same command as root (sudo)' });
}
