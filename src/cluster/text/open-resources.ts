import type { Bundle, Clone, Group, Primitive, Resource } from '../../model/cluster-state.js';
import type { OpenReplica } from './bundle.js';
import type { Open, StatusDraft } from './draft.js';

interface Opened {
  readonly indent: number;
  /** A member stood deeper than the container itself: indentation was not lost. */
  indented?: boolean;
}

export interface OpenGroup extends Opened {
  readonly kind: 'group';
  readonly group: Open<Group> & { readonly members: Primitive[] };
  /** Of brief output: the agents whose members were counted. */
  readonly counted: Set<string>;
}

export interface OpenClone extends Opened {
  readonly kind: 'clone';
  readonly clone: Open<Clone> & { readonly instances: (Primitive | Group)[]; readonly stoppedOn: string[] };
}

export interface OpenBundle extends Opened {
  readonly kind: 'bundle';
  readonly bundle: Open<Bundle> & { readonly replicas: OpenReplica[] };
  /** The only replica, whose parts stand right under the bundle. */
  parts?: OpenReplica;
}

export interface OpenPart extends Opened {
  readonly kind: 'replica';
  readonly bundle: OpenBundle['bundle'];
  readonly replica: OpenReplica;
}

export type OpenResource = OpenGroup | OpenClone | OpenBundle | OpenPart;

/**
 * What a line stands in: the innermost container with less indentation. Where indentation was lost, the one that it `fits`.
 * What cannot have further members is forgotten, so that a text costs as many steps as it has lines.
 */
export function parentFor(
  { open }: StatusDraft,
  indent: number,
  fits: (container: OpenResource) => boolean,
): OpenResource | undefined {
  for (let container = open.at(-1); container !== undefined; container = open.at(-1)) {
    if (container.indent < indent) {
      container.indented = true;
      return container;
    }
    if (container.indent === indent && !container.indented && fits(container)) return container;
    open.pop();
  }
  return undefined;
}

export function addResource(draft: StatusDraft, parent: OpenResource | undefined, resource: Resource): boolean {
  draft.printed.add('resources');
  if (parent?.kind === 'clone' && (resource.kind === 'primitive' || resource.kind === 'group')) {
    parent.clone.instances.push(resource);
  } else if (parent?.kind === 'group' && resource.kind === 'primitive') parent.group.members.push(resource);
  else draft.resources.push(resource);
  return true;
}
