import { expect } from 'chai';
import { isKnown, uncertaintyOf } from '../../../src/model/outage.js';
import type { Attempt } from '../../../src/probes/attempts.js';
import { answerersOf, largestGapOf, measure } from '../../../src/probes/windows.js';
import { attemptsOf, many } from './support.js';

const EVERY = 20;
const LATER = 10_000;
const windowsOf = (attempts: readonly Attempt[], nowMs = LATER) =>
  measure(attempts, EVERY, nowMs).windows.map(({ fromMs, toMs, ended }) => [fromMs, toMs, ended]);

describe('measure', () => {
  it('sees no outage where every request is answered, and none in a single loss', () => {
    expect(measure(attemptsOf(many('.', 5)), EVERY, LATER)).to.deep.equal({ sent: 5, answered: 5, windows: [] });
    expect(measure(attemptsOf(['.', 'x', '.']), EVERY, LATER)).to.deep.equal({ sent: 3, answered: 2, windows: [] });
  });

  it('begins and ends in the middle of where it may, and knows the extremes', () => {
    const { sent, answered, windows } = measure(attemptsOf(['.', '.', 'x', 'x', 'x', '.']), EVERY, LATER);
    expect({ sent, answered }).to.deep.equal({ sent: 6, answered: 3 });
    expect(windows).to.deep.equal([
      // Begun after 20 and before 41, ended after 80 and before 101.
      { fromMs: 30.5, toMs: 90.5, durationMs: 60, ended: true, atLeastMs: 39, atMostMs: 81 },
    ]);
  });

  it('leaves a window open that no answer has ended', () => {
    expect(windowsOf(attemptsOf(['.', ...many('x', 10)]), 600)).to.deep.equal([[10.5, 600, false]]);
  });

  it('does not count what may still be answered in time', () => {
    expect(measure(attemptsOf(['.', '.', 'x', 'x']), EVERY, 100)).to.deep.equal({ sent: 2, answered: 2, windows: [] });
  });

  it('keeps two windows apart', () => {
    expect(windowsOf(attemptsOf(['.', 'x', 'x', '.', 'x', 'x', '.']))).to.deep.equal([
      [10.5, 50.5, true],
      [70.5, 110.5, true],
    ]);
  });

  it('sees an outage in which TCP tried again by itself, and every request was answered in the end', () => {
    const retried = [...many('.', 5), ...many('x', 10).map(() => 1_001), ...many('.', 50)];
    expect(windowsOf(attemptsOf(retried))).to.deep.equal([[90.5, 290.5, true]]);
  });

  it('sees an outage whose requests were all kept in a queue, to the moment when the queue was let go', () => {
    const kept = Array.from({ length: 20 }, (_, index) => 400 - index * EVERY);
    const [window] = measure(attemptsOf([...many('.', 20), ...kept, ...many('.', 20)]), EVERY, LATER).windows;
    expect(window).to.include({ fromMs: 390.5, toMs: 790 });
    expect(window && isKnown(window, EVERY)).to.equal(true);
  });

  it('takes no service for dead that is slow all the time', () => {
    expect(windowsOf(attemptsOf(many('x', 40).map(() => 300)))).to.deep.equal([]);
  });

  it('goes on with a new window where a late answer came in the middle', () => {
    const attempts = attemptsOf(['.', 'x', 'x', 'x', ...many('x', 20), '.']).map((attempt, index) =>
      index === 1 ? { ...attempt, answeredMs: 200 } : attempt,
    );
    expect(windowsOf(attempts)).to.deep.equal([
      [20, 190, true],
      [190.5, 470.5, true],
    ]);
  });

  it('begins with the first request where nothing was ever answered', () => {
    expect(windowsOf(attemptsOf(many('x', 10)), 900)).to.deep.equal([[0, 900, false]]);
  });

  it('counts a refusal at once', () => {
    const refused = attemptsOf(['.', 'x', 'x', 'x']).map((attempt) =>
      attempt.answeredMs === undefined ? { ...attempt, refused: 'Connection refused' } : attempt,
    );
    expect(windowsOf(refused, 80)).to.deep.equal([[10.5, 80, false]]);
  });

  it('widens the bounds by whatever held the probe up, at either end', () => {
    const held = (from: number, ms: number) =>
      attemptsOf(['.', '.', ...many('x', 20), '.', '.']).map((attempt, index): Attempt => {
        const shift = index >= from ? ms : 0;
        return {
          ...attempt,
          beforeMs: attempt.beforeMs + shift,
          afterMs: attempt.afterMs + shift,
          ...(attempt.answeredMs === undefined ? {} : { answeredMs: attempt.answeredMs + shift }),
        };
      });
    const [plain] = measure(held(99, 0), EVERY, LATER).windows;
    expect(plain && uncertaintyOf(plain)).to.equal(21);
    expect(plain && isKnown(plain, EVERY)).to.equal(true);
    const [atStart] = measure(held(2, 130), EVERY, LATER).windows;
    expect(atStart && isKnown(atStart, EVERY)).to.equal(false);
    expect(atStart?.atMostMs).to.equal(401 + 150);
    const [atEnd] = measure(held(22, 130), EVERY, LATER).windows;
    expect(atEnd && isKnown(atEnd, EVERY)).to.equal(false);
    expect(atEnd?.atLeastMs).to.equal(379);
    const [inside] = measure(held(10, 130), EVERY, LATER).windows;
    expect(inside && isKnown(inside, EVERY), 'in the middle it does no harm').to.equal(true);
  });

  it('allows for answers that were under way, and for connections that still met somebody', () => {
    const slow = attemptsOf([15, 15, 'x', 'x', ...many('x', 10), '.']);
    const [window] = measure(slow, EVERY, LATER).windows;
    expect(window?.atLeastMs, 'an answer took 15 ms').to.equal(260 - (40 + 15));
    const met = slow.map((attempt, index) => (index === 2 || index === 3 ? { ...attempt, connectedMs: 70 } : attempt));
    expect(measure(met, EVERY, LATER).windows[0]?.atLeastMs, 'the third met nobody').to.equal(260 - 80);
  });

  it('says nothing of nothing', () => {
    expect(measure([], EVERY, 5)).to.deep.equal({ sent: 0, answered: 0, windows: [] });
  });
});

describe('largestGapOf', () => {
  it('is the longest time between two attempts beyond the interval, until now', () => {
    expect(largestGapOf(attemptsOf(['.', '.', '.']), EVERY, 45)).to.equal(0);
    expect(largestGapOf(attemptsOf(['.', '.'], 100), EVERY, 110)).to.equal(80);
    expect(largestGapOf(attemptsOf(['.', '.']), EVERY, 340)).to.equal(300);
    expect(largestGapOf([], EVERY, 7)).to.equal(0);
  });
});

describe('answerersOf', () => {
  it('tells who answered, in stretches', () => {
    const named = attemptsOf(['.', '.', 'x', '.', '.']).map((attempt, index) => ({
      ...attempt,
      who: index < 2 ? 'ha-host1' : 'ha-host2',
    }));
    expect(answerersOf(named)).to.deep.equal([
      { who: 'ha-host1', fromMs: 1, toMs: 21, answers: 2 },
      { who: 'ha-host2', fromMs: 61, toMs: 81, answers: 2 },
    ]);
  });

  it('tells nothing where answers do not say', () => {
    expect(answerersOf(attemptsOf(['.', '.']))).to.deep.equal([]);
  });
});
