import { expect } from 'chai';
import { usualLimits, whyNotYet } from '../../../src/nightly/packing.js';

const LAB = { memoryMiB: 1_200, inotifyInstances: 28, measures: false };
const MEASURING = { ...LAB, measures: true };
const OLD = { ...LAB, runsForMs: 300_000 };
const YOUNG = { ...LAB, runsForMs: 5_000 };
const MACHINE = { cores: 2, load: 1, spare: { memoryMiB: 20_000, inotifyInstances: 500, diskMiB: 50_000 } };
const LIMITS = { labs: 4, labsMeasuring: 2, load: 8 };
const spare = (more: Partial<typeof MACHINE.spare>) => ({ ...MACHINE, spare: { ...MACHINE.spare, ...more } });

describe('labs side by side on a machine', () => {
  it('are as many as are allowed, and fewer while one measures an outage', () => {
    expect(whyNotYet(LAB, [OLD, OLD, OLD], MACHINE, LIMITS)).to.equal(undefined);
    expect(whyNotYet(LAB, [OLD, OLD, OLD, OLD], MACHINE, LIMITS)).to.equal('4 labs run side by side');
    expect(whyNotYet(MEASURING, [OLD, OLD], MACHINE, LIMITS)).to.equal('2 labs run side by side');
    expect(whyNotYet(LAB, [{ ...OLD, measures: true }, OLD], MACHINE, LIMITS)).to.equal('2 labs run side by side');
  });

  it('boot one for each processor', () => {
    expect(whyNotYet(LAB, [YOUNG], MACHINE, LIMITS)).to.equal(undefined);
    expect(whyNotYet(LAB, [YOUNG, YOUNG, OLD], MACHINE, LIMITS)).to.equal('2 labs boot');
  });

  it('wait for memory and inotify instances, those counted that a lab that boots will take', () => {
    expect(whyNotYet(LAB, [OLD], spare({ memoryMiB: 1_712 }), LIMITS)).to.equal(undefined);
    expect(whyNotYet(LAB, [OLD], spare({ memoryMiB: 1_711 }), LIMITS)).to.include('1711 MiB of memory are left');
    expect(whyNotYet(LAB, [YOUNG], spare({ memoryMiB: 2_000 }), LIMITS)).to.include('2912 MiB are needed');
    expect(whyNotYet(LAB, [OLD], spare({ inotifyInstances: 27 }), LIMITS)).to.include('27 inotify instances are left');
    expect(whyNotYet(LAB, [YOUNG], spare({ inotifyInstances: 55 }), LIMITS)).to.include('56 are needed');
  });

  it('wait while the machine is busy', () => {
    expect(whyNotYet(LAB, [OLD], { ...MACHINE, load: 8.5 }, LIMITS)).to.equal('the load is 8.5 on 2 processors');
    expect(whyNotYet(LAB, [OLD], { ...MACHINE, load: 8.5 }, usualLimits(2, 2))).to.equal(undefined);
  });

  it('are one where it is not known what a lab takes; the first is always run', () => {
    expect(whyNotYet(LAB, [OLD], { cores: 2, load: 0 }, LIMITS)).to.include('not known');
    expect(whyNotYet(LAB, [], { ...spare({ memoryMiB: 0 }), load: 99 }, LIMITS)).to.equal(undefined);
  });

  it('follow from the processors, unless their number is given', () => {
    expect(usualLimits(2)).to.deep.equal({ labs: 4, labsMeasuring: 3, load: 8 });
    expect(usualLimits(1)).to.deep.equal({ labs: 2, labsMeasuring: 1, load: 4 });
    expect(usualLimits(8, 2)).to.deep.equal({ labs: 2, labsMeasuring: 2 });
  });
});
