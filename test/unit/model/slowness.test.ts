import { join } from 'node:path';
import { expect } from 'chai';
import { FULL_SPEED, LONGEST_WAIT_MS, slownessOf, stretched, timerMs } from '../../../src/model/slowness.js';
import { readSources } from '../../../tools/imports.js';

describe('slownessOf', () => {
  it('leaves a lab alone that is about as fast as hardware, or of which nothing is known', () => {
    for (const factor of [0, 0.7, 1, 1.99, Number.NaN]) expect(slownessOf(factor)).to.equal(FULL_SPEED);
  });

  it('waits longer where nodes are slow', () => {
    expect(slownessOf(2.04)).to.deep.equal({ factor: 2 });
  });

  it('calms corosync and pcs down where nodes are very slow', () => {
    expect(slownessOf(12.34)).to.deep.equal({ factor: 12.3, tokenMs: 10_000, pcsRequestS: 738 });
  });

  it('does not wait for ever', () => {
    expect(slownessOf(Number.POSITIVE_INFINITY).factor).to.equal(60);
  });
});

describe('waits', () => {
  const DAY_MS = 86_400_000;

  it('are whole milliseconds that a timer can wait, at every speed', () => {
    for (let factor = 1; factor <= 1_000; factor += 0.7) {
      for (const ms of [0.3, 100, 4_000, 60_000, DAY_MS]) {
        const waited = stretched(ms, { factor });
        expect(Number.isInteger(waited), `${ms} ms, ${factor} times slower`).to.equal(true);
        expect(waited).to.be.within(Math.min(ms, LONGEST_WAIT_MS), LONGEST_WAIT_MS);
        if (ms * factor < LONGEST_WAIT_MS) expect(waited - ms * factor).to.be.within(0, 1);
      }
    }
  });

  it('of the longest kind do not end at once', async () => {
    const isOver = await new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => resolve(true), timerMs(DAY_MS * 1_000));
      setTimeout(() => {
        clearTimeout(timer);
        resolve(false);
      }, 20);
    });
    expect(isOver).to.equal(false);
  });

  it('are never negative, and always a number', () => {
    expect(timerMs(-5)).to.equal(0);
    expect(() => timerMs(Number.NaN)).to.throw(RangeError);
  });

  it('are made by no timer that is given anything else but a constant', () => {
    const sources = readSources(join(import.meta.dirname, '../../..'), ['src']);
    const timers = [...sources].flatMap(([file, text]) =>
      [...text.matchAll(/\b(?:setTimeout|delay|setInterval|AbortSignal\.timeout)\(.*/g)].map(
        ([line]) => `${file}: ${line}`,
      ),
    );
    expect(timers).to.have.length.above(3);
    expect(timers.filter((line) => !/timerMs\(|, [A-Z_]+_MS\)/.test(line))).to.deep.equal([]);
  });
});
