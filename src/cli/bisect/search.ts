import { join } from 'node:path';
import { formatDuration, VERDICT_MARKS } from '../../report/format.js';
import { type Next, nextOfAll, nextState } from '../../stack/bisect.js';
import { type Row, wantedIn } from '../../stack/changes.js';
import type { Wanted } from '../../stack/chosen.js';
import type { StateResult } from './try-state.js';

interface SearchDeps {
  /** Each state in turn, instead of halving what is left. */
  readonly every: boolean;
  readonly folder: string;
  try(wanted: readonly Wanted[], folder: string): Promise<StateResult>;
  note(line: string): void;
}

export type End = Exclude<Next, { kind: 'try' }>;

/** Tries states until it is known with which change the failure came, or that it cannot be known. */
export async function search(row: Row, deps: SearchDeps) {
  const last = row.changes.length;
  const results = new Map<number, StateResult>();
  for (;;) {
    const tried = new Map([...results].map(([state, { outcome }]) => [state, outcome]));
    const next = deps.every ? nextOfAll(last, tried) : nextState(last, tried);
    if (next.kind !== 'try') return { results, end: next };
    const wanted = wantedIn(row, next.state);
    const what = wanted.map(({ name, version }) => `${name} ${version}`).join(', ') || 'the image as it is';
    deps.note(`▶ ${what}`);
    const result = await deps.try(wanted, join(deps.folder, String(next.state).padStart(3, '0')));
    results.set(next.state, result);
    const { outcome, durationMs, reason } = result;
    const why = reason === undefined || outcome === 'passed' ? '' : `  ${reason}`;
    deps.note(`${VERDICT_MARKS[outcome]} ${what}  ${formatDuration(durationMs)}${why}`);
  }
}
