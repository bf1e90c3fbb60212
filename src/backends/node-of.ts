import { LabError } from '../model/errors.js';
import type { LabInstance, LabNode } from '../model/lab.js';

/** Throws LabError `node-not-found`, naming the nodes there are. */
export function nodeOf(instance: LabInstance, name: string): LabNode {
  const node = instance.lab.nodes.find((each) => each.name === name);
  if (node) return node;
  throw new LabError('node-not-found', `the lab ${instance.name} has no node ${name}`, {
    hint: `its nodes: ${instance.lab.nodes.map((each) => each.name).join(', ')}`,
  });
}
