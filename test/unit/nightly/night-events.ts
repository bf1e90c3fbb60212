import type { CellResult, NightEvent, StampedNightEvent } from '../../../src/nightly/events.js';
import { foldNight, type NightState } from '../../../src/nightly/state.js';

/** Stamped a second apart, from ten o'clock. */
export function stamped(events: readonly NightEvent[]): readonly StampedNightEvent[] {
  return events.map((event, index) => ({
    ...event,
    at: new Date(Date.UTC(2026, 10, 29, 10, 0, index)).toISOString(),
  }));
}

export const night = (...events: readonly NightEvent[]): NightState => foldNight(stamped([STARTED, ...events]));

export const STARTED: NightEvent = {
  kind: 'night-started',
  night: '20261129-100000-night',
  machine: 'left',
  pool: 'local',
  file: 'nightly.yaml',
  halab: '0.1.0',
};

export const idOf = (scenario: string) => `${scenario}.linuxha.debian-12.1`;

export function begun(unit: string, number: number, scenarios: readonly string[] = [unit]): NightEvent {
  return {
    kind: 'attempt-started',
    attempt: `${idOf(unit)}/${number}`,
    unit: idOf(unit),
    cells: scenarios.map(idOf),
    lab: `n-${number}`,
    folder: `cells/${idOf(unit)}/${number}`,
  };
}

export function finished(
  unit: string,
  number: number,
  verdicts: Readonly<Record<string, CellResult['verdict']>>,
): NightEvent {
  const results = Object.entries(verdicts).map(
    ([scenario, verdict]): CellResult => ({
      cell: idOf(scenario),
      verdict,
      ...(verdict === 'passed' ? {} : { reason: `${scenario} is ${verdict}` }),
      durationMs: 10_000,
      run: `cells/${idOf(unit)}/${number}/run`,
    }),
  );
  return {
    kind: 'attempt-ended',
    attempt: `${idOf(unit)}/${number}`,
    outcome: 'finished',
    results,
    durationMs: 60_000,
  };
}

export function lost(unit: string, number: number, outcome: 'lost' | 'stopped' = 'lost'): NightEvent {
  const attempt = `${idOf(unit)}/${number}`;
  const why = { reason: 'it ended without a result', lastSign: '10:00 cut / power' };
  return { kind: 'attempt-ended', attempt, outcome, ...why, results: [], durationMs: 60_000 };
}
