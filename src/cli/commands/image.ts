import { rmSync } from 'node:fs';
import { withoutLab } from '../../backends/embedded/image-builder.js';
import { ensureImages, imagesOf, storedImages } from '../../backends/embedded/image-store.js';
import { embedded, embeddedDeps } from '../../backends/embedded/index.js';
import { LabError } from '../../model/errors.js';
import type { Lab } from '../../model/lab.js';
import { EXIT } from '../../model/verdict.js';
import { listInstances, loadInstance } from '../../store/instances.js';
import { unknownOne } from '../errors.js';
import { withInterrupt } from '../interrupt.js';
import { type LabFlags, labFromFlags } from '../lab-session.js';
import { output, stopwatch } from '../output.js';
import type { Settings } from '../settings.js';
import { bootsWith, keptStacks, removeStack } from '../stack/kept.js';
import { backendHost } from '../wire.js';

/** Builds what the nodes of a lab boot, so that no lab has to wait for it. */
export async function buildImages(settings: Settings, flags: LabFlags): Promise<number> {
  requireRoot('building');
  const lab = labFromFlags(settings, flags);
  const deps = embeddedDeps(backendHost(settings));
  const elapsed = stopwatch();
  const onProgress = (text: string) => output.note(`[${elapsed()}] ${text}`);
  await withInterrupt((signal) =>
    withoutLab(deps, (userNamespace) => ensureImages(deps, lab, { signal, onProgress, userNamespace })),
  );
  return printImages(
    settings,
    imagesOf(settings.cacheDir, lab).map(({ image: { id, hash } }) => `${id}-${hash}`),
  );
}

/** The images and stacks in the cache, and which of them labs on this machine boot from. */
export function listImages(settings: Settings): number {
  return printImages(settings);
}

export function removeImage(settings: Settings, asked: string): number {
  const { images, stacks } = cachedIn(settings);
  const all = [...images, ...stacks];
  const found = all.find(({ name }) => name === asked);
  if (found === undefined)
    throw unknownOne(
      'image',
      asked,
      all.map(({ name }) => name),
    );
  const [user] = found.labs;
  if (user !== undefined)
    throw new LabError('lab-busy', `the lab ${user} boots from ${asked}`, {
      hint: `halab down --name ${user} takes it down`,
    });
  requireRoot('removing');
  if (stacks.some(({ name }) => name === asked)) removeStack(settings.cacheDir, found.folder);
  else rmSync(found.folder, { recursive: true, force: true });
  return printImages(settings);
}

function cachedIn({ stateDir, cacheDir }: Settings) {
  const labs = listInstances(stateDir).flatMap((name) => {
    const instance = loadInstance(stateDir, name);
    return instance?.backend === embedded.name ? [{ name, lab: instance.lab }] : [];
  });
  const labsThat = (boot: (lab: Lab) => boolean) => labs.filter(({ lab }) => boot(lab)).map(({ name }) => name);
  return {
    images: storedImages(cacheDir).map((each) => ({
      ...each,
      labs: labsThat((lab) => imagesOf(cacheDir, lab).some(({ image }) => image.folder === each.folder)),
    })),
    stacks: keptStacks(cacheDir).map((each) => ({ ...each, labs: labsThat((lab) => bootsWith(lab, each.folder)) })),
  };
}

/** All that is in the cache, or these images only. */
function printImages(settings: Settings, only?: readonly string[]): number {
  const cached = cachedIn(settings);
  const images = cached.images.filter(({ name }) => only?.includes(name) ?? true);
  const stacks = only === undefined ? cached.stacks : [];
  if (settings.json) {
    output.answer('images', { images, stacks });
    return EXIT.passed;
  }
  const bootedBy = (labs: readonly string[]) => (labs.length === 0 ? '' : `, booted by ${labs.join(', ')}`);
  if (images.length === 0) output.line('no image is built yet: halab image build builds one');
  for (const { name, builtAt, labs } of images) output.line(`${name.padEnd(28)}  built ${builtAt}${bootedBy(labs)}`);
  for (const { name, keptAt, packages, labs } of stacks)
    output.line(`${name.padEnd(28)}  kept ${keptAt}, packages: ${packages}${bootedBy(labs)}`);
  return EXIT.passed;
}

function requireRoot(doing: string): void {
  if (process.getuid?.() === 0) return;
  throw new LabError('not-root', `${doing} an image needs root`, { hint: 'run the same command as root (sudo)' });
}
