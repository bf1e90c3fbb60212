import type { ProcessRunner } from '../../ports/process.js';
import type { Release } from './releases.js';

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
