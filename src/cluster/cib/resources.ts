import type { CibBundle, CibClone, CibGroup, CibPrimitive, CibResource } from '../../model/cib.js';
import { isTrue } from '../../model/pacemaker-values.js';
import { childNamed, childrenNamed, type XmlElement } from '../xml-tree.js';

type Values = Readonly<Record<string, string>>;

/** `undefined` for what is no resource: a template, a tag, or something newer. */
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

/** Of several sets the first that has a name wins, as the one with the highest score stands first; rules are not evaluated. */
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

/** What is read here is kept as evidence and printed; fence agents have their `passwd` among their parameters. */
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
