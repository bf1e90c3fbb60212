import type {
  Bundle,
  BundleReplica,
  Clone,
  Group,
  NodeState,
  Primitive,
  Resource,
  ResourceFlags,
  ResourceRole,
} from '../../model/cluster-state.js';
import { defined } from '../../model/defined.js';
import { foldAgent, roleFromWord } from '../../model/pacemaker-values.js';
import { baseId, instancesOf } from '../../model/resource-tree.js';
import { childrenNamed, numberOf, textOf, truthOf, type XmlElement } from '../xml-tree.js';

/** Facts about the nodes that the resources depend on. */
interface Surroundings {
  /** Nodes that are unclean and offline: crm_mon marks the resources that were active there as UNCLEAN. */
  readonly lost: ReadonlySet<string>;
}

export function surroundingsOf(nodes: readonly NodeState[]): Surroundings {
  return { lost: new Set(nodes.filter(({ online, unclean }) => unclean && !online).map(({ name }) => name)) };
}

/** One child of `<resources>` (`xml/api/resources-*.rng`); `undefined` for any other element. */
export function resourceOf(element: XmlElement, around: Surroundings): Resource | undefined {
  switch (element.name) {
    case 'resource':
      return primitiveOf(element, around);
    case 'group':
      return groupOf(element, around);
    case 'clone':
      return cloneOf(element, around);
    case 'bundle':
      return bundleOf(element, around);
    default:
      return undefined;
  }
}

/** In output grouped by node, crm_mon up to 2.0 does not repeat the node inside the resource; `on` names it. */
function primitiveOf(element: XmlElement, { lost }: Surroundings, on: readonly string[] = []): Primitive {
  const { attributes } = element;
  const printed = childrenNamed(element, 'node').map((node) => node.attributes.name ?? '');
  const nodes = printed.length > 0 ? printed : on;
  const { role, pending } = roleIn(attributes.role ?? '', textOf(attributes, 'pending'));
  return {
    kind: 'primitive',
    id: attributes.id ?? '',
    agent: foldAgent(attributes.resource_agent ?? ''),
    role,
    nodes,
    ...flagsOf(element),
    ...defined({
      pending,
      lockedTo: textOf(attributes, 'locked_to'),
      unclean: nodes.some((n) => lost.has(n)) || undefined,
    }),
  };
}

/**
 * Since crm_mon shows pending operations, a change of state is in `role`, and `pending` contains only monitors
 * (native_displayable_state in `lib/pengine/native.c`); a change in `pending` becomes the role as well.
 */
function roleIn(word: string, under: string | undefined): { role: ResourceRole; pending: string | undefined } {
  const changing = [under ?? '', word].find((each) => CHANGES.has(each));
  return { role: roleFromWord(changing ?? word) ?? 'Unknown', pending: under ?? changing };
}

const CHANGES: ReadonlySet<string> = new Set(['Starting', 'Stopping', 'Promoting', 'Demoting', 'Migrating']);

function groupOf(element: XmlElement, around: Surroundings): Group {
  const members = childrenNamed(element, 'resource').map((member) => primitiveOf(member, around));
  const notPrinted = (numberOf(element.attributes, 'number_resources') ?? 0) - members.length;
  return {
    kind: 'group',
    id: element.attributes.id ?? '',
    ...flagsOf(element),
    members,
    ...(notPrinted > 0 ? { notPrinted } : {}),
  };
}

function cloneOf(element: XmlElement, around: Surroundings): Clone {
  const { attributes } = element;
  const instances = element.children.flatMap((child): readonly (Primitive | Group)[] => {
    if (child.name === 'resource') return [primitiveOf(child, around)];
    return child.name === 'group' ? [groupOf(child, around)] : [];
  });
  const child = instances[0] === undefined ? undefined : baseId(instances[0].id);
  return {
    kind: 'clone',
    id: attributes.id ?? '',
    ...flagsOf(element),
    ...defined({ child }),
    promotable: truthOf(attributes, 'multi_state') ?? false,
    unique: truthOf(attributes, 'unique') ?? false,
    instances,
    stoppedOn: [],
  };
}

function bundleOf(element: XmlElement, around: Surroundings): Bundle {
  const { attributes } = element;
  const technology = textOf(attributes, 'type');
  return {
    kind: 'bundle',
    id: attributes.id ?? '',
    ...flagsOf(element),
    ...defined({ image: textOf(attributes, 'image'), technology }),
    unique: truthOf(attributes, 'unique') ?? false,
    replicas: childrenNamed(element, 'replica').map((replica) => replicaOf(replica, technology, around)),
  };
}

/** The container is the member with the agent of the technology, `ocf:heartbeat:docker` (`lib/pengine/bundle.c`). */
function replicaOf(element: XmlElement, technology: string | undefined, around: Surroundings): BundleReplica {
  const members = childrenNamed(element, 'resource').map((member) => primitiveOf(member, around));
  const container = members.find(({ agent }) => agent === `ocf:heartbeat:${technology}`);
  return {
    ...defined({ index: numberOf(element.attributes, 'id') }),
    role: container?.role ?? 'Unknown',
    nodes: container?.nodes ?? [],
    members,
  };
}

/** 3.0.2 and newer print `removed` and `orphaned`; up to 2.0 groups have no such attributes. */
function flagsOf({ attributes }: XmlElement): ResourceFlags {
  return {
    managed: truthOf(attributes, 'managed') ?? true,
    disabled: truthOf(attributes, 'disabled') ?? /^stopped$/i.test(attributes.target_role ?? ''),
    blocked: truthOf(attributes, 'blocked') ?? false,
    failed: truthOf(attributes, 'failed') ?? false,
    orphaned: truthOf(attributes, 'removed') ?? truthOf(attributes, 'orphaned') ?? false,
    ...defined({
      failureIgnored: truthOf(attributes, 'failure_ignored'),
      maintenance: truthOf(attributes, 'maintenance'),
    }),
  };
}

/**
 * The instances that `--group-by-node` prints under each node, without their containers. Those that `<resources>` contains
 * too, because their container is not fully active (`resource_list` in `lib/pengine/pe_output.c`), are left out.
 */
export function instancesByNode(
  nodes: readonly XmlElement[],
  listed: readonly Resource[],
  around: Surroundings,
): readonly Primitive[] {
  if (nodes.every(({ children }) => children.length === 0)) return [];
  const seen = new Map<string, number>();
  for (const { id, nodes: places } of instancesOf({ resources: listed })) {
    for (const place of places) seen.set(keyOf(id, place), (seen.get(keyOf(id, place)) ?? 0) + 1);
  }
  return nodes.flatMap((node) => {
    const name = node.attributes.name ?? '';
    return childrenNamed(node, 'resource').flatMap((element): readonly Primitive[] => {
      const instance = primitiveOf(element, around, [name]);
      const before = seen.get(keyOf(instance.id, name)) ?? 0;
      if (before > 0) {
        seen.set(keyOf(instance.id, name), before - 1);
        return [];
      }
      // An instance that is active on several nodes is printed under each of them.
      for (const place of instance.nodes) {
        if (place !== name) seen.set(keyOf(instance.id, place), (seen.get(keyOf(instance.id, place)) ?? 0) + 1);
      }
      return [instance];
    });
  });
}

function keyOf(id: string, node: string): string {
  return JSON.stringify([id, node]);
}
