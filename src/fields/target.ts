import { nearest } from '../model/nearest.js';
import type { Target } from '../model/target.js';
import type { ValueProblem } from './value-problem.js';

const FORMS = [
  '{dc}',
  '{was dc}',
  '{holder of vip}',
  '{was holder of vip}',
  '{any other than dc}',
  '{storage}',
  '{client}',
  '{as victim}',
] as const;
const KNOWN = `a node's name, all, {dc}, {was dc}, {holder of RESOURCE}, {was holder of RESOURCE}, {any other than …}, {storage}, {client} or {as NAME}`;

/** The name of a node that a step keeps. */
const KEPT_NAME = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;

export function readTarget(text: string): Target | ValueProblem {
  if (text === 'all') return { kind: 'all' };
  const inner = /^\{(.*)\}$/.exec(text)?.[1];
  if (inner !== undefined) return readRole(words(inner)) ?? notARole(text);
  if (/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(text)) return { kind: 'node', name: text };
  return { message: `'${text}' is not a target`, hint: `write ${KNOWN}` };
}

function readRole(role: readonly string[]): Target | undefined {
  const [first, second, third, ...rest] = role;
  if (first === 'any' && second === 'other' && third === 'than' && rest.length > 0) {
    const than = readRole(rest) ?? plainNode(rest);
    return than === undefined || than.kind === 'other' ? undefined : { kind: 'other', than };
  }
  const was = first === 'was';
  const [what, of, resource, ...more] = was ? role.slice(1) : role;
  if (first === 'as' && second !== undefined && third === undefined)
    return KEPT_NAME.test(second) ? { kind: 'kept', name: second } : undefined;
  if ((what === 'storage' || what === 'client') && !was && of === undefined) return { kind: what };
  if (what === 'dc' && of === undefined) return { kind: 'dc', was };
  if (what === 'holder' && of === 'of' && resource !== undefined && more.length === 0)
    return { kind: 'holder', resource, was };
  return undefined;
}

function plainNode(role: readonly string[]): Target | undefined {
  const [name, ...more] = role;
  const target = name === undefined || more.length > 0 ? undefined : readTarget(name);
  return target !== undefined && 'kind' in target && target.kind === 'node' ? target : undefined;
}

function words(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

function notARole(text: string): ValueProblem {
  const near = nearest(text, FORMS);
  const message = `'${text}' is not a role`;
  if (near !== undefined) return { message: `${message}, did you mean '${near}'?`, hint: `Known: ${KNOWN}.` };
  return { message, hint: `write ${KNOWN}` };
}
