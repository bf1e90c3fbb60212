import { expect } from 'chai';
import { systemClock } from '../../../src/system/clock.js';

describe('the system clock', () => {
  it('tells the time in UTC with milliseconds', () => {
    expect(systemClock.now()).to.match(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });

  it('sleeps as long as it is told to, and not for a negative time', async () => {
    const started = systemClock.monotonicMs();
    await systemClock.sleep(20);
    expect(systemClock.monotonicMs() - started).to.be.at.least(19);
    await systemClock.sleep(-1_000);
  });

  it('wakes with the signal’s own reason', async () => {
    const stop = new AbortController();
    const reason = new Error('enough');
    const sleeping = systemClock.sleep(60_000, stop.signal).catch((error: unknown) => error);
    stop.abort(reason);
    expect(await sleeping).to.equal(reason);
    expect(await systemClock.sleep(60_000, stop.signal).catch((error: unknown) => error)).to.equal(reason);
  });
});
