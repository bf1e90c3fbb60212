/** What a state of the stack came to; `unknown`: it could not be made, or its run was inconclusive. */
export type Outcome = 'passed' | 'failed' | 'unknown';

/** State to what it came to. */
type Tried = ReadonlyMap<number, Outcome>;

export type Next =
  | { readonly kind: 'try'; readonly state: number }
  /** It passed before this change, and not after it. */
  | { readonly kind: 'found'; readonly state: number }
  /** It is one of the changes after `passed` up to `failed`; the states between them are inconclusive. */
  | { readonly kind: 'between'; readonly passed: number; readonly failed: number }
  /** The first and the last state do not differ. */
  | { readonly kind: 'alike'; readonly outcome: 'passed' | 'failed' }
  /** One of the two ends is inconclusive. */
  | { readonly kind: 'unclear'; readonly state: number };

/** Pure. The last state first, since without a fault there is nothing to look for; then the first; then the middle of what is left. */
export function nextState(last: number, tried: Tried): Next {
  for (const state of [last, 0]) {
    const outcome = tried.get(state);
    if (outcome === undefined) return { kind: 'try', state };
    if (outcome === 'unknown') return { kind: 'unclear', state };
    if (outcome === (state === last ? 'passed' : 'failed')) return { kind: 'alike', outcome };
  }
  const failed = Math.min(...statesOf(tried, 'failed'));
  const passed = Math.max(...statesOf(tried, 'passed').filter((state) => state < failed));
  if (failed - passed === 1) return { kind: 'found', state: failed };
  const middle = (passed + failed) / 2;
  const open = range(passed + 1, failed).filter((state) => !tried.has(state));
  const [nearest] = open.toSorted((one, other) => Math.abs(one - middle) - Math.abs(other - middle));
  return nearest === undefined ? { kind: 'between', passed, failed } : { kind: 'try', state: nearest };
}

/** Pure. Every state in turn, for a fault that a later change takes away again: the first change with which it came. */
export function nextOfAll(last: number, tried: Tried): Next {
  const open = range(0, last + 1).find((state) => !tried.has(state));
  if (open !== undefined) return { kind: 'try', state: open };
  const states = range(0, last + 1).filter((state) => tried.get(state) !== 'unknown');
  const [first] = states;
  if (first === undefined) return { kind: 'unclear', state: last };
  const at = states.findIndex((state, index) => tried.get(state) === 'failed' && index > 0);
  const [passed, failed] = [states[at - 1], states[at]];
  if (tried.get(first) === 'failed' || passed === undefined || failed === undefined)
    return { kind: 'alike', outcome: tried.get(first) === 'failed' ? 'failed' : 'passed' };
  return failed - passed === 1 ? { kind: 'found', state: failed } : { kind: 'between', passed, failed };
}

function statesOf(tried: Tried, wanted: Outcome): readonly number[] {
  return [...tried].filter(([, outcome]) => outcome === wanted).map(([state]) => state);
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}
