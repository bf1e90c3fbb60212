import type { Deb, Package } from '../model/stack.js';
import { compareVersions } from './version.js';

/**
 * What an image takes of a stack: the packages that it has too, whatever their versions, and what those need and it lacks, as far as
 * the stack has it. What is missing then is for dpkg to say.
 */
export function takenBy(installed: readonly Package[], debs: readonly Deb[]): readonly Deb[] {
  const own = new Set(installed.map(({ name }) => name));
  const taken = debs.filter(({ name }) => own.has(name));
  for (const deb of taken) {
    const world = [...installed.filter(({ name }) => taken.every((each) => each.name !== name)), ...taken];
    for (const need of needsOf(deb)) {
      if (world.some((each) => isMetBy(need, each))) continue;
      const more = debs.find((each) => !taken.includes(each) && isMetBy(need, each));
      // They are looked at in turn as well.
      if (more !== undefined) taken.push(more);
    }
  }
  return taken;
}

interface Alternative {
  readonly name: string;
  readonly relation?: string;
  readonly version?: string;
}

/** A need is met by any of its alternatives. */
function needsOf({ needs }: Package): readonly (readonly Alternative[])[] {
  return relationsIn(needs, /\s*,\s*/).map((need) => relationsIn(need, /\s*\|\s*/).flatMap(alternativeIn));
}

function relationsIn(text: string, between: RegExp): readonly string[] {
  return text.split(between).filter((word) => word.trim() !== '');
}

function alternativeIn(text: string): readonly Alternative[] {
  const [, name, relation, version] = /^\s*([^\s:(]+)(?::\S+)?\s*(?:\(\s*([<>=]+)\s*(\S+?)\s*\))?/.exec(text) ?? [];
  if (name === undefined) return [];
  return [{ name, ...(relation === undefined || version === undefined ? {} : { relation, version }) }];
}

function isMetBy(need: readonly Alternative[], { name, version, provides }: Package): boolean {
  const provided = relationsIn(provides, /\s*,\s*/).flatMap(alternativeIn);
  const has: readonly Alternative[] = [{ name, relation: '=', version }, ...provided];
  return need.some((wanted) => has.some((each) => each.name === wanted.name && fits(wanted, each.version)));
}

/** A package that is provided without a version fits none that is asked for (deb-control(5), Provides). */
function fits({ relation, version: wanted }: Alternative, version: string | undefined): boolean {
  if (relation === undefined || wanted === undefined) return true;
  if (version === undefined) return false;
  const order = compareVersions(version, wanted);
  const holds: Readonly<Record<string, boolean>> = {
    '<<': order < 0,
    '<=': order <= 0,
    '=': order === 0,
    '>=': order >= 0,
    '>>': order > 0,
  };
  return holds[relation] ?? false;
}
