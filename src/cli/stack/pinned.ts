import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { inBuildFolder } from '../../backends/image/building.js';
import { hostProgram } from '../../backends/program-files.js';
import { LabError } from '../../model/errors.js';
import type { Deb, Stack } from '../../model/stack.js';
import { chosenFrom, parseWanted } from '../../stack/chosen.js';
import { type OpenSource, openSource } from '../../stack/sources.js';
import { createProcessRunner } from '../../system/process-runner.js';
import { output } from '../output.js';
import type { Settings } from '../settings.js';
import { stacksIn } from './kept.js';

export interface StackFlags {
  /** Folders, files and lines of sources.list(5). */
  readonly stack?: readonly string[];
  /** `NAME` or `NAME=VERSION`. */
  readonly stackOnly?: readonly string[];
}

/** The flags with the packages that `--stack` means now: a source may change while labs run. Throws LabError `usage`. */
export async function withPinned<F extends StackFlags>(
  settings: Settings,
  flags: F,
): Promise<F & { readonly pinned?: Stack }> {
  const { stack: sources, stackOnly = [] } = flags;
  const only = stackOnly.map(parseWanted);
  if (sources === undefined && only.length > 0)
    throw new LabError('usage', '--stack-only chooses among the packages of --stack', {
      hint: 'name the folder or the source that they are in with --stack',
    });
  if (sources === undefined) return flags;
  const names = only.map(({ name }) => name);
  return { ...flags, pinned: await gatherStack(settings, sources, names, (debs) => chosenFrom(debs, only)) };
}

const NEEDED_MIB = 500;

/** Copies what is chosen of the sources into the cache. `names`: what is asked of large archives beside the packages of a cluster. */
export function gatherStack(
  settings: Settings,
  sources: readonly string[],
  names: readonly string[],
  choose: (debs: readonly Deb[]) => readonly Deb[],
): Promise<Stack> {
  const stacks = stacksIn(settings.cacheDir);
  return inBuildFolder(join(stacks, 'stack'), NEEDED_MIB, async (scratch) => {
    const programs = { indexFolder: hostProgram('stack/index-folder.sh'), archive: hostProgram('stack/archive.sh') };
    const deps = { processes: createProcessRunner(), cwd: settings.cwd, programs, scratch };
    const open: OpenSource[] = [];
    for (const source of sources) {
      output.note(`reading the packages of ${source}`);
      open.push(await openSource(deps, source, names));
    }
    const chosen = choose(open.flatMap(({ debs }) => debs));
    const fetched: Deb[] = [];
    for (const { debs, fetch } of open) {
      const own = chosen.filter((deb) => debs.includes(deb));
      if (own.length > 0) fetched.push(...(await fetch(own)));
    }
    return { sources, debs: keep(fetched, stacks, scratch) };
  });
}

/** The folder is named after what is in it, so that the same stack is kept once. */
function keep(debs: readonly Deb[], stacks: string, scratch: string): readonly Deb[] {
  const sums = debs.map(({ sha256 }) => sha256).toSorted();
  const id = createHash('sha256').update(sums.join(' ')).digest('hex').slice(0, 12);
  const folder = join(stacks, id);
  const fileOf = ({ name, sha256 }: Deb) => `${name}_${sha256.slice(0, 12)}.deb`;
  if (!existsSync(folder)) {
    const copies = join(scratch, 'copies');
    mkdirSync(copies);
    for (const deb of debs) copyFileSync(deb.file, join(copies, fileOf(deb)));
    if (!existsSync(folder)) renameSync(copies, folder);
  }
  return debs.map((deb) => ({ ...deb, file: join(folder, fileOf(deb)) }));
}
