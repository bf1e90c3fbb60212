import type { Target } from './scenario.js';

/** As a scenario writes it: a node's name, `all`, or a role in braces. */
export function targetText(target: Target): string {
  return target.kind === 'node' || target.kind === 'all' ? roleText(target) : `{${roleText(target)}}`;
}

/** The same without braces: `was holder of vip`. */
export function roleText(target: Target): string {
  const was = isPast(target) && target.kind !== 'other' ? 'was ' : '';
  return was + roleKey(target);
}

/** The name a role is recorded under: `holder of vip`, with or without `was`. */
export function roleKey(target: Target): string {
  switch (target.kind) {
    case 'node':
      return target.name;
    case 'all':
    case 'dc':
    case 'storage':
      return target.kind;
    case 'holder':
      return `holder of ${target.resource}`;
    case 'other':
      return `any other than ${roleText(target.than)}`;
  }
}

/** Whether it refers to a previously recorded node. */
export function isPast(target: Target): boolean {
  return target.kind === 'dc' || target.kind === 'holder' ? target.was : target.kind === 'other' && isPast(target.than);
}
