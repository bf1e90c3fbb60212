import type { EmbeddedDeps } from './host.js';
import { ensureUserNamespace } from './network.js';
import { removeEverything } from './remove.js';

/** Holds the user namespace whose ids an image gets while no lab is there. */
const BUILDER = 'image-builder';

/** Work on images without a lab. */
export async function withoutLab<T>(
  deps: EmbeddedDeps,
  work: (userNamespace: () => Promise<string>) => Promise<T>,
): Promise<T> {
  try {
    return await work(() => ensureUserNamespace(deps, BUILDER));
  } finally {
    await removeEverything(deps, BUILDER);
  }
}
