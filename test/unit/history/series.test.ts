import { expect } from 'chai';
import { historyJson } from '../../../src/history/history-json.js';
import type { Attempt } from '../../../src/history/run-index.js';
import { rowsOfRun } from '../../../src/history/run-rows.js';
import { dateOfNight, eventsOfMade, type MadeRun } from '../../support/made-runs.js';

/** A letter for each attempt of a night: passed, failed, unknown, lost, skipped. */
const OUTCOMES = { p: 'passed', f: 'failed', u: 'unknown', l: 'lost', s: 'skipped' } as const;

function attemptsOf(nights: readonly string[], versions: (night: number) => Partial<MadeRun> = () => ({})) {
  const runs = nights.flatMap((letters, night) =>
    [...letters].map((letter, attempt) => ({
      at: `${dateOfNight(night)}T02:0${attempt}:00.000Z`,
      outcome: OUTCOMES[letter as keyof typeof OUTCOMES],
      ...versions(night),
    })),
  );
  return runs.flatMap(attemptOf);
}

/** As the index gives it back. */
function attemptOf(made: MadeRun): readonly Attempt[] {
  const rows = rowsOfRun(eventsOfMade(made), { folder: 'run' }, 1);
  return (rows?.cells ?? []).map((cell) => ({ ...rows, ...cell, steps: rows?.steps ?? [] }) as unknown as Attempt);
}

const sets = (attempts: readonly Attempt[]) =>
  new Map(attempts.flatMap((each) => [[each.facts.packages ?? '', packagesIn(each)]]));
const packagesIn = (attempt: Attempt) => (attempt as unknown as { packages: [] }).packages;

function seriesOf(nights: readonly string[], versions?: (night: number) => Partial<MadeRun>) {
  const attempts = attemptsOf(nights, versions);
  const [series] = historyJson(attempts, sets(attempts)).series;
  return series ?? expect.fail('no series');
}
const statesOf = (nights: readonly string[]) => seriesOf(nights).nights.map(({ state }) => state);

describe('what a night says of a scenario', () => {
  it('is what the last result says', () => {
    expect(statesOf(['p', 'f', 'ff', 'pf', 'ppp', 's'])).to.deep.equal([
      'passed',
      'failed',
      'failed',
      'failed',
      'passed',
      'skipped',
    ]);
  });

  it('is flaky where it failed and then passed with the same versions, and passed with others', () => {
    expect(statesOf(['fp', 'ffp', 'lfp'])).to.deep.equal(['flaky', 'flaky', 'flaky']);
    const upgraded = [
      { at: `${dateOfNight(0)}T02:00:00.000Z`, outcome: 'failed' as const },
      { at: `${dateOfNight(0)}T04:00:00.000Z`, pacemaker: '2.1.6' },
    ].flatMap(attemptOf);
    expect(historyJson(upgraded, new Map()).series[0]?.nights[0]?.state).to.equal('passed');
  });

  it('is nothing about the cluster where runs are lost or unknown', () => {
    expect(statesOf(['l', 'u', 'lu', 'lp', 'up'])).to.deep.equal(['lost', 'unknown', 'unknown', 'passed', 'passed']);
  });
});

describe('the words for a series', () => {
  const wordsOf = (...given: Parameters<typeof seriesOf>) => seriesOf(...given).words;

  it('call it flaky for seven nights', () => {
    const steady = Array.from({ length: 6 }, () => 'p');
    expect(wordsOf(['p', 'fp', ...steady])).to.deep.equal(['flaky']);
    expect(wordsOf(['p', 'fp', 'p', ...steady])).to.deep.equal([]);
  });

  it('call it unstable where the verdict went and came back with the same versions', () => {
    expect(wordsOf(['p', 'p', 'f', 'p'])).to.deep.equal(['unstable']);
    expect(wordsOf(['f', 'p', 'f'])).to.deep.equal(['unstable']);
  });

  it('do not where it broke, was put right with other versions, or flips are lost or unknown nights', () => {
    expect(wordsOf(['p', 'p', 'f', 'f'])).to.deep.equal([]);
    expect(wordsOf(['p', 'f', 'p'], (night) => ({ pacemaker: `2.1.${night}` }))).to.deep.equal([]);
    expect(wordsOf(['p', 'u', 'p', 'l', 'p', 'u', 'p'])).to.deep.equal([]);
  });

  it('call a lost night lost, and nothing else', () => {
    expect(seriesOf(['p', 'p', 'l'])).to.deep.include({ state: 'lost', words: ['lost'] });
  });

  it('say how often a run contradicts the one before, from ten runs on', () => {
    expect(seriesOf(['p', 'p', 'p', 'fp']).disagreement).to.equal(undefined);
    const { disagreement } = seriesOf(Array.from({ length: 21 }, (_, night) => (night % 2 ? 'f' : 'p')));
    expect(disagreement).to.deep.include({ share: 1, runs: 20 });
    expect(disagreement?.low).to.be.within(0.7, 0.9);
  });
});

describe('the last green run', () => {
  it('is told from the first that failed, with what differs from now', () => {
    const nights = ['p', 'p', 'u', 'f', 'f'];
    const { lastGreen } = seriesOf(nights, (night) => (night >= 3 ? { pacemaker: '2.1.6', machine: 'lab-2' } : {}));
    expect(lastGreen).to.deep.include({ night: dateOfNight(1), failedSince: dateOfNight(3) });
    expect(lastGreen?.differences).to.deep.equal([
      { what: 'pacemaker', before: '2.1.5', after: '2.1.6' },
      { what: 'machine', before: 'lab-1', after: 'lab-2' },
    ]);
  });

  it('is not sought where the last result passed, or none ever did', () => {
    expect(seriesOf(['f', 'p']).lastGreen).to.equal(undefined);
    expect(seriesOf(['f', 'f']).lastGreen).to.equal(undefined);
  });
});

describe('the outages of a series', () => {
  const steps = (night: number) => ({
    outageMs: night < 20 ? 8_400 : 9_400,
    pacemaker: night < 20 ? '2.1.5' : '2.1.6',
  });

  it('have changes with their phases and what was new that night', () => {
    const { words, measures } = seriesOf(
      Array.from({ length: 25 }, () => 'ppp'),
      steps,
    );
    expect(words).to.deep.equal(['changed']);
    const [change] = measures[0]?.changes ?? [];
    expect(change).to.deep.include({ night: dateOfNight(20), isNew: true, beforeMs: 8_400, afterMs: 9_400 });
    expect(change?.phases).to.deep.include({ phase: 'start', beforeMs: 350, afterMs: 1_350 });
    expect(change?.differences).to.deep.equal([{ what: 'pacemaker', before: '2.1.5', after: '2.1.6' }]);
  });

  it('say where there are too few nights or repeats', () => {
    expect(seriesOf(Array.from({ length: 11 }, () => 'ppp')).measures[0]?.tooFew).to.equal('nights');
    expect(seriesOf(Array.from({ length: 12 }, () => 'p')).measures[0]?.tooFew).to.equal('repeats');
    expect(seriesOf(Array.from({ length: 12 }, () => 'ppp')).measures[0]?.tooFew).to.equal(undefined);
  });

  it('leave out machines of another kind', () => {
    const { measures } = seriesOf(
      Array.from({ length: 15 }, () => 'ppp'),
      (night) => (night < 5 ? { cpu: 'Atom', outageMs: 20_000 } : {}),
    );
    expect(measures[0]).to.deep.include({ elsewhere: 15, changes: [] });
    expect(measures[0]?.nights).to.have.length(10);
  });

  it('leave out what is lost or unknown', () => {
    const { measures } = seriesOf(['p', 'u', 'l', 'p']);
    expect(measures[0]?.nights.map(({ night }) => night)).to.deep.equal([dateOfNight(0), dateOfNight(3)]);
  });
});
