import type { CibBundle, CibClone, CibConstraint, CibGroup, CibPrimitive, CibResource } from '../../model/cib.js';
import { defined } from '../../model/defined.js';
import { isTrue, parseScore, roleFromWord } from '../../model/pacemaker-values.js';
import { childNamed, childrenNamed, parseXml, type XmlElement } from '../xml-tree.js';

type Values = Readonly<Record<string, string>>;

/** `undefined` for any other element: a template, a tag, or something newer. */
export function resourceOf(element: XmlElement): CibResource | undefined {
  switch (element.name) {
    case 'primitive':
      return primitiveOf(element);
    case 'group':
      return groupOf(element);
    case 'clone':
    case 'master':
      return cloneOf(element);
    case 'bundle':
      return bundleOf(element);
    default:
      return undefined;
  }
}

/** Pure. Primitives at any depth, in XML with or without text before it; none where the XML is broken. */
export function primitivesIn(printed: string): readonly CibPrimitive[] {
  const found: CibPrimitive[] = [];
  const xml = printed.slice(printed.indexOf('<')).replace(/^<\?xml[^>]*>/, '');
  const queue: XmlElement[] = [rootOf(`<printed>${xml}</printed>`)].flatMap((root) => root ?? []);
  for (let element = queue.shift(); element !== undefined; element = queue.shift()) {
    if (element.name === 'primitive') found.push(primitiveOf(element));
    queue.push(...element.children);
  }
  return found;
}

function rootOf(xml: string): XmlElement | undefined {
  try {
    return parseXml(xml);
  } catch (error) {
    if (error instanceof Error) return undefined;
    throw error;
  }
}

/** The first set that contains a name wins, because the set with the highest score comes first; rules are not evaluated. */
export function nvpairsIn(sets: readonly XmlElement[]): Values {
  const values: Record<string, string> = {};
  for (const set of sets) {
    for (const { attributes } of childrenNamed(set, 'nvpair')) {
      const { name, value } = attributes;
      if (name !== undefined && value !== undefined && !Object.hasOwn(values, name)) values[name] = value;
    }
  }
  return values;
}

function primitiveOf(element: XmlElement): CibPrimitive {
  const { id = '', class: standard = '', provider, type = '' } = element.attributes;
  return {
    kind: 'primitive',
    id,
    agent: [standard, provider, type].filter((part) => part !== undefined && part !== '').join(':'),
    parameters: masked(nvpairsIn(childrenNamed(element, 'instance_attributes'))),
    meta: metaOf(element),
  };
}

/** Masks secrets, because parameters are stored as evidence and printed; fence agents have a `passwd` among theirs. */
function masked(parameters: Values): Values {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [name, /pass|secret|token/i.test(name) ? '***' : value]),
  );
}

function groupOf(element: XmlElement): CibGroup {
  return {
    kind: 'group',
    id: element.attributes.id ?? '',
    members: childrenNamed(element, 'primitive').map(primitiveOf),
    meta: metaOf(element),
  };
}

function cloneOf(element: XmlElement): CibClone | undefined {
  const primitive = childNamed(element, 'primitive');
  const group = childNamed(element, 'group');
  const child = primitive ? primitiveOf(primitive) : group ? groupOf(group) : undefined;
  if (child === undefined) return undefined;
  const meta = metaOf(element);
  return {
    kind: 'clone',
    id: element.attributes.id ?? '',
    child,
    promotable: element.name === 'master' || isTrue(meta.promotable),
    meta,
  };
}

function bundleOf(element: XmlElement): CibBundle {
  const primitive = childNamed(element, 'primitive');
  return {
    kind: 'bundle',
    id: element.attributes.id ?? '',
    ...(primitive ? { primitive: primitiveOf(primitive) } : {}),
    meta: metaOf(element),
  };
}

function metaOf(element: XmlElement): Values {
  return nvpairsIn(childrenNamed(element, 'meta_attributes'));
}

export function constraintOf(element: XmlElement): CibConstraint {
  switch (element.name) {
    case 'rsc_location':
      return locationOf(element);
    case 'rsc_colocation':
      return colocationOf(element);
    case 'rsc_order':
      return orderOf(element);
    default:
      return otherOf(element);
  }
}

function locationOf(element: XmlElement): CibConstraint {
  const { id = '', rsc, node, role } = element.attributes;
  const score = parseScore(element.attributes.score);
  const { 'resource-discovery': discovery = 'always' } = element.attributes;
  if (rsc === undefined || childNamed(element, 'resource_set') !== undefined) return otherOf(element);
  return {
    kind: 'location',
    id,
    resource: rsc,
    ...defined({ node, score, role: roleNamed(role), discovery: discovery === 'always' ? undefined : discovery }),
  };
}

function colocationOf(element: XmlElement): CibConstraint {
  const { id = '', rsc, 'with-rsc': withResource, 'node-attribute': nodeAttribute } = element.attributes;
  const { 'rsc-role': role, 'with-rsc-role': withRole } = element.attributes;
  const score = parseScore(element.attributes.score);
  if (rsc === undefined || withResource === undefined || score === undefined) return otherOf(element);
  return {
    kind: 'colocation',
    id,
    resource: rsc,
    withResource,
    score,
    ...defined({ role: roleNamed(role), withRole: roleNamed(withRole), nodeAttribute }),
  };
}

/** Up to 1.1 a constraint could have a `score` in place of `kind`: 0 means Optional, anything else Mandatory. */
function orderOf(element: XmlElement): CibConstraint {
  const { id = '', first, then: next, kind, score, symmetrical } = element.attributes;
  const { 'first-action': firstAction = 'start', 'then-action': nextAction = firstAction } = element.attributes;
  if (first === undefined || next === undefined) return otherOf(element);
  const byScore = parseScore(score) === 0 ? 'Optional' : 'Mandatory';
  const orderKind = kind === 'Optional' || kind === 'Serialize' || kind === 'Mandatory' ? kind : byScore;
  return {
    kind: 'order',
    id,
    first,
    next,
    firstAction,
    nextAction,
    orderKind,
    symmetrical: symmetrical === undefined ? orderKind !== 'Serialize' : isTrue(symmetrical),
  };
}

function otherOf({ name, attributes }: XmlElement): CibConstraint {
  return { kind: 'other', id: attributes.id ?? '', element: name };
}

function roleNamed(word: string | undefined): string | undefined {
  return word === undefined ? undefined : (roleFromWord(word) ?? word);
}
