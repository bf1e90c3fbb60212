import type {
  ClusterOptions,
  ClusterState,
  ConfiguredCounts,
  LastChange,
  NodeState,
  NodeType,
} from '../../model/cluster-state.js';
import { childNamed, type XmlElement } from '../xml-tree.js';
import { type Attributes, known, numberOf, textOf, truthOf } from './values.js';

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

/** One `<node>` of `<nodes>` (`xml/api/nodes-*.rng`). */
export function nodeOf({ attributes }: XmlElement): NodeState {
  const pending = truthOf(attributes, 'pending') ?? false;
  const onFail = truthOf(attributes, 'standby_onfail');
  const standby = (truthOf(attributes, 'standby') || onFail) ?? false;
  const unclean = truthOf(attributes, 'unclean') ?? false;
  const running = numberOf(attributes, 'resources_running');
  return {
    name: attributes.name ?? '',
    type: typeOf(attributes),
    // pacemaker counts a node that has not joined as online and sets it to standby itself (lib/pengine/unpack.c).
    online: (truthOf(attributes, 'online') ?? false) && (!pending || unclean),
    standby: standby && !pending,
    maintenance: truthOf(attributes, 'maintenance') ?? false,
    pending,
    unclean,
    ...known({
      id: textOf(attributes, 'id'),
      standbyOnFail: onFail,
      standbyWithResources: standby && running !== undefined ? running > 0 : undefined,
      health: healthOf(attributes),
      featureSet: textOf(attributes, 'feature_set'),
      host: hostOf(attributes),
    }),
  };
}

/** A guest is the remote node that a resource of the cluster runs. */
function typeOf(attributes: Attributes): NodeType {
  if (hostOf(attributes) !== undefined) return 'guest';
  return attributes.type === 'remote' ? 'remote' : 'member';
}

/** `container_id` up to 1.1.13. */
function hostOf(attributes: Attributes): string | undefined {
  return textOf(attributes, 'id_as_resource') ?? textOf(attributes, 'container_id');
}

function healthOf({ health }: Attributes): NodeState['health'] {
  return health === 'green' || health === 'yellow' || health === 'red' ? health : undefined;
}
