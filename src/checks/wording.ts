import type { SeenFrom, Target } from '../model/scenario.js';

/** The target as a scenario writes it. */
export function describeTarget(target: Target): string {
  return target.kind === 'node' ? target.name : target.kind === 'all' ? 'all' : `{${role(target)}}`;
}

function role(target: Target): string {
  switch (target.kind) {
    case 'node':
      return target.name;
    case 'all':
    case 'storage':
      return target.kind;
    case 'dc':
      return target.was ? 'was dc' : 'dc';
    case 'holder':
      return `${target.was ? 'was ' : ''}holder of ${target.resource}`;
    case 'other':
      return `any other than ${role(target.than)}`;
  }
}

/** Ends a description; the majority's seat is the usual one and goes without saying. */
export function describeSeat(seenFrom: SeenFrom): string {
  return seenFrom.kind === 'majority' ? '' : `, as ${describeTarget(seenFrom.target)} sees it`;
}

export function quoted(value: string): string {
  return `"${value}"`;
}
