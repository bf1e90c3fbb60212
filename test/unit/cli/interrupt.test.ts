import { expect } from 'chai';
import { type Interrupt, watchInterrupt } from '../../../src/cli/interrupt.js';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

describe('watchInterrupt', () => {
  let nowMs: number;
  let heard: string[];
  let interrupt: Interrupt;
  const before = Object.fromEntries(SIGNALS.map((name) => [name, process.listenerCount(name)]));

  beforeEach(() => {
    nowMs = 5_000;
    heard = [];
    interrupt = watchInterrupt({
      nowMs: () => nowMs,
      onFirst: () => heard.push('first'),
      onSecond: () => heard.push('second'),
    });
  });
  afterEach(() => interrupt.stop());

  /** Not SIGINT: mocha listens to that one itself. */
  const press = (signal: 'SIGTERM' | 'SIGHUP' = 'SIGTERM') => void process.emit(signal, signal);

  it('aborts at the first press, once, with the code interrupted', () => {
    expect(interrupt.signal.aborted).to.equal(false);
    press();
    expect(interrupt.signal.aborted).to.equal(true);
    expect(interrupt.signal.reason).to.have.property('code', 'interrupted');
    expect(heard).to.deep.equal(['first']);
  });

  it('takes what comes within a second for the same press', () => {
    press();
    nowMs += 1_000;
    press();
    press('SIGHUP');
    expect(heard).to.deep.equal(['first']);
  });

  it('leaves at once at a second press', () => {
    press();
    nowMs += 1_001;
    press('SIGHUP');
    expect(heard).to.deep.equal(['first', 'second']);
  });

  it('listens to every way of asking, and to none once it is stopped', () => {
    const added = () => SIGNALS.map((name) => process.listenerCount(name) - (before[name] ?? 0));
    expect(added()).to.deep.equal([1, 1, 1]);
    interrupt.stop();
    expect(added()).to.deep.equal([0, 0, 0]);
  });
});
