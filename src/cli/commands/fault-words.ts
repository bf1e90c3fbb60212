import { LabError } from '../../model/errors.js';
import { type LabInstance, type LabNode, linkOf } from '../../model/lab.js';
import { unknownOne } from '../unknown-one.js';

/** Words of `halab fault inject` that several kinds of fault have. */

export function nodeNamed(name: string, { name: lab, lab: { nodes } }: LabInstance): LabNode {
  const found = nodes.find((node) => node.name === name);
  if (found !== undefined) return found;
  const known = nodes.map((node) => node.name);
  throw unknownOne(`node of ${lab}`, name, known, 'node-not-found');
}

export function linkOn(node: LabNode, link: string): string {
  if (linkOf(node, link) !== undefined) return link;
  const known = node.links.map(({ name }) => name);
  throw unknownOne(`link of ${node.name}`, link, known, 'link-not-found');
}

export function needed(value: string | undefined, flag: string, example: string): string {
  if (value !== undefined) return value;
  throw new LabError('usage', `this fault needs ${flag}`, { hint: `Add ${flag}, such as ${flag} ${example}.` });
}
