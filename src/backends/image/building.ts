import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { lastLines } from '../../model/command-output.js';
import { defined } from '../../model/defined.js';
import { LabError } from '../../model/errors.js';
import type { BackendHost } from '../../ports/backend-module.js';
import { lockWithin } from '../../ports/lock.js';
import type { ProcessRunner } from '../../ports/process.js';
import { spaceIn } from '../prerequisites.js';
import type { Recipe, Release } from './recipe.js';

const BUILD_MS = 20 * 60_000;

/** What all steps of a build share. */
export interface Build {
  /** Id of the image, e.g. `debian-12`. */
  readonly image: string;
  readonly mirror: string | undefined;
  readonly processes: ProcessRunner;
  readonly onProgress: (text: string) => void;
  readonly signal?: AbortSignal;
}

interface Wanted extends Pick<Build, 'onProgress' | 'signal'> {
  /** Where it is to be. */
  readonly finished: string;
  readonly neededMiB: number;
  readonly isBuilt: () => boolean;
}

const POLL_MS = 200;

/**
 * Builds what is wanted unless it is there. Of several who want it at once, one builds and the others wait: side by side
 * each would take as long as all of them together.
 * Throws LabError `lab-busy` where another is not done within the longest time of a build.
 */
export async function buildOnce(
  host: Pick<BackendHost, 'clock' | 'takeLock'>,
  { finished, neededMiB, isBuilt, onProgress, signal }: Wanted,
  work: (folder: string) => Promise<void>,
): Promise<void> {
  if (isBuilt()) return;
  // Before the lock too, which itself needs a little room.
  makeRoom(finished, neededMiB);
  const image = basename(finished);
  const release = await lockWithin(host, {
    file: `${finished}.lock`,
    what: `the build of ${image}`,
    doing: 'building an image',
    withinMs: BUILD_MS,
    everyMs: POLL_MS,
    onWaiting: () => onProgress(`waiting for another halab, which is building ${image}`),
    ...defined({ signal }),
  });
  try {
    if (isBuilt()) return;
    await inBuildFolder(finished, neededMiB, async (folder) => {
      await work(folder);
      renameSync(folder, finished);
    });
  } finally {
    release();
  }
}

/**
 * Something large is built in a folder beside `finished` that bears our process id, and is renamed when all of it is there.
 * Whatever is left in the folder in the end is removed, and so are folders of builders that are no longer alive.
 */
export async function inBuildFolder<T>(
  finished: string,
  neededMiB: number,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  makeRoom(finished, neededMiB);
  const folder = `${finished}.building-${process.pid}`;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o755 });
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function makeRoom(finished: string, neededMiB: number): void {
  const parent = dirname(finished);
  mkdirSync(parent, { recursive: true });
  removeAbandoned(parent);
  checkSpace(parent, neededMiB);
}

function removeAbandoned(folder: string): void {
  for (const name of readdirSync(folder)) {
    const pid = /\.building-(\d+)$/.exec(name)?.[1];
    if (pid && !existsSync(`/proc/${pid}`)) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

function checkSpace(folder: string, neededMiB: number): void {
  const { freeMiB } = spaceIn(folder);
  if (freeMiB >= neededMiB) return;
  throw new LabError('disk-full', `${folder} has ${freeMiB} MiB free and building an image takes ${neededMiB} MiB`, {
    hint: 'free some space, or point HALAB_CACHE_DIR at a larger disk',
    data: { folder, freeMiB },
  });
}

/** Installs the recipe's packages in a new tree; its scripts are written beside the tree. */
export async function bootstrap(build: Build, recipe: Recipe, tree: string): Promise<void> {
  const { packages, suite, prepare, customize } = recipe;
  const script = (name: string, text: string) => {
    const file = join(dirname(tree), name);
    writeFileSync(file, text, { mode: 0o755 });
    return file;
  };
  await runBuildStep(build, [
    ...['mmdebstrap', '--verbose', '--mode=root', '--variant=minbase', `--include=${packages.join(',')}`],
    // The scripts clean up themselves, and may leave an index of packages that the node is to have.
    '--skip=cleanup/apt/lists',
    ...(prepare === undefined ? [] : [`--essential-hook=${script('prepare.sh', prepare)}`]),
    `--customize-hook=${script('customize.sh', customize)}`,
    ...[suite, tree, ...(await aptSourcesFor(recipe, build))],
  ]);
}

/** How apt reports a package that its sources do not have, or only name. */
const NO_PACKAGE = /^E: (?:Unable to locate package (\S+)|Package '([^']+)' has no installation candidate)/gm;

/** So many packages make one line of progress. */
const PACKAGES_A_LINE = 40;

/** Passes on the steps that mmdebstrap names, and how far apt has got in between, which takes minutes. */
export function createBuildProgress(onProgress: (text: string) => void): (line: string) => void {
  const done = { Unpacking: 0, 'Setting up': 0 };
  return (line) => {
    if (/^[IWE]: /.test(line)) onProgress(line.slice(3));
    const [, what] = /^(Unpacking|Setting up) \S+ \(/.exec(line) ?? [];
    if (what !== 'Unpacking' && what !== 'Setting up') return;
    done[what] += 1;
    if (done[what] % PACKAGES_A_LINE !== 0) return;
    const unpacked = `${done.Unpacking} packages unpacked`;
    onProgress(what === 'Unpacking' ? unpacked : `${unpacked}, ${done['Setting up']} set up`);
  };
}

/** Runs one program of a build, whose own progress lines are passed on. Throws `image-build-failed` with its last lines. */
export async function runBuildStep(
  { image, processes, onProgress, signal }: Build,
  argv: readonly string[],
  timeoutMs = BUILD_MS,
): Promise<void> {
  const result = await processes.run(argv, {
    timeoutMs,
    signal,
    onLine: createBuildProgress(onProgress),
  });
  if (result.exitCode === 0) return;
  const unknownPackages = [...result.stderr.matchAll(NO_PACKAGE)].map(([, one, other]) => one ?? other);
  const last = lastLines(result.stderr.trim() || result.stdout, 12).join('\n');
  throw new LabError(
    'image-build-failed',
    `${argv[0]} could not build the image ${image} (exit code ${result.exitCode}); its last lines:\n${last}`,
    {
      hint: 'are the package archives reachable? HALAB_APT_MIRROR names another one',
      data: { image, exitCode: result.exitCode, unknownPackages },
    },
  );
}

const LOOK_UP_MS = 20_000;

/**
 * The package sources for mmdebstrap: the setting if there is one; nothing (its own default) where that works;
 * for a release whose security archive is gone, the host's own Debian archive with `main` only.
 */
async function aptSourcesFor(release: Release, { mirror, processes }: Build): Promise<readonly string[]> {
  if (mirror) return [`deb ${mirror} ${release.suite} main`];
  if (!release.mainArchiveOnly) return [];
  const uri = mainArchiveOf(await hostIndexTargets(processes));
  return uri ? [`deb ${uri} ${release.suite} main`] : [];
}

async function hostIndexTargets(processes: ProcessRunner): Promise<string> {
  const format = '$(ORIGIN) $(COMPONENT) $(SUITE) $(CODENAME) $(REPO_URI)';
  const argv = ['apt-get', 'indextargets', '--format', format, 'Created-By: Packages'];
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
