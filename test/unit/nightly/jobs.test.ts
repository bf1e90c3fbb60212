import { expect } from 'chai';
import fc from 'fast-check';
import type { NightEvent } from '../../../src/nightly/events.js';
import { jobsOf, leftOutBy, notPassed } from '../../../src/nightly/jobs.js';
import { foldNight, openAttempts } from '../../../src/nightly/state.js';
import { cell, SECOND } from './cells.js';
import { begun, finished, idOf, lost, night, STARTED, stamped } from './night-events.js';

const unit = idOf('a');
/** `a` and `b` share a lab, `c` is longer. */
const CELLS = [
  cell('a', { unit, expected: { ms: 60 * SECOND, from: 'estimate', runs: 0 } }),
  cell('b', { unit, expected: { ms: 20 * SECOND, from: 'estimate', runs: 0 }, measures: true }),
  cell('c', { expected: { ms: 100 * SECOND, from: 'estimate', runs: 0 } }),
  cell('d', { skipped: 'no', unit: '' }),
];

const jobs = (events: readonly NightEvent[], retries = 1) =>
  jobsOf(CELLS, night(...events), { retries }).map(
    ({ attempt, cells, ms, isRetry }) =>
      `${attempt.split('/')[1]} ${cells.map(({ scenario }) => scenario).join('+')} ${ms / SECOND}${isRetry ? ' again' : ''}`,
  );

describe('what is to be run in a night', () => {
  it('is every unit, the longest first, and nothing that is skipped', () => {
    expect(jobs([])).to.deep.equal(['1 c 100', '1 a+b 80']);
    expect(jobsOf(CELLS, night(), { retries: 0 }).map(({ measures }) => measures)).to.deep.equal([false, true]);
  });

  it('is not what runs, has ended or was left out', () => {
    expect(jobs([begun('c', 1)])).to.deep.equal(['1 a+b 80']);
    expect(jobs([begun('c', 1), finished('c', 1, { c: 'passed' })])).to.deep.equal(['1 a+b 80']);
    expect(jobs([{ kind: 'cells-left-out', cells: [idOf('a'), idOf('b')], reason: 'late' }])).to.deep.equal([
      '1 c 100',
    ]);
  });

  it('is what did not pass, once more and at the end, with the time of its lab and set-ups', () => {
    const bad = [begun('a', 1, ['a', 'b']), finished('a', 1, { a: 'passed', b: 'failed' })];
    expect(jobs(bad)).to.deep.equal(['1 c 100', '2 b 80 again']);
    expect(jobs(bad, 0)).to.deep.equal(['1 c 100']);
    const twice = [...bad, begun('a', 2, ['b']), finished('a', 2, { b: 'unknown' })];
    expect(jobs(twice)).to.deep.equal(['1 c 100']);
    expect(jobs(twice, 2)).to.deep.equal(['1 c 100', '3 b 80 again']);
    expect(jobs([...bad, begun('a', 2, ['b']), finished('a', 2, { b: 'passed' })])).to.deep.equal(['1 c 100']);
  });

  it('is what was lost, at most twice, and what was stopped', () => {
    expect(jobs([begun('c', 1), lost('c', 1)])).to.deep.equal(['2 c 100', '1 a+b 80']);
    expect(jobs([begun('c', 1), lost('c', 1), begun('c', 2), lost('c', 2)])).to.deep.equal(['1 a+b 80']);
    const stopped = [1, 2, 3].flatMap((number) => [begun('c', number), lost('c', number, 'stopped')]);
    expect(jobs(stopped)).to.deep.equal(['4 c 100', '1 a+b 80']);
  });

  it('is only what a lost attempt had not passed before', () => {
    const passed = { cell: idOf('a'), verdict: 'passed', durationMs: 1 } as const;
    const half = { ...lost('a', 1), results: [passed] } as NightEvent;
    expect(jobs([begun('a', 1, ['a', 'b']), half])).to.deep.equal(['1 c 100', '2 b 80']);
    expect(jobs([begun('a', 1, ['a', 'b']), { ...half, outcome: 'stopped' } as NightEvent])).to.deep.equal([
      '1 c 100',
      '2 b 80',
    ]);
  });

  it('is again what a budget had left out, once the night goes on', () => {
    const late: NightEvent = { kind: 'cells-left-out', cells: [idOf('c')], reason: 'late' };
    expect(jobs([late, { kind: 'night-ended' }, { kind: 'night-resumed', machine: 'right' }])).to.have.length(2);
  });

  it('is one part of the plan, or what had not passed', () => {
    const cells = CELLS.map((each) => ({ ...each, shard: each.scenario === 'c' ? 2 : 1 }));
    const part = foldNight(stamped([{ ...STARTED, shard: { index: 2, of: 2 } } as NightEvent]));
    expect(jobsOf(cells, part, { retries: 0 }).map((job) => job.unit)).to.deep.equal([idOf('c')]);
    const again = foldNight(stamped([{ ...STARTED, only: [idOf('b')] } as NightEvent]));
    const [job] = jobsOf(CELLS, again, { retries: 0 });
    expect(job).to.include({ unit, ms: 80 * SECOND });
    expect(job?.cells.map(({ scenario }) => scenario)).to.deep.equal(['b']);
  });

  it('has no room in a budget that it would exceed', () => {
    const left = leftOutBy(jobsOf(CELLS, night(), { retries: 0 }), 90 * SECOND);
    expect(left.map((job) => job.unit)).to.deep.equal([idOf('c')]);
  });

  it('of a later night is what has not passed: failed, lost, left out, never begun', () => {
    const state = night(begun('a', 1, ['a', 'b']), finished('a', 1, { a: 'passed', b: 'failed' }));
    expect(notPassed(CELLS, state)).to.deep.equal([idOf('b'), idOf('c')]);
  });
});

/** A night in which each attempt comes to what the list says, cut off after so many events and then going on. */
function play(outcomes: readonly string[], cutAfter: number) {
  const events: NightEvent[] = [];
  let draws = 0;
  const next = (unitId: string) => outcomes[(draws++ + unitId.length) % outcomes.length] ?? 'passed';
  const step = (): boolean => {
    const state = foldNight(stamped([STARTED, ...events]));
    const [open] = openAttempts(state);
    if (open !== undefined) {
      const outcome = next(open.unit);
      const isLost = outcome === 'lost';
      events.push({
        kind: 'attempt-ended',
        attempt: open.attempt,
        outcome: isLost ? 'lost' : 'finished',
        results: isLost
          ? []
          : open.cells.map((each) => ({
              cell: each,
              verdict: outcome as 'passed' | 'failed' | 'unknown',
              durationMs: 1,
            })),
        durationMs: 1,
      });
      return true;
    }
    const [job] = jobsOf(CELLS, state, { retries: 1 });
    if (job === undefined) return false;
    const { attempt, cells } = job;
    events.push({ ...begun('a', 1), attempt, unit: job.unit, cells: cells.map(({ id }) => id) } as NightEvent);
    return true;
  };
  for (let count = 0; count < 200 && step(); count += 1)
    if (count === cutAfter) events.push({ kind: 'night-resumed', machine: 'left' });
  return { events, state: foldNight(stamped([STARTED, ...events])) };
}

describe('a night that was cut off', () => {
  it('comes to an end, has a result or two lost attempts for every cell, and never runs one that has passed', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('passed', 'failed', 'unknown', 'lost'), { minLength: 1, maxLength: 12 }),
        fc.nat({ max: 20 }),
        (outcomes, cutAfter) => {
          const { state } = play(outcomes, cutAfter);
          expect(openAttempts(state)).to.deep.equal([]);
          for (const { id, skipped } of CELLS.filter((each) => each.skipped === undefined)) {
            const mine = state.attempts.filter(({ cells }) => cells.includes(id));
            const verdicts = mine.flatMap(({ ended }) => ended?.results.filter((each) => each.cell === id) ?? []);
            expect(skipped).to.equal(undefined);
            expect(verdicts.length > 0 || mine.filter(({ ended }) => ended?.outcome === 'lost').length === 2).to.equal(
              true,
            );
            expect(verdicts.slice(0, -1).some(({ verdict }) => verdict === 'passed')).to.equal(false);
          }
        },
      ),
    );
  });

  it('counts an attempt once, however often its end was noted', () => {
    const end = finished('c', 1, { c: 'passed' });
    const state = night(begun('c', 1), end, { ...end, ...finished('c', 1, { c: 'failed' }) });
    expect(state.attempts.flatMap(({ ended }) => ended?.results ?? [])).to.have.length(1);
    expect(state.attempts[0]?.ended?.results[0]?.verdict).to.equal('passed');
  });
});
