import { groupBy } from '../model/group-by.js';
import type { Deb, Package } from '../model/stack.js';
import type { Wanted } from './chosen.js';
import { versionsIn } from './chosen.js';
import { compareVersions } from './version.js';

/** From one state of the stack to the next: what is built from this source gets this version. */
interface Change {
  readonly source: string;
  readonly version: string;
  /** It is what the image has by itself. */
  readonly isOwn: boolean;
}

/** States of the stack in a row: how it begins, and one change after the other. */
export interface Row {
  readonly start: readonly Change[];
  readonly changes: readonly Change[];
}

/** Binary package to version, as a run has recorded them for a node. */
export type Versions = Readonly<Record<string, string>>;

/** What is known of a good and of a bad state; without it, the image's own versions are good and the newest are bad. */
interface Bounds {
  readonly good?: Versions;
  readonly bad?: Versions;
  /** Only these sources. */
  readonly only?: readonly string[];
}

/**
 * Every version between the good and the bad state that the stack has, source by source in alphabetical order, oldest first. Of a
 * source that did not change there is none.
 */
export function rowOf(installed: readonly Package[], debs: readonly Deb[], { good, bad, only }: Bounds): Row {
  const parts = [...groupBy(debs, ({ source }) => source)]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .filter(([source]) => only === undefined || only.includes(source))
    .flatMap(([source, offered]) => {
      const own = installed.find((each) => each.source === source);
      if (own === undefined) return [];
      const known = [...offered, ...installed.filter((each) => each.source === source)];
      const changeTo = (version: string) => ({ source, version, isOwn: version === own.sourceVersion });
      const from = good === undefined ? own.sourceVersion : sourceVersionIn(good, known);
      const to = bad === undefined ? undefined : sourceVersionIn(bad, known);
      // A run that does not name it says nothing of it.
      if (from === undefined || (bad !== undefined && to === undefined)) return [];
      const versions = versionsIn(known).filter(
        (version) => compareVersions(version, from) > 0 && (to === undefined || compareVersions(version, to) <= 0),
      );
      return [{ start: changeTo(from), changes: versions.map(changeTo) }];
    });
  return { start: parts.map(({ start }) => start), changes: parts.flatMap(({ changes }) => changes) };
}

/** The version of the source whose packages these are, by the first of them that the run names. */
function sourceVersionIn(versions: Versions, known: readonly Package[]): string | undefined {
  const named = known.find(({ name }) => versions[name] !== undefined);
  if (named === undefined) return undefined;
  const version = versions[named.name];
  return known.find((each) => each.name === named.name && each.version === version)?.sourceVersion ?? version;
}

/** What to take of the stack in a state: 0 is the beginning, n is after n changes. Empty: the image as it is. */
export function wantedIn({ start, changes }: Row, state: number): readonly Wanted[] {
  const latest = new Map([...start, ...changes.slice(0, state)].map((change) => [change.source, change]));
  return [...latest.values()].flatMap(({ source, version, isOwn }) => (isOwn ? [] : [{ name: source, version }]));
}
