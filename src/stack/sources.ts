import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { lastLines } from '../model/command-output.js';
import { LabError } from '../model/errors.js';
import type { Deb } from '../model/stack.js';
import type { ProcessRunner } from '../ports/process.js';
import { debsIn } from './stanzas.js';

interface SourceDeps {
  readonly processes: ProcessRunner;
  /** Paths are relative to it. */
  readonly cwd: string;
  /** Paths of the programs in `host-programs/stack`. */
  readonly programs: { readonly indexFolder: string; readonly archive: string };
  /** An empty folder, which the caller removes. */
  readonly scratch: string;
  readonly signal?: AbortSignal;
}

/** A source that was read. */
export interface OpenSource {
  /** Every version that it has, for this machine's architecture. */
  readonly debs: readonly Deb[];
  /** The same packages as files on this machine. */
  fetch(debs: readonly Deb[]): Promise<readonly Deb[]>;
}

/** What an archive with thousands of packages is asked for, beside what is named: what the cluster is made of. */
const STACK = [
  ...['booth', 'cluster-glue', 'corosync', 'corosync-qdevice', 'crmsh', 'drbd-utils', 'fence-agents', 'kronosnet'],
  ...['libqb', 'pacemaker', 'pcs', 'resource-agents', 'sbd', 'tgt'],
] as const;

const READ_MS = 5 * 60_000;
const LAST_LINES = 6;

/** Reads a folder, a file or a line of sources.list(5). `names`: packages that are wanted beside those of a cluster. Throws LabError `usage`. */
export async function openSource(deps: SourceDeps, source: string, names: readonly string[]): Promise<OpenSource> {
  const fits = await architectureFilter(deps);
  if (/^deb\s/.test(source)) return openArchive(deps, source, names, fits);
  const path = resolve(deps.cwd, source);
  if (!existsSync(path))
    throw new LabError('usage', `there is no folder ${source}`, {
      hint: "a stack is a folder with packages, a .deb file, or a line of sources.list such as 'deb http://… bookworm main'",
    });
  const debs = (await indexOf(deps, path, source)).filter(fits);
  if (debs.length > 0) return { debs, fetch: async (wanted) => wanted };
  const isFolder = statSync(path).isDirectory();
  const what = isFolder
    ? `${source} has no package (.deb) for this machine`
    : `${source} is no package for this machine`;
  throw new LabError('usage', what, { hint: 'name the folder that has the .deb files' });
}

async function indexOf(deps: SourceDeps, path: string, source: string): Promise<readonly Deb[]> {
  return debsIn(await run(deps, ['sh', deps.programs.indexFolder, path], source));
}

async function openArchive(
  deps: SourceDeps,
  line: string,
  names: readonly string[],
  fits: (deb: Deb) => boolean,
): Promise<OpenSource> {
  const folder = join(deps.scratch, createHash('sha256').update(line).digest('hex').slice(0, 12));
  mkdirSync(folder, { recursive: true });
  const ask = (...words: readonly string[]) => run(deps, ['sh', deps.programs.archive, folder, line, ...words], line);
  const wanted = [...new Set([...STACK, ...names])];
  const debs = debsIn(await ask('index', ...wanted)).filter(
    (deb) => fits(deb) && !/-(?:dev|doc|dbg|dbgsym)$/.test(deb.name),
  );
  if (debs.length === 0)
    throw new LabError('usage', `${line} has none of the packages of a cluster`, {
      hint: '--package or --stack-only names others that it has',
    });
  return {
    debs,
    async fetch(some) {
      await ask('fetch', ...some.map(({ name, version }) => `${name}=${version}`));
      const files = await indexOf(deps, join(folder, 'debs'), line);
      return some.map((deb) => ({ ...deb, file: files.find(({ sha256 }) => sha256 === deb.sha256)?.file ?? deb.file }));
    },
  };
}

async function architectureFilter(deps: SourceDeps): Promise<(deb: Deb) => boolean> {
  const own = (await run(deps, ['dpkg', '--print-architecture'], 'dpkg')).trim();
  return ({ architecture }) => architecture === 'all' || architecture === own;
}

async function run({ processes, signal }: SourceDeps, argv: readonly string[], source: string): Promise<string> {
  const { exitCode, stdout, stderr } = await processes.run(argv, { timeoutMs: READ_MS, signal });
  if (exitCode === 0) return stdout;
  throw new LabError(
    'usage',
    `cannot read the packages of ${source}:\n${lastLines(stderr.trim(), LAST_LINES).join('\n')}`,
    {
      hint: 'dpkg-deb --field FILE, or apt-get update with this line, says more',
    },
  );
}
