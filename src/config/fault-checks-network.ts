import { haNodesOf, type Lab } from '../model/lab.js';
import { fieldOf, listOf, textOf } from './loose.js';
import { checkTarget } from './reference-checks.js';
import { SHAPING_KEYS, shapingWrong } from './shaping.js';
import type { Path, Source } from './source.js';

/** Of faults on several nodes: who they are, each once. */
export function checkSeveral(source: Source, at: Path, fault: unknown, lab: Lab): void {
  const kind = fieldOf(fault, 'kind');
  if (kind === 'partition') checkGroups(source, [...at, 'groups'], listOf(fieldOf(fault, 'groups')), lab);
  if (kind === 'ring') checkRing(source, at, fault, lab);
  if (kind === 'isolate' || kind === 'partition' || kind === 'ring') checkCarried(source, at, fault, lab);
}

function checkGroups(source: Source, at: Path, groups: readonly unknown[], lab: Lab): void {
  const places = groups.flatMap((group, index) =>
    listOf(group).map((word, inner) => ({ word, path: [...at, index, inner] })),
  );
  checkEach(source, places, lab);
  for (const [index, group] of groups.entries()) {
    if (group === 'rest' && index < groups.length - 1)
      source.report([...at, index], { message: 'rest is not the last group', hint: 'put it last, and once' });
  }
  const names = places.flatMap(({ word }) => textOf(word) ?? []);
  if (groups.at(-1) === 'rest' && haNodesOf(lab).every(({ name }) => names.includes(name)))
    source.report([...at, groups.length - 1], {
      message: 'nobody is left for rest: the other groups name every HA node',
      hint: 'leave it out',
    });
}

function checkRing(source: Source, at: Path, fault: unknown, lab: Lab): void {
  const nodes = fieldOf(fault, 'nodes');
  const written = listOf(nodes).map((word, index) => ({ word, path: [...at, 'nodes', index] }));
  checkEach(source, written, lab);
  const count = haNodesOf(lab).length;
  if (nodes !== undefined || count >= 3) return;
  const message = `a ring takes 3 nodes, and lab ${lab.name} has ${count}`;
  source.report([...at, 'kind'], { message, hint: 'use a partition or one-way-loss' });
}

interface Place {
  readonly word: unknown;
  readonly path: Path;
}

function checkEach(source: Source, places: readonly Place[], lab: Lab): void {
  for (const [index, { word, path }] of places.entries()) {
    checkTarget(source, path, word, lab, 'one');
    if (word !== 'all' && places.findIndex((other) => other.word === word) < index)
      source.report(path, { message: `'${textOf(word) ?? ''}' is named twice`, hint: 'name each node once' });
  }
}

/** Without a link it is those that carry the cluster. */
function checkCarried(source: Source, at: Path, fault: unknown, { name, networks }: Lab): void {
  if (fieldOf(fault, 'link') !== undefined || networks.some(({ carries }) => carries.includes('cluster'))) return;
  const message = `no network of lab ${name} carries the cluster`;
  source.report([...at, 'kind'], { message, hint: 'name a link, such as eth1' });
}

export function checkShape(source: Source, at: Path, fault: unknown): void {
  if (fieldOf(fault, 'kind') !== 'shape') return;
  const wrong = shapingWrong(Object.fromEntries(SHAPING_KEYS.map((key) => [key, textOf(fieldOf(fault, key))])));
  if (wrong !== undefined) source.report([...at, fieldOf(fault, 'jitter') === undefined ? 'kind' : 'jitter'], wrong);
}

export function checkRepetition(source: Source, at: Path, fault: unknown): void {
  if (fieldOf(fault, 'every') === undefined || fieldOf(fault, 'times') !== undefined) return;
  source.report([...at, 'every'], { message: 'every is of several kills, and this is one', hint: 'give times, too' });
}
