import type { ClusterOptions, ClusterState, ConfiguredCounts, LastChange } from '../../model/cluster-state.js';
import { childNamed, type XmlElement } from '../xml-tree.js';
import { known, numberOf, textOf, truthOf } from './values.js';

type Summary = Pick<ClusterState, 'options' | 'counts'> &
  Partial<Pick<ClusterState, 'stack' | 'dc' | 'dcIsNone' | 'quorate' | 'mixedVersion' | 'updatedAt' | 'lastChange'>>;

/** `<summary>`; 1.1 prints no last change and no options, and `mixed_version` came with 2.1. */
export function summaryOf(summary: XmlElement | undefined): Summary {
  return {
    ...known({
      stack: textOf(childNamed(summary, 'stack')?.attributes, 'type'),
      updatedAt: textOf(childNamed(summary, 'last_update')?.attributes, 'time'),
      lastChange: lastChangeOf(childNamed(summary, 'last_change')),
    }),
    ...dcOf(childNamed(summary, 'current_dc')),
    options: optionsOf(childNamed(summary, 'cluster_options')),
    counts: countsOf(summary),
  };
}

function dcOf(
  element: XmlElement | undefined,
): Partial<Pick<ClusterState, 'dc' | 'dcIsNone' | 'quorate' | 'mixedVersion'>> {
  const attributes = element?.attributes;
  const name = textOf(attributes, 'name');
  if (truthOf(attributes, 'present') === false) return { dcIsNone: true };
  if (name === undefined) return {};
  return known({
    dc: { name, ...known({ id: textOf(attributes, 'id'), version: textOf(attributes, 'version') }) },
    quorate: truthOf(attributes, 'with_quorum'),
    mixedVersion: truthOf(attributes, 'mixed_version'),
  });
}

function lastChangeOf(element: XmlElement | undefined): LastChange | undefined {
  const attributes = element?.attributes;
  const who = known({
    user: textOf(attributes, 'user'),
    via: textOf(attributes, 'client'),
    node: textOf(attributes, 'origin'),
  });
  const at = textOf(attributes, 'time');
  return at === undefined && Object.keys(who).length === 0 ? undefined : { at: at ?? '', ...who };
}

function optionsOf(element: XmlElement | undefined): ClusterOptions {
  const attributes = element?.attributes;
  return known({
    // 3.0.2 prints both names, and means to drop the older one.
    stonithEnabled: truthOf(attributes, 'fencing-enabled') ?? truthOf(attributes, 'stonith-enabled'),
    maintenanceMode: truthOf(attributes, 'maintenance-mode'),
    stopAllResources: truthOf(attributes, 'stop-all-resources'),
    symmetric: truthOf(attributes, 'symmetric-cluster'),
    noQuorumPolicy: textOf(attributes, 'no-quorum-policy'),
  });
}

function countsOf(summary: XmlElement | undefined): ConfiguredCounts {
  const nodes = childNamed(summary, 'nodes_configured')?.attributes;
  const resources = childNamed(summary, 'resources_configured')?.attributes;
  return known({
    nodes: numberOf(nodes, 'number'),
    expectedVotes: numberOf(nodes, 'expected_votes'),
    resources: numberOf(resources, 'number'),
    disabled: numberOf(resources, 'disabled'),
    blocked: numberOf(resources, 'blocked'),
  });
}
