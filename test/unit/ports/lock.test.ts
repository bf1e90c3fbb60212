import { expect } from 'chai';
import { LabError } from '../../../src/model/errors.js';
import { lockWithin, type TakeLock } from '../../../src/ports/lock.js';
import { takeLock } from '../../../src/store/lock.js';
import { createMemoryClock } from '../../support/memory-clock.js';
import { rejection } from '../../support/rejection.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

describe('waiting for a lock', () => {
  const path = temporaryFolder();
  const clock = createMemoryClock();
  const request = (file: string) => ({ file: path(file), what: 'the history', doing: 'reading', withinMs: 30_000 });

  it('takes a free one at once, without a word', async () => {
    const release = await lockWithin(
      { clock, takeLock },
      { ...request('free'), onWaiting: () => expect.fail('waits') },
    );
    expect(() => takeLock(path('free'), 'writing')).to.throw('is at work');
    release();
    takeLock(path('free'), 'writing')();
  });

  it('takes another’s as soon as it is given back, and says once that it waits', async () => {
    const release = takeLock(path('held'), 'writing');
    let waits = 0;
    const waiting = lockWithin({ clock, takeLock }, { ...request('held'), onWaiting: () => (waits += 1) });
    await clock.sleep(10_000);
    release();
    const begunMs = clock.monotonicMs();
    (await waiting)();
    expect(waits).to.equal(1);
    expect(clock.monotonicMs() - begunMs).to.be.at.most(100);
  });

  it('names the holder, and what it does, when the time is over', async () => {
    const release = takeLock(path('kept'), 'writing');
    const error = await rejection(lockWithin({ clock, takeLock }, request('kept')));
    expect(error).to.include({
      code: 'lab-busy',
      message: `waited 30 s for the history: process ${process.pid} has it (writing)`,
    });
    release();
  });

  it('passes on what it cannot explain', async () => {
    const busy: TakeLock = () => {
      throw new LabError('lab-busy', 'taken and given back too fast');
    };
    expect((await rejection(lockWithin({ clock, takeLock: busy }, request('x')))).message).to.equal(
      'taken and given back too fast',
    );
    const broken: TakeLock = () => {
      throw new LabError('usage', 'cannot make a lock');
    };
    expect((await rejection(lockWithin({ clock, takeLock: broken }, request('x')))).message).to.equal(
      'cannot make a lock',
    );
  });
});
