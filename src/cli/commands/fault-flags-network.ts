import { everyWrong, repetitionFrom } from '../../config/repetition.js';
import { quantityWrong, SHAPING_KEYS, shapingFromWords, shapingWrong } from '../../config/shaping.js';
import { LabError } from '../../model/errors.js';
import { haNodesOf, type LabNode } from '../../model/lab.js';
import { MOST_KILLS, type Repetition } from '../../model/scenario.js';
import type { Shaping } from '../../model/shaping.js';
import type { Scene } from './fault-flags.js';
import { linkOn, needed, nodeNamed } from './fault-words.js';

/** Kinds that name their nodes by a flag, or mean all. */
export const WITHOUT_NODE: readonly string[] = ['partition', 'ring'];

/** `ha-host1/ha-host2,ha-host3` or `ha-host1/rest`. */
export function groupsFrom({ flags, instance }: Scene): readonly (readonly string[])[] {
  const words = needed(flags.groups, '--groups', 'ha-host1/rest').split('/');
  const groups = words.map((word, index) => {
    if (word !== 'rest' || index < words.length - 1)
      return word.split(',').map((name) => nodeNamed(name, instance).name);
    const named = words.slice(0, -1).flatMap((group) => group.split(','));
    return haNodesOf(instance.lab).flatMap(({ name }) => (named.includes(name) ? [] : [name]));
  });
  if (groups.length < 2 || groups.some((group) => group.length === 0))
    throw new LabError('usage', `--groups ${words.join('/')} parts nobody`, {
      hint: 'Give two groups or more with a / between them, such as ha-host1/ha-host2,ha-host3.',
    });
  return once(groups.flat(), groups);
}

/** All HA nodes in the order of the lab, unless told. */
export function ringFrom({ flags, instance }: Scene): readonly string[] {
  const names = flags.nodes?.split(',').map((name) => nodeNamed(name, instance).name);
  const nodes = names ?? haNodesOf(instance.lab).map(({ name }) => name);
  if (nodes.length >= 3) return once(nodes, nodes);
  throw new LabError('usage', `a ring takes 3 nodes, and these are ${nodes.length}: ${nodes.join(', ')}`, {
    hint: 'Use a partition or one-way-loss.',
  });
}

function once<T>(names: readonly string[], told: T): T {
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice === undefined) return told;
  throw new LabError('usage', `${twice} is named twice`, { hint: 'Name each node once.' });
}

/** Every node that the fault is about must have it; left out, it is all links that carry the cluster. */
export function linkOfEach({ flags, instance }: Scene, names: readonly string[]): { readonly link?: string } {
  const { link } = flags;
  if (link === undefined) return {};
  const nodes = instance.lab.nodes.filter(({ name }) => names.includes(name));
  return { link: nodes.map((node: LabNode) => linkOn(node, link))[0] ?? link };
}

export function shapingFrom({ flags }: Scene): Shaping {
  const words = Object.fromEntries(SHAPING_KEYS.map((key) => [key, flags[key]]));
  const wrong =
    SHAPING_KEYS.map((key) => flags[key] !== undefined && quantityWrong(key, flags[key])).find((found) => found) ||
    shapingWrong(words);
  if (wrong) throw new LabError('usage', wrong.message, { hint: wrong.hint });
  return shapingFromWords(words);
}

/** Nothing where it is to be killed once. */
export function repetitionOf({ flags: { times, every } }: Scene): Partial<Repetition> {
  if (times === undefined && every === undefined) return {};
  const count = Number(times);
  if (!Number.isInteger(count) || count < 2 || count > MOST_KILLS)
    throw new LabError(
      'usage',
      times === undefined ? '--every takes --times' : `--times ${times} is not a repetition`,
      {
        hint: `--times takes a whole number from 2 to ${MOST_KILLS}.`,
      },
    );
  const wrong = every === undefined ? undefined : everyWrong(every);
  if (wrong !== undefined) throw new LabError('usage', wrong.message, { hint: wrong.hint });
  return repetitionFrom(count, every);
}
