import { expect } from 'chai';
import { LabError } from '../../../src/model/errors.js';
import type { RunEvent } from '../../../src/model/event.js';
import { LONGEST_WAIT_MS, stretched } from '../../../src/model/slowness.js';
import { createPace } from '../../../src/runner/pace.js';
import { createExecutor, driveInOrder } from '../../../src/runner/run.js';
import { createMemoryClock } from '../../support/memory-clock.js';
import { createMemoryRun, scenario, step } from '../../support/memory-run.js';
import { rejection } from '../../support/rejection.js';

/** A pace whose samples come in this order; the last one stays. */
function paceOf(...samples: readonly (number | LabError)[]) {
  const left = [...samples];
  const events: RunEvent[] = [];
  const abort = new AbortController();
  const clock = createMemoryClock();
  const pace = createPace({
    async sample() {
      const next = left.length > 1 ? left.shift() : left[0];
      if (next instanceof LabError) throw next;
      return next ?? 1;
    },
    clock,
    emit: (event) => void events.push(event),
    signal: abort.signal,
  });
  const measured = () => events.filter(({ kind }) => kind === 'slowness-measured');
  const warnings = () => events.flatMap((event) => (event.kind === 'warning' ? [event.text] : []));
  const minuteLater = async () => {
    await clock.sleep(61_000);
  };
  return { pace, abort, clock, measured, warnings, minuteLater, factor: () => pace.slowness().factor };
}

describe('the pace of a run', () => {
  it('is not set by one busy moment', async () => {
    const { pace, factor, measured, warnings } = paceOf(32, 1.1, 1);
    await pace.measure();
    expect(factor()).to.equal(1);
    expect(measured()).to.deep.equal([{ kind: 'slowness-measured', factor: 1, samples: [32, 1.1, 1] }]);
    expect(warnings()).to.deep.equal([]);
  });

  it('takes one sample where that says nothing new, and the middle one of three otherwise', async () => {
    const fast = paceOf(1.2);
    await fast.pace.measure();
    expect(fast.measured()).to.deep.equal([{ kind: 'slowness-measured', factor: 1, samples: [1.2] }]);
    const slow = paceOf(50, 12.34, 9);
    await slow.pace.measure();
    expect(slow.pace.slowness()).to.deep.equal({ factor: 12.3, tokenMs: 10_000, pcsRequestS: 738 });
    expect(slow.warnings()).to.deep.equal([
      "the nodes are slow: 12.3 times slower than hardware, and so are all waits longer; corosync's token is 10000 ms; pcs gives a node 738 s for a request",
    ]);
  });

  it('follows the nodes from scenario to scenario, and says when it changed', async () => {
    const { pace, factor, measured, warnings, minuteLater } = paceOf(32, 32, 32, 3.1, 3, 3.2, 3.9, 1);
    await pace.measure();
    await minuteLater();
    await pace.measure('interface-down');
    expect(factor()).to.equal(3.1);
    await minuteLater();
    await pace.measure('power-cut');
    expect(factor(), 'a small difference changes nothing').to.equal(3.1);
    await minuteLater();
    await pace.measure('standby');
    expect(factor()).to.equal(1);
    expect(measured()).to.deep.equal([
      { kind: 'slowness-measured', factor: 32, samples: [32, 32, 32], was: 1 },
      { kind: 'slowness-measured', factor: 3.1, samples: [3.1, 3, 3.2], before: 'interface-down', was: 32 },
      { kind: 'slowness-measured', factor: 3.1, samples: [3.9], before: 'power-cut' },
      { kind: 'slowness-measured', factor: 1, samples: [1, 1, 1], before: 'standby', was: 3.1 },
    ]);
    expect(warnings().slice(1)).to.deep.equal([
      'the nodes are slow: 3.1 times slower than hardware, and so are all waits longer; measured before interface-down, 32 before that',
      'the nodes are as fast as hardware now (measured before standby), and waits are as written',
    ]);
  });

  it('is not measured again within a minute, unless a lab was made', async () => {
    const { pace, measured } = paceOf(1);
    await pace.measure();
    await pace.measure('one');
    expect(measured()).to.have.length(1);
    await pace.measure();
    expect(measured()).to.have.length(2);
  });

  it('stays as it is where nodes cannot be measured, but a new lab has to be', async () => {
    const dead = new LabError('node-unreachable', 'ha-host1 does not answer');
    const { pace, factor, minuteLater } = paceOf(5, 5, 5, dead);
    await pace.measure();
    await minuteLater();
    await pace.measure('next');
    expect(factor()).to.equal(5);
    expect(await rejection(pace.measure())).to.equal(dead);
  });

  for (const [forced, factor] of [
    [1, 1],
    [40, 40],
    [1_000, 60],
  ] as const) {
    it(`stretches waits to what a timer can wait, at ${forced}`, async () => {
      const { pace, warnings } = paceOf(forced);
      await pace.measure();
      expect(pace.slowness().factor).to.equal(factor);
      for (const ms of [100, 60_000, 86_400_000])
        expect(stretched(ms, pace.slowness())).to.be.within(ms, Math.min(ms * factor, LONGEST_WAIT_MS));
      if (forced > factor)
        expect(warnings()[0]).to.include(`(${forced} were measured, and waits are not stretched further)`);
    });
  }

  it('is measured before every scenario that is run', async () => {
    const asked: string[] = [];
    const { session } = await createMemoryRun({ deps: { remeasure: async (id) => void asked.push(id) } });
    const entry = (id: string, skipped?: string) => ({
      ...{ scenario: scenario(id, [step('look')]), asGiven: false, requires: [], isSetUp: false },
      ...(skipped === undefined ? {} : { skipped }),
    });
    await driveInOrder([entry('one'), entry('left-out', 'no such link'), entry('two')], createExecutor(session));
    expect(asked).to.deep.equal(['one', 'two']);
  });
});
