import { expect } from 'chai';
import { isLabError } from '../../../src/model/errors.js';
import { FULL_SPEED } from '../../../src/model/slowness.js';
import type { Transport } from '../../../src/ports/transport.js';
import { createNodeReader } from '../../../src/runner/reader.js';
import { createMemoryClock } from '../../support/memory-clock.js';
import { createMemoryRun } from '../../support/memory-run.js';

const never = new Promise<never>(() => undefined);

/** A reader of one node which shows a sign of life after so many ms, if ever. */
async function readerOf(signAfterMs: number | undefined) {
  const clock = createMemoryClock();
  const { deps } = await createMemoryRun();
  const sign = () => (signAfterMs === undefined ? never : clock.sleep(signAfterMs));
  const transport = {
    node: 'ha-host1',
    exec: async () => {
      await sign();
      return { exitCode: 0, stdout: '', stderr: '' };
    },
  } as unknown as Transport;
  const forgotten: string[] = [];
  const connections = {
    to: async () => transport,
    forget: (node: string) => void forgotten.push(node),
    close: async () => undefined,
  };
  const reader = createNodeReader(connections, { ...deps.cluster, readState: () => never }, clock, () => FULL_SPEED);
  const look = (ask: () => Promise<string>) =>
    reader.observe('ha-host1', ask).catch((error: unknown) => {
      if (!isLabError(error)) throw error;
      return `${error.code}: ${error.message}`;
    });
  return { clock, reader, look, forgotten };
}

describe('a look at one node', () => {
  it('is waited for as long as the node shows a sign of life', async () => {
    const { clock, look } = await readerOf(1_500);
    const answer = look(() => clock.sleep(25_000).then(() => 'seen'));
    expect(await answer).to.equal('seen');
  });

  it('ends all the same: a node that lives is told from one that does not answer', async () => {
    const slow = await readerOf(10);
    expect(await slow.look(() => never)).to.equal(
      'command-timeout: ha-host1 is alive, but its observation did not end within 30000 ms',
    );
    expect(slow.forgotten, 'its connection is a good one').to.deep.equal([]);
    const silent = await readerOf(undefined);
    expect(await silent.look(() => never)).to.equal('node-unreachable: ha-host1 did not answer within 6000 ms');
    expect(silent.clock.monotonicMs()).to.equal(6_000);
  });

  it('counts an answer that comes while a sign is waited for', async () => {
    const { clock, look } = await readerOf(undefined);
    expect(await look(() => clock.sleep(5_000).then(() => 'seen'))).to.equal('seen');
  });

  it('is taken of a node that let another question hang as soon as that lives', async () => {
    const { clock, reader, look } = await readerOf(1_000);
    expect((await reader.state('ha-host1')).problem?.message).to.contain('did not answer within 3000 ms');
    expect((await reader.state('ha-host1')).problem?.message).to.contain('has left a query unanswered since');
    expect(await look(async () => 'seen')).to.equal('seen');
    expect(clock.monotonicMs()).to.equal(4_000);
  });

  it('costs no more than the wait for a sign where a node hangs', async () => {
    const { clock, reader, look } = await readerOf(undefined);
    await reader.state('ha-host1');
    expect(await look(async () => 'seen')).to.match(/^node-unreachable: ha-host1 has left a query unanswered since/);
    expect(clock.monotonicMs()).to.equal(5_000);
  });
});
