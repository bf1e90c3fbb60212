import { LabError } from '../model/errors.js';
import type { LabSnapshot } from '../ports/backend.js';

const NAME = /^[a-zA-Z0-9][a-zA-Z0-9._-]{0,62}$/;

/** Throws LabError `usage` where a snapshot of this name cannot be taken. */
export function requireNewName(instance: string, snapshot: string, known: readonly string[]): void {
  if (!NAME.test(snapshot)) {
    throw new LabError('usage', `${JSON.stringify(snapshot)} cannot be the name of a snapshot`, {
      hint: 'up to 63 of a-z, A-Z, 0-9, ., _ and -, beginning with a letter or a digit',
    });
  }
  if (!known.includes(snapshot)) return;
  throw new LabError('usage', `${instance} has a snapshot ${snapshot} already`, {
    hint: 'take another name, or remove that one first',
  });
}

/** Throws LabError `usage` where there is none of this name. */
export function requireKnownName(instance: string, snapshot: string, known: readonly string[]): void {
  if (known.includes(snapshot)) return;
  throw new LabError('usage', `${instance} has no snapshot ${snapshot} of all its nodes`, {
    hint: `it has: ${known.join(', ') || 'none'}`,
  });
}

/** Pure. */
export function oldestFirst(snapshots: readonly LabSnapshot[]): readonly LabSnapshot[] {
  return snapshots.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}
