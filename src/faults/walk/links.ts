import { haNodesOf, type LabNode } from '../../model/lab.js';
import type { Scene } from './scene.js';
import { isRole } from './targets.js';

/** Links that it has whoever is meant. */
export function linksOf(target: string, { lab }: Scene): readonly string[] {
  const nodes = meant(target, lab);
  const [first, ...others] = nodes.map(({ links }) => links.map(({ name }) => name));
  return (first ?? []).filter((link) => others.every((links) => links.includes(link)));
}

function meant(target: string, lab: Scene['lab']): readonly LabNode[] {
  const hosts = haNodesOf(lab);
  return isRole(target) ? hosts : hosts.filter(({ name }) => name === target);
}
