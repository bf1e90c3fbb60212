import { createHash } from 'node:crypto';
import { unknownWord } from '../fields/value-problem.js';
import { ipv4Text, parseCidr, parseIpv4 } from '../model/ipv4.js';
import { haNodesOf, type Lab } from '../model/lab.js';
import { variationSchema } from './exercise-schema.js';
import { entriesOf, fieldOf, type Path, type Problem, type Replacement, type Source } from './source.js';

/** The student that an exercise is read for: both decide what is drawn, and nothing else does. */
export interface ForStudent {
  /** The class's. */
  readonly seed: string;
  readonly student: string;
}

/** An exercise's file with what was drawn filled in. */
interface Varied {
  readonly source: Source;
  readonly variant: Readonly<Record<string, string>>;
  readonly problems: readonly Problem[];
}

type Value = string | number;

/** Stand for what only a lab can tell. */
const ANY_ADDRESS = '192.0.2.1';
const ANY_NODES = ['ha-host1', 'ha-host2', 'ha-host3'];

const WORD = /\{vary(?: +([^\s{}]+))? *\}/g;

/** Fills `{vary NAME}` in everywhere. Without a student it is always the same; without a lab there are stand-ins. */
export function vary(source: Source, lab: Lab | undefined, student: ForStudent | undefined): Varied {
  const exercise = fieldOf(source.data, 'exercise');
  if (exercise === undefined) return { source, variant: {}, problems: [] };
  const seed = student === undefined ? 'halab' : JSON.stringify([student.seed, student.student]);
  const declared = entriesOf(fieldOf(exercise, 'vary'));
  const drawn = new Map<string, Value>();
  const problems: Problem[] = [];
  for (const [name, written] of declared) {
    const at: Path = ['exercise', 'vary', name];
    const { data: variation } = variationSchema.safeParse(written);
    if (variation === undefined) continue;
    const chance = chanceOf(`${seed}\n${String(fieldOf(source.data, 'id'))}\n${name}`);
    if ('free-in' in variation) {
      const address = freeAddress(variation['free-in'], lab, [...drawn.values()], chance);
      if (typeof address === 'string') drawn.set(name, address);
      else problems.push(source.problemAt([...at, 'free-in'], address));
      continue;
    }
    const { 'any-of': among, 'other-than': others } = variation;
    for (const other of others)
      if (!drawn.has(other))
        problems.push(source.problemAt([...at, 'other-than'], unknownWord('name above this one', other, drawn.keys())));
    const values: readonly Value[] = among === 'ha-nodes' ? nodesOf(lab) : among;
    const left = values.filter((value) => others.every((other) => value !== drawn.get(other)));
    const value = left[chance % left.length];
    if (value !== undefined) drawn.set(name, value);
    else
      problems.push(source.problemAt([...at, 'any-of'], { message: 'nothing is left to draw', hint: 'add another' }));
  }
  problems.push(...unknownNames(source, new Set(declared.map(([name]) => name))));
  const variant = Object.fromEntries([...drawn].map(([name, value]) => [name, String(value)]));
  return { source: source.again(replacementBy(drawn)), variant, problems };
}

/** A number that is decided by the text alone. */
function chanceOf(text: string): number {
  return createHash('sha256').update(text).digest().readUIntBE(0, 6);
}

function nodesOf(lab: Lab | undefined): readonly string[] {
  return lab === undefined ? ANY_NODES : haNodesOf(lab).map(({ name }) => name);
}

/** Neither the first nor the last address of the network, nor one that the lab or the exercise uses. */
function freeAddress(network: string, lab: Lab | undefined, drawn: readonly Value[], chance: number) {
  if (lab === undefined) return ANY_ADDRESS;
  const range = parseCidr(lab.networks.find(({ name }) => name === network)?.cidr ?? '');
  if (range === undefined)
    return unknownWord(
      `network of lab ${lab.name}`,
      network,
      lab.networks.map(({ name }) => name),
    );
  const used = new Set(
    [...lab.nodes.flatMap(({ links }) => links), ...lab.addresses, ...drawn.map((address) => ({ address }))].map(
      ({ address }) => parseIpv4(String(address)),
    ),
  );
  // VirtualBox gives the first address after the network's own to the host.
  const [first, size] = [range.first + 2, range.last - range.first - 2];
  const free = Array.from({ length: Math.min(size, used.size + 1) }, (_, index) => first + ((chance + index) % size));
  const found = free.find((address) => !used.has(address));
  if (found !== undefined) return ipv4Text(found);
  return { message: `network ${network} has no free address`, hint: 'use a lab with a larger network' };
}

function unknownNames(source: Source, known: ReadonlySet<string>): readonly Problem[] {
  const problems: Problem[] = [];
  const visit = (value: unknown, path: Path): void => {
    if (Array.isArray(value)) for (const [index, each] of value.entries()) visit(each, [...path, index]);
    for (const [key, each] of entriesOf(value)) visit(each, [...path, key]);
    if (typeof value !== 'string') return;
    for (const { 1: name = '', index: offset } of value.matchAll(WORD))
      if (!known.has(name))
        problems.push(source.problemAt(path, { ...unknownWord('name of vary', name, known), offset }));
  };
  visit(source.data, []);
  return problems;
}

/** A text that is nothing but the word becomes the value itself, so that a number stays one. */
function replacementBy(drawn: ReadonlyMap<string, Value>): Replacement {
  const filled = (whole: string, name: string | undefined): string => String(drawn.get(name ?? '') ?? whole);
  return {
    value(text) {
      const [only] = text.matchAll(WORD);
      if (only?.[0] === text) return drawn.get(only[1] ?? '') ?? text;
      return text.replace(WORD, filled);
    },
    writtenOffset(text, offset) {
      let longer = 0;
      for (const { 0: whole, 1: name, index } of text.matchAll(WORD)) {
        if (index + longer >= offset) break;
        const grown = filled(whole, name).length - whole.length;
        if (index + longer + whole.length + grown > offset) return index;
        longer += grown;
      }
      return offset - longer;
    },
  };
}
