import { expect } from 'chai';
import { askUntil, untilAborted, withDeadline } from '../../../src/ports/clock.js';
import { createMemoryClock } from '../../support/memory-clock.js';

const never = new Promise<string>(() => undefined);

describe('withDeadline', () => {
  it('gives the work’s outcome and leaves no timer behind', async () => {
    const clock = createMemoryClock();
    expect(await withDeadline(Promise.resolve('done'), 1_000, clock, () => 'late')).to.equal('done');
    expect(clock.sleeping()).to.equal(0);
    expect(clock.monotonicMs()).to.equal(0);
  });

  it('gives what is made of being late', async () => {
    const clock = createMemoryClock();
    expect(await withDeadline(never, 1_000, clock, () => 'late')).to.equal('late');
    expect(clock.monotonicMs()).to.equal(1_000);
  });
});

describe('untilAborted', () => {
  const codeOf = (work: Promise<unknown>) =>
    work.then(
      () => 'done',
      (error: { code?: string }) => error.code,
    );

  it('gives the work’s outcome', async () => {
    expect(await untilAborted(Promise.resolve('done'), new AbortController().signal)).to.equal('done');
  });

  it('ends when the signal aborts, or has aborted already', async () => {
    const abort = new AbortController();
    const waiting = codeOf(untilAborted(never, abort.signal));
    abort.abort();
    expect(await waiting).to.equal('interrupted');
    expect(await codeOf(untilAborted(never, abort.signal))).to.equal('interrupted');
  });
});

describe('askUntil', () => {
  it('asks until the answer is yes', async () => {
    let asked = 0;
    expect(await askUntil(async () => ++asked === 3, 1_000, createMemoryClock())).to.equal(true);
    expect(asked).to.equal(3);
  });

  it('gives up when the time has passed', async () => {
    const clock = createMemoryClock();
    expect(await askUntil(async () => false, 1_000, clock)).to.equal(false);
    expect(clock.monotonicMs()).to.equal(1_000);
  });
});
