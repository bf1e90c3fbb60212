import type { Ban, FailCount, NodeAttribute, Ticket } from '../../model/cluster-state.js';
import { childrenNamed, type XmlElement } from '../xml-tree.js';
import { known, numberOf, textOf, truthOf } from './values.js';

/** One `<node>` of `<node_attributes>`. */
export function attributesOf(node: XmlElement): readonly NodeAttribute[] {
  return childrenNamed(node, 'attribute').map(({ attributes }) => ({
    node: node.attributes.name ?? '',
    name: attributes.name ?? '',
    value: attributes.value ?? '',
  }));
}

/** One `<node>` of `<node_history>`; the history of an orphan has no threshold and tells nothing here. */
export function failCountsOf(node: XmlElement): readonly FailCount[] {
  return childrenNamed(node, 'resource_history').flatMap(({ attributes }) => {
    const counts = known({
      failCount: numberOf(attributes, 'fail-count'),
      migrationThreshold: numberOf(attributes, 'migration-threshold'),
      lastFailure: textOf(attributes, 'last-failure'),
    });
    if (Object.keys(counts).length === 0) return [];
    return [{ node: node.attributes.name ?? '', resource: attributes.id ?? '', ...counts }];
  });
}

export function ticketOf({ attributes }: XmlElement): Ticket {
  return {
    id: attributes.id ?? '',
    granted: attributes.status === 'granted',
    standby: truthOf(attributes, 'standby') ?? false,
    ...known({ lastGranted: textOf(attributes, 'last-granted') }),
  };
}

/** `master_only` up to 2.1. */
export function banOf({ attributes }: XmlElement): Ban {
  return {
    id: attributes.id ?? '',
    resource: attributes.resource ?? '',
    node: attributes.node ?? '',
    promotedOnly: truthOf(attributes, 'promoted-only') ?? truthOf(attributes, 'master_only') ?? false,
    ...known({ score: numberOf(attributes, 'weight') }),
  };
}
