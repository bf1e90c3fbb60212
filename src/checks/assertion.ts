import { AssertionError, expect as chaiExpect, use } from 'chai';
import type { ClusterState } from '../model/cluster-state.js';
import type { Judgement } from '../model/verdict.js';
import { clusterPlugin } from './chai-plugin.js';

use(clusterPlugin);

export function expectState(state: ClusterState): Chai.Assertion {
  return chaiExpect(state);
}

/** A failed assertion is a verdict, with its message as what was seen; any other error is not for a verdict to hide. */
export function judgeBy(look: () => string): Judgement {
  try {
    return { verdict: 'passed', seen: look() };
  } catch (error) {
    if (error instanceof AssertionError) return { verdict: 'failed', seen: error.message };
    throw error;
  }
}
