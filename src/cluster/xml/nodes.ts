import type { NodeState, NodeType } from '../../model/cluster-state.js';
import type { XmlElement } from '../xml-tree.js';
import { type Attributes, known, numberOf, textOf, truthOf } from './values.js';

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
