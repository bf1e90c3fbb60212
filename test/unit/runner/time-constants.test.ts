import { expect } from 'chai';
import type { TimeConstants } from '../../../src/model/cluster-state.js';
import { LabError } from '../../../src/model/errors.js';
import type { TimeExpression } from '../../../src/model/scenario.js';
import { FULL_SPEED } from '../../../src/model/slowness.js';
import type { ClusterPort } from '../../../src/ports/cluster.js';
import type { Transport } from '../../../src/ports/transport.js';
import { createTimeKeeper } from '../../../src/runner/time-constants.js';
import { createMemoryClock } from '../../support/memory-clock.js';

const CONSTANTS: TimeConstants = { token: 3_000, consensus: 3_600, 'dc-deadtime': 20_000 };
const expression: TimeExpression = {
  source: 'token + 1.5 * consensus + 10s',
  terms: [
    { kind: 'constant', constant: 'token', factor: 1 },
    { kind: 'constant', constant: 'consensus', factor: 1.5 },
    { kind: 'ms', ms: 10_000 },
  ],
};

type Telling = (node: string) => Promise<TimeConstants>;

function keeper(tell: Telling, nodes: readonly string[] = ['a', 'b'], slowness = FULL_SPEED) {
  const cluster = { readTimeConstants: ({ node }: Transport) => tell(node) } as unknown as ClusterPort;
  const transport = async (node: string) => ({ node }) as unknown as Transport;
  return createTimeKeeper(nodes, transport, cluster, createMemoryClock(), () => slowness);
}

describe('createTimeKeeper', () => {
  it('asks nobody where no constant is named', async () => {
    const time = keeper(async () => Promise.reject(new Error('asked')));
    expect(await time.ms({ source: '2s', terms: [{ kind: 'ms', ms: 2_000 }] })).to.equal(2_000);
  });

  it('adds up the terms, and reads once until it is told to forget', async () => {
    let reads = 0;
    const time = keeper(async () => {
      reads += 1;
      return CONSTANTS;
    }, ['a']);
    expect(time.knownMs(expression)).to.equal(undefined);
    expect(await time.ms(expression)).to.equal(18_400);
    expect(await time.ms(expression)).to.equal(18_400);
    expect(time.knownMs(expression)).to.equal(18_400);
    expect(reads).to.equal(1);
    time.forget();
    expect(time.known()).to.equal(undefined);
    await time.ms(expression);
    expect(reads).to.equal(2);
  });

  it('stretches what stands for work on slow nodes, and leaves the cluster’s own constants alone', async () => {
    const time = keeper(async () => CONSTANTS, ['a'], { factor: 4 });
    expect(await time.ms(expression)).to.equal(3_000 + 1.5 * 3_600 + 4 * 10_000);
  });

  it('takes the word of whichever node tells', async () => {
    const time = keeper(async (node) => (node === 'b' ? CONSTANTS : new Promise<TimeConstants>(() => undefined)));
    expect(await time.ms(expression)).to.equal(18_400);
  });

  it('says of every node why it does not tell', async () => {
    const time = keeper(async (node) => Promise.reject(new LabError('status-unreadable', `${node} is down`)));
    const failure: unknown = await time.ms(expression).catch((error: unknown) => error);
    expect(failure).to.have.property('code', 'status-unreadable');
    expect(String(failure)).to.contain('a is down; b is down');
  });

  it('lets a bug through', async () => {
    const time = keeper(async () => Promise.reject(new TypeError('a bug')));
    expect(await time.ms(expression).catch((error: unknown) => error)).to.be.instanceOf(TypeError);
  });
});
