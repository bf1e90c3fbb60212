import type { RawExpectation } from '../../config/scenario-schema.js';
import type { Effect } from '../row.js';
import type { Scene } from '../scene.js';
import { wasOf } from '../whom.js';

export const NOTICED = 'token + consensus + 20s';

/** The others have noticed that the node is gone. Where there is fencing it is unclean to them until it was fenced. */
export function lost(node: string, { isFencing }: Scene, seenFrom?: string): Effect {
  const seat = seenFrom === undefined ? {} : { 'seen-from': seenFrom };
  const offline: RawExpectation = { node: wasOf(node), is: 'offline', ...seat };
  const unclean: RawExpectation = { node: wasOf(node), is: 'unclean', ...seat };
  return { expect: [isFencing ? { 'any-of': [[offline], [unclean]] } : offline], within: NOTICED };
}
