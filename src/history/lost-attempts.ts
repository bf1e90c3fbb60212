import { defined } from '../model/defined.js';
import type { NightPart } from '../nightly/summary.js';
import { dateOf, type RunRows, shortHash } from './run-rows.js';

/** Attempts of a night of which there is not even a run's folder: `hasRun` is asked with theirs, relative to the night's. */
export function lostAttempts(
  { folder, cells, state }: NightPart,
  hasRun: (folder: string) => boolean,
): readonly RunRows[] {
  const { started } = state;
  if (started === undefined) return [];
  const lost = state.attempts.filter((attempt) => attempt.ended?.outcome === 'lost' && !hasRun(attempt.folder));
  return lost.flatMap(({ attempt, cells: ids, startedAt, machine, folder: place, ended }) => {
    const own = cells.filter(({ id }) => ids.includes(id));
    const [first] = own;
    if (first === undefined) return [];
    const { lab, backend, image } = first;
    const lostCell = { outcome: 'lost', durationMs: 0, ...defined({ reason: ended?.reason }) } as const;
    return {
      key: `${started.night}/${attempt}-${shortHash(`${machine} ${startedAt}`)}`,
      run: attempt,
      folder: `${folder}/${place}`,
      night: dateOf(started.night) ?? startedAt.slice(0, 10),
      startedAt,
      bytes: 0,
      facts: { lab, backend, image, halab: started.halab },
      packages: [],
      cells: own.map(({ scenario }) => ({ scenario, ...lostCell })),
      steps: [],
    };
  });
}
