import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { lastLines } from '../../model/command-output.js';
import { LabError } from '../../model/errors.js';
import type { ProcessRunner } from '../../ports/process.js';
import { spaceIn } from '../findings.js';
import type { Release } from './recipe.js';

/** Something large is built in a folder that bears our process id, and renamed when all of it is there. */
export function partialOf(finished: string): string {
  return `${finished}.building-${process.pid}`;
}

/** Leftovers of builders that are no longer alive. */
export function removeAbandoned(folder: string): void {
  for (const name of readdirSync(folder)) {
    const pid = /\.building-(\d+)$/.exec(name)?.[1];
    if (pid && !existsSync(`/proc/${pid}`)) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

export function checkSpace(folder: string, neededMiB: number): void {
  const { freeMiB } = spaceIn(folder);
  if (freeMiB >= neededMiB) return;
  throw new LabError('disk-full', `${folder} has ${freeMiB} MiB free and building an image takes ${neededMiB} MiB`, {
    hint: 'free some space, or point HALAB_CACHE_DIR at a larger disk',
    data: { folder, freeMiB },
  });
}

interface BuildStep {
  readonly image: string;
  readonly argv: readonly string[];
  readonly timeoutMs: number;
  readonly onProgress: (text: string) => void;
  readonly signal?: AbortSignal | undefined;
}

/** Runs one program of a build, whose own progress lines are passed on. Throws `image-build-failed` with its last lines. */
export async function runBuildStep(processes: ProcessRunner, step: BuildStep): Promise<void> {
  const { argv, image, timeoutMs, onProgress, signal } = step;
  const result = await processes.run(argv, {
    timeoutMs,
    ...(signal ? { signal } : {}),
    onLine: (line) => {
      if (/^[IWE]: /.test(line)) onProgress(line.slice(3));
    },
  });
  if (result.exitCode === 0) return;
  const last = lastLines(result.stderr.trim() || result.stdout, 12).join('\n');
  throw new LabError(
    'image-build-failed',
    `${argv[0]} could not build the image ${image} (exit code ${result.exitCode}); its last lines:\n${last}`,
    {
      hint: 'are the package archives reachable? HALAB_APT_MIRROR names another one',
      data: { image, exitCode: result.exitCode },
    },
  );
}

const LOOK_UP_MS = 20_000;

/**
 * The package sources for mmdebstrap: the setting if there is one; nothing (its own default) where that works;
 * for a release whose security archive is gone, the host's own Debian archive with `main` only.
 */
export async function aptSourcesFor(
  release: Release,
  mirror: string | undefined,
  processes: ProcessRunner,
): Promise<readonly string[]> {
  if (mirror) return [`deb ${mirror} ${release.suite} main`];
  if (!release.mainArchiveOnly) return [];
  const uri = mainArchiveOf(await hostIndexTargets(processes));
  return uri ? [`deb ${uri} ${release.suite} main`] : [];
}

async function hostIndexTargets(processes: ProcessRunner): Promise<string> {
  const argv = [
    'apt-get',
    'indextargets',
    '--format',
    '$(ORIGIN) $(COMPONENT) $(SUITE) $(CODENAME) $(REPO_URI)',
    'Created-By: Packages',
  ];
  const result = await processes.run(argv, { timeoutMs: LOOK_UP_MS });
  return result.exitCode === 0 ? result.stdout : '';
}

/** The archive among apt's index targets that is Debian's main one, not its updates or security. */
export function mainArchiveOf(indexTargets: string): string | undefined {
  for (const line of indexTargets.split('\n')) {
    const [origin, component, suite = '', codename = '', uri] = line.trim().split(' ');
    const isPart = /security|updates|backports/.test(`${suite} ${codename}`);
    if (origin === 'Debian' && component === 'main' && !isPart && uri) return uri;
  }
  return undefined;
}
