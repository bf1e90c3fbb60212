import { expect } from 'chai';
import { FAULTS } from '../../../src/faults/index.js';
import { shapeArgv } from '../../../src/faults/shape.js';
import { needsNetem, type Shaping, shapingText } from '../../../src/faults/shaping.js';
import { pretendStack } from './support/pretend-stack.js';

const on = { kind: 'shape', node: 'ha-host1', link: 'eth1' } as const;
const argvOf = (shaping: Shaping) =>
  shapeArgv({ ...on, ...shaping })
    .join(' ')
    .replace(/handle [4-7][0-9a-f]{3}:/, 'handle H:');

async function codeOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => (error as { code?: unknown }).code,
  );
}

describe('a link that is shaped', () => {
  it('is so by netem, with each word that is asked for and no other', () => {
    const head = 'tc qdisc replace dev eth1 root handle H: netem';
    expect(argvOf({ delayMs: 100 })).to.equal(`${head} delay 100ms`);
    expect(argvOf({ delayMs: 100, jitterMs: 20, lossPercent: 5 })).to.equal(`${head} delay 100ms 20ms loss 5%`);
    expect(argvOf({ duplicatePercent: 1, corruptPercent: 0.1, rateKbit: 1000 })).to.equal(
      `${head} duplicate 1% corrupt 0.1% rate 1000kbit`,
    );
  });

  it('is so by tbf where it is a rate alone, with a burst that the rate can go by', () => {
    const head = 'tc qdisc replace dev eth1 root handle H: tbf';
    expect(argvOf({ rateKbit: 1000 })).to.equal(`${head} rate 1000kbit burst 16384 latency 400ms`);
    expect(argvOf({ rateKbit: 100_000 })).to.equal(`${head} rate 100000kbit burst 125000 latency 400ms`);
  });

  it('needs netem for all but a rate alone', () => {
    expect(needsNetem({ rateKbit: 1 })).to.equal(false);
    for (const each of [
      { delayMs: 1 },
      { lossPercent: 1 },
      { duplicatePercent: 1 },
      { corruptPercent: 1, rateKbit: 1 },
    ]) {
      expect(needsNetem(each)).to.equal(true);
      expect(FAULTS.shape.needs(each)).to.deep.equal(['netem']);
    }
    expect(FAULTS.shape.needs({ rateKbit: 1 })).to.deep.equal([]);
    expect(FAULTS['link-down'].needs({ by: 'drop' })).to.deep.equal([]);
    expect(FAULTS['link-down'].needs({ by: 'carrier' })).to.deep.equal(['links']);
    expect(FAULTS.freeze.needs({})).to.deep.equal(['pause']);
  });

  it('is refused without netem, unless it is a rate', async () => {
    const { context, log } = await pretendStack();
    expect(await codeOf(FAULTS.shape.inject({ ...on, delayMs: 100 }, context))).to.equal('ability-missing');
    expect(log).to.deep.equal([]);
    const able = { ...context, backend: { ...context.backend, kernel: ['netem'] as const } };
    await FAULTS.shape.inject({ ...on, delayMs: 100 }, able);
    expect(await FAULTS.shape.isActive({ ...on, delayMs: 100 }, able)).to.equal(true);
  });

  it('is not shaped twice at once, and undoing another leaves it as it is', async () => {
    const { context, node } = await pretendStack();
    await FAULTS.shape.inject({ ...on, rateKbit: 1000 }, context);
    const other = { ...on, rateKbit: 2000 };
    expect(await codeOf(FAULTS.shape.inject(other, context))).to.equal('fault-failed');
    await FAULTS.shape.undo(other, context);
    expect(node().qdiscs.get('eth1')).to.match(/^tbf .* rate 1000kbit/);
  });

  it('is told in words', () => {
    const all: Shaping = {
      delayMs: 100,
      jitterMs: 20,
      lossPercent: 5,
      duplicatePercent: 1,
      corruptPercent: 0.1,
      rateKbit: 8,
    };
    expect(shapingText(all)).to.equal('delay 100ms jitter 20ms loss 5% duplicate 1% corrupt 0.1% rate 8kbit');
  });
});
