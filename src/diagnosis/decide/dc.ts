import { about, CLUSTER, item, type Meaning } from '../meaning.js';
import type { Situation } from '../situation.js';

/** Who decides, and whether all members decide by the same rules. */
export function dcItems({ state }: Situation): readonly Meaning[] {
  const items: Meaning[] = [];
  const { dc, dcIsNone, mixedVersion, nodes } = state;
  if (dc !== undefined) {
    const version = dc.version === undefined ? {} : { version: dc.version };
    items.push(item('dc', 'good', about('node', dc.name), version));
  } else if (dcIsNone === true) {
    const members = nodes.filter(({ type }) => type === 'member');
    const online = members.filter((node) => node.online).length;
    items.push(item('dc-none', 'problem', CLUSTER, { online, known: members.length }));
  }
  const sets = featureSets(nodes);
  if (Object.keys(sets).length > 1) items.push(item('feature-sets', 'warning', CLUSTER, { sets }));
  else if (mixedVersion === true) items.push(item('mixed-version', 'warning', CLUSTER, {}));
  return items;
}

/** A set that a node has not told yet (`<3.15.1`) is no set of its own. */
function featureSets(nodes: Situation['state']['nodes']): Readonly<Record<string, readonly string[]>> {
  const sets: Record<string, string[]> = {};
  for (const { name, type, online, featureSet } of nodes) {
    if (type !== 'member' || !online || featureSet === undefined || featureSet.startsWith('<')) continue;
    sets[featureSet] = [...(sets[featureSet] ?? []), name];
  }
  return sets;
}
