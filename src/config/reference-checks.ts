import { unknownWord } from '../fields/nearest.js';
import { readTarget } from '../fields/target.js';
import { fillWords, wordsWrong } from '../fields/words.js';
import { parseIpv4 } from '../model/ipv4.js';
import type { Lab } from '../model/lab.js';
import { textOf } from './loose.js';
import type { Path, Source } from './source.js';

/** `one`: a single node must be meant; `any`: `all` will do too. Values that are no target at all are the schema's matter. */
export function checkTarget(source: Source, path: Path, value: unknown, lab: Lab, takes: 'one' | 'any'): void {
  const target = readTarget(textOf(value) ?? '');
  if (!('kind' in target)) return;
  const named = target.kind === 'other' ? target.than : target;
  if (target.kind === 'all' && takes === 'one') {
    const hint = 'name one node, or a role such as "{holder of vip}"';
    source.report(path, { message: `'all' is more than one node, and one is needed here`, hint });
  }
  if (named.kind === 'node' && lab.nodes.every(({ name }) => name !== named.name)) {
    source.report(
      path,
      unknownWord(
        `node of lab ${lab.name}`,
        named.name,
        lab.nodes.map(({ name }) => name),
      ),
    );
  }
  if (named.kind === 'storage' && lab.nodes.every(({ role }) => role !== 'storage')) {
    const hint = 'use another lab, or add a node with role: storage';
    source.report(path, { message: `lab ${lab.name} has no storage node`, hint });
  }
}

export function checkWords(source: Source, path: Path, value: unknown, lab: Lab): void {
  const wrong = wordsWrong(textOf(value) ?? '', lab);
  if (wrong !== undefined) source.report(path, wrong);
}

export function checkAddress(source: Source, path: Path, value: unknown, lab: Lab): void {
  const text = textOf(value);
  if (text === undefined || !text.includes('{')) return;
  const wrong = wordsWrong(text, lab);
  if (wrong !== undefined) {
    source.report(path, wrong);
  } else if (parseIpv4(fillWords(text, lab)) === undefined) {
    source.report(path, {
      message: `'${text}' does not come out as an IPv4 address`,
      hint: 'write "{address NAME}" and nothing else',
    });
  }
}
