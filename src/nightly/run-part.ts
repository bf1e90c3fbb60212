import { basename } from 'node:path';
import { cellId } from './cell.js';
import { resultsOf } from './results.js';
import type { RunFacts } from './run-facts.js';
import { signOf } from './signs.js';
import { foldNight } from './state.js';
import type { NightPart } from './summary.js';

/** A run that no night has started, as a night of its own: each of its scenarios is a cell. */
export function partOfRun(folder: string, facts: RunFacts | undefined, lastEvent: unknown): NightPart {
  const id = basename(folder);
  const sign = signOf(lastEvent);
  const at = sign?.at ?? '';
  const asked = facts?.scenarios.filter(({ asGiven }) => !asGiven) ?? [];
  const place = { lab: facts?.lab ?? 'unknown', image: facts?.image ?? 'unknown', repeat: 1 };
  const names = asked.length > 0 ? asked.map(({ scenario }) => scenario) : [id];
  const cells = names.map((scenario) => ({
    ...place,
    scenario,
    id: cellId({ ...place, scenario }),
    backend: '',
    requires: [],
    needs: { memoryMiB: 0, inotifyInstances: 0, cores: 0, abilities: [] },
    measures: false,
    expected: { ms: 0, from: 'estimate' as const, runs: 0 },
    unit: id,
  }));
  const results = resultsOf(cells, facts === undefined ? [] : [{ folder: '.', facts }]);
  const state = foldNight([
    { kind: 'night-started', night: id, machine: '', pool: 'local', file: folder, halab: '', at },
    { kind: 'attempt-started', attempt: id, unit: id, cells: cells.map((cell) => cell.id), lab: '', folder: '.', at },
    {
      kind: 'attempt-ended',
      attempt: id,
      outcome: results === undefined ? 'lost' : 'finished',
      ...(results === undefined ? { reason: 'it ended without a result' } : {}),
      ...(sign === undefined ? {} : { lastSign: `${sign.at} ${sign.where}` }),
      results: results ?? [],
      durationMs: 0,
      at,
    },
    { kind: 'night-ended', at },
  ]);
  return { folder, cells, state };
}
