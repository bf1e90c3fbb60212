import { existsSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Finding } from '../ports/backend.js';

export type Fix = NonNullable<Finding['fix']>;

/** Without it nothing runs; `fix`, or what to do in words, is shown where it is not so. */
export const required = findingOf('required');

/** Without it something runs worse. */
export const advice = findingOf('advice');

function findingOf(weight: Finding['weight']) {
  return (id: string, ok: boolean, text: string, fix?: Fix | string): Finding => {
    const finding = { id, ok, weight, text };
    if (ok || fix === undefined) return finding;
    return { ...finding, fix: typeof fix === 'string' ? { text: fix } : fix };
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
