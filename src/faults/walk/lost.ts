import type { Effect, RawExpectation } from './row.js';
import type { Scene } from './scene.js';
import { wasOf } from './targets.js';

export const NOTICED = 'token + consensus + 20s';

/** The others have noticed that the node is gone. Where there is fencing it is unclean to them until it was fenced. */
export function lost(node: string, { isFencing }: Scene, seenFrom?: string): Effect {
  const seat = seenFrom === undefined ? {} : { 'seen-from': seenFrom };
  const offline: RawExpectation = { node: wasOf(node), is: 'offline', ...seat };
  const unclean: RawExpectation = { node: wasOf(node), is: 'unclean', ...seat };
  return { expect: [isFencing ? { 'any-of': [[offline], [unclean]] } : offline], within: NOTICED };
}

/** Round a second time: neighbours may first be lost to each other one by one. */
export const QUORUM_LOST: Effect = {
  expect: [{ quorum: false, 'seen-from': 'all' }],
  within: '2 * token + 2 * consensus + 20s',
};
