import { existsSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Prerequisite } from '../ports/backend.js';

export type Fix = NonNullable<Prerequisite['fix']>;

/** Without it nothing runs; `fix`, or what to do in words, is shown where it is not so. */
export const required = prerequisiteOf('required');

/** Without it something runs worse. */
export const advice = prerequisiteOf('advice');

function prerequisiteOf(weight: Prerequisite['weight']) {
  return (id: string, ok: boolean, text: string, fix?: Fix | string): Prerequisite => {
    const prerequisite = { id, ok, weight, text };
    if (ok || fix === undefined) return prerequisite;
    return { ...prerequisite, fix: typeof fix === 'string' ? { text: fix } : fix };
  };
}

/** `elsewhere` is for systems without apt. */
export function aptInstall(debianPackage: string, elsewhere?: string): Fix {
  return {
    text: `apt-get install -y ${debianPackage}${elsewhere === undefined ? '' : ` (elsewhere: ${elsewhere})`}`,
    argv: ['apt-get', 'install', '-y', '--no-install-recommends', debianPackage],
  };
}

/** Of the folder, or of the innermost one above it that exists; `type` is its file system's number (statfs(2)). */
export function spaceIn(folder: string): { readonly folder: string; readonly freeMiB: number; readonly type: number } {
  if (!existsSync(folder)) return spaceIn(dirname(folder));
  const { bavail, bsize, type } = statfsSync(folder);
  return { folder, freeMiB: Math.floor((bavail * bsize) / 1024 ** 2), type };
}
