import type { CibConstraint } from '../../model/cib.js';
import { isTrue, parseScore } from '../../model/pacemaker-values.js';
import { roleFromWord } from '../words.js';
import { childNamed, type XmlElement } from '../xml-tree.js';

type Element = XmlElement;
type Other = Extract<CibConstraint, { kind: 'other' }>;

export function constraintOf(element: Element): readonly CibConstraint[] {
  switch (element.name) {
    case 'rsc_location':
      return [locationOf(element)];
    case 'rsc_colocation':
      return [colocationOf(element)];
    case 'rsc_order':
      return [orderOf(element)];
    default:
      return [otherOf(element)];
  }
}

function locationOf(element: Element): CibConstraint {
  const { id = '', rsc, node, role } = element.attributes;
  const score = parseScore(element.attributes.score);
  if (rsc === undefined || childNamed(element, 'resource_set') !== undefined) return otherOf(element);
  return {
    kind: 'location',
    id,
    resource: rsc,
    ...(node === undefined ? {} : { node }),
    ...(score === undefined ? {} : { score }),
    ...roleOf('role', role),
  };
}

function colocationOf(element: Element): CibConstraint {
  const { id = '', rsc, 'with-rsc': withResource, 'node-attribute': nodeAttribute } = element.attributes;
  const score = parseScore(element.attributes.score);
  if (rsc === undefined || withResource === undefined || score === undefined) return otherOf(element);
  return {
    kind: 'colocation',
    id,
    resource: rsc,
    withResource,
    score,
    ...roleOf('role', element.attributes['rsc-role']),
    ...roleOf('withRole', element.attributes['with-rsc-role']),
    ...(nodeAttribute === undefined ? {} : { nodeAttribute }),
  };
}

/** Up to 1.1 a `score` could stand where `kind` does today: 0 is Optional, anything else Mandatory. */
function orderOf(element: Element): CibConstraint {
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

function otherOf({ name, attributes }: Element): Other {
  return { kind: 'other', id: attributes.id ?? '', element: name };
}

function roleOf<K extends string>(key: K, word: string | undefined): { readonly [P in K]?: string } {
  if (word === undefined) return {};
  return { [key]: roleFromWord(word) ?? word } as { readonly [P in K]?: string };
}
