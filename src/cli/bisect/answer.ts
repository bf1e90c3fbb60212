import { defined } from '../../model/defined.js';
import type { Deb, Package } from '../../model/stack.js';
import type { Turn } from '../../nightly/turns.js';
import type { Row } from '../../stack/changes.js';
import type { AnswerOf } from '../answers/index.js';
import type { End } from './search.js';
import type { StateResult } from './try-state.js';

type BisectJson = Omit<AnswerOf<'bisect'>, 'schema'>;

interface Bisection {
  readonly place: Pick<BisectJson, 'folder' | 'scenario' | 'lab' | 'image' | 'sources'>;
  readonly turn: Turn | undefined;
  readonly row: Row;
  readonly debs: readonly Deb[];
  readonly installed: readonly Package[];
  readonly results: ReadonlyMap<number, StateResult>;
}

/** Pure. */
export function bisectJson(
  { place, turn, row, debs, installed, results }: Bisection,
  end: End | { readonly kind: 'planned' },
): BisectJson {
  const changeAt = (state: number) => {
    const change = row.changes[state - 1];
    return change && { name: change.source, version: change.version };
  };
  const suspects = end.kind === 'between' ? row.changes.slice(end.passed, end.failed) : undefined;
  return {
    ...place,
    ...defined({ nights: turn && { green: turn.green.night, red: turn.red.night } }),
    result: end.kind,
    ...defined({
      found: end.kind === 'found' ? foundAt(end.state) : undefined,
      suspects: suspects?.map(({ source, version }) => ({ name: source, version })),
    }),
    states: [0, ...row.changes.map((_, index) => index + 1)].map((state) => ({
      state,
      ...defined({ change: changeAt(state) }),
      ...(results.get(state) ?? { runs: [] }),
    })),
  };

  function foundAt(state: number): BisectJson['found'] {
    const change = row.changes[state - 1];
    if (change === undefined) return undefined;
    const { source, version } = change;
    const before = [...row.start, ...row.changes.slice(0, state - 1)].findLast((each) => each.source === source);
    const own = new Set(installed.map(({ name }) => name));
    const packages = debs.filter((deb) => deb.source === source && deb.sourceVersion === version && own.has(deb.name));
    return { name: source, version, before: before?.version ?? '', packages: packages.map(({ name }) => name) };
  }
}
