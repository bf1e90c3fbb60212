import { LabError } from '../model/errors.js';
import { groupBy } from '../model/group-by.js';
import type { Deb, Package } from '../model/stack.js';
import { compareVersions } from './version.js';

/** A package that is asked for by name, that of what it was built from or its own. */
export interface Wanted {
  readonly name: string;
  readonly version?: string;
}

/** `pacemaker` or `pacemaker=2.1.5-1`. Throws LabError `usage`. */
export function parseWanted(text: string): Wanted {
  const [, name, version] = /^([a-z0-9][a-z0-9+.-]*)(?:=(\S+))?$/.exec(text) ?? [];
  if (name !== undefined) return { name, ...(version === undefined ? {} : { version }) };
  throw new LabError('usage', `${JSON.stringify(text)} names no package`, {
    hint: 'write it as pacemaker or pacemaker=2.1.5-1',
  });
}

/** One version of each package: the newest, or only of those that are asked for, each with what was built with it. Throws LabError `usage`. */
export function chosenFrom(debs: readonly Deb[], only: readonly Wanted[] = []): readonly Deb[] {
  const wanted = only.length === 0 ? debs : only.flatMap((each) => builtTogether(debs, each));
  return [...groupBy(wanted, ({ name }) => name).values()].map((versions) =>
    versions.reduce((best, each) => (compareVersions(each.version, best.version) > 0 ? each : best)),
  );
}

function builtTogether(debs: readonly Deb[], { name, version }: Wanted): readonly Deb[] {
  const named = debs.filter((each) => each.source === name || each.name === name);
  if (named.length === 0)
    throw new LabError('usage', `the stack has no package ${name}`, {
      hint: `it has ${[...new Set(debs.map(({ source }) => source))].toSorted().join(', ') || 'none'}`,
    });
  const fitting = named.filter((each) => [undefined, each.version, each.sourceVersion].includes(version));
  const [first, ...others] = fitting.toSorted((one, other) => compareVersions(other.sourceVersion, one.sourceVersion));
  if (first === undefined)
    throw new LabError('usage', `the stack has no version ${version} of ${name}`, {
      hint: `it has ${versionsIn(named).join(', ')}`,
    });
  const sources = new Set([first, ...others].map(({ source }) => source));
  return debs.filter((each) => sources.has(each.source) && each.sourceVersion === first.sourceVersion);
}

/** The versions that there are of what these were built from, oldest first. */
export function versionsIn(debs: readonly Package[]): readonly string[] {
  return [...new Set(debs.map(({ sourceVersion }) => sourceVersion))].toSorted(compareVersions);
}
