import { LabError } from '../../model/errors.js';

export interface RandomFlags {
  readonly random?: number;
  readonly given?: string;
  readonly shrink?: number;
  readonly write?: string;
  readonly set?: string;
}

/** Throws LabError `usage` for what makes no sense together. */
export function checkRandomFlags(selectors: readonly string[], flags: RandomFlags): void {
  const { random, given, write, set } = flags;
  if (random !== undefined && selectors.length > 0)
    throw new LabError('usage', `--random draws its own scenario, and ${selectors.join(', ')} is asked for as well`, {
      hint: 'leave one of them out; --given names the set-ups that a random walk stands on',
    });
  if (random !== undefined && set !== undefined)
    throw new LabError('usage', '--set picks among scenario files, and --random draws its own', {
      hint: 'leave one of them out',
    });
  if (random !== undefined) return;
  const alone = given !== undefined ? '--given' : write !== undefined ? '--write' : undefined;
  if (alone !== undefined)
    throw new LabError('usage', `${alone} is for random walks`, { hint: 'add --random N, or leave it out' });
  if (selectors.length === 0)
    throw new LabError('usage', 'no scenario is named', {
      hint: 'halab run SCENARIO runs ids, files or folders; halab run --random N draws faults',
    });
}

/** Ids with commas, blanks around them allowed. */
export function setUpsOf(given: string): readonly string[] {
  const ids = given
    .split(',')
    .map((id) => id.trim())
    .filter((id) => id !== '');
  if (ids.length > 0) return ids;
  throw new LabError('usage', '--given names no set-up', {
    hint: 'form-cluster at least, such as form-cluster,fencing-off',
  });
}
