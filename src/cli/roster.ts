import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { LabError, messageOf } from '../model/errors.js';

/** A lab of several: its name, and the person who works in it. */
export interface NamedLab {
  readonly name: string;
  readonly who?: string;
}

const LONGEST_NAME = 21;

/** Pure. `linuxha-1`, `linuxha-2` … */
export function numberedNames(base: string, count: number): readonly NamedLab[] {
  return Array.from({ length: count }, (_, index) => ({ name: numbered(base, index + 1) }));
}

/**
 * Pure. A name for the lab of each person. A person who has a lab already keeps it, so that a roster may grow; `labs` are those of
 * this machine. A person whose name has no Latin letters gets a number behind `base`.
 */
export function rosterNames(people: readonly string[], base: string, labs: readonly NamedLab[]): readonly NamedLab[] {
  const own = new Map(labs.flatMap(({ name, who }) => (who === undefined ? [] : [[who, name] as const])));
  const taken = new Set(labs.map(({ name }) => name));
  return people.map((who, index) => {
    const name = own.get(who) ?? freeName(latinName(who) ?? numbered(base, index + 1), base, taken);
    taken.add(name);
    return { name, who };
  });
}

function freeName(wished: string, base: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wished)) return wished;
  const stem = /^(.*)-\d+$/.exec(wished)?.[1] === base ? base : wished;
  let number = 2;
  while (taken.has(numbered(stem, number))) number += 1;
  return numbered(stem, number);
}

/** The letters of a name that a lab can have, accents taken off. */
function latinName(who: string): string | undefined {
  const plain = who
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, LONGEST_NAME)
    .replace(/-+$/, '');
  return plain === '' ? undefined : plain;
}

function numbered(base: string, number: number): string {
  const end = `-${number}`;
  return `${base.slice(0, LONGEST_NAME - end.length).replace(/-+$/, '')}${end}`;
}

/** The people in a file, one a line; blank lines and those after # count for nothing. Throws LabError `usage`. */
export function readRoster(file: string, cwd: string): readonly string[] {
  const path = resolve(cwd, file);
  const people = peopleIn(textOf(path), path);
  if (people.length > 0) return people;
  throw new LabError('usage', `${path} names nobody`, { hint: 'write one name on each line' });
}

/** Pure. */
export function peopleIn(text: string, path: string): readonly string[] {
  const lines = new Map<string, number>();
  for (const [index, written] of text.split('\n').entries()) {
    const who = written.replace(/#.*/, '').trim().replaceAll(/\s+/g, ' ');
    if (who === '') continue;
    const earlier = lines.get(who);
    if (earlier !== undefined)
      throw new LabError('usage', `${path}:${index + 1}: ${who} stands in line ${earlier} already`, {
        hint: 'write one name on each line, and tell two people of one name apart',
      });
    lines.set(who, index + 1);
  }
  return [...lines.keys()];
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new LabError('usage', `the roster ${path} cannot be read: ${messageOf(cause)}`, {
      hint: 'name a text file with one name on each line',
      cause,
    });
  }
}
