import { expect } from 'chai';
import type { ClusterPort } from '../../../src/ports/cluster.js';
import { poll } from '../../../src/runner/poll.js';
import { createMemoryRun, MAJORITY } from '../../support/memory-run.js';

/** A memory run whose cluster counts how often each node's state is read. */
async function countingRun() {
  const asked = new Map<string, number>();
  const plain = await createMemoryRun();
  const counting: ClusterPort = {
    ...plain.deps.cluster,
    readState: (transport, signal) => {
      asked.set(transport.node, (asked.get(transport.node) ?? 0) + 1);
      return plain.deps.cluster.readState(transport, signal);
    },
  };
  const memory = await createMemoryRun({ deps: { ...plain.deps, cluster: counting } });
  const offline = {
    kind: 'node',
    node: { kind: 'node', name: 'ha-host2' },
    is: 'offline',
    seenFrom: MAJORITY,
  } as const;
  const look = (isMeasuring?: () => boolean) =>
    poll(memory.session, {
      expectations: [offline],
      deadlineMs: memory.deps.clock.monotonicMs() + 5_000,
      onWaiting: () => undefined,
      ...(isMeasuring ? { isMeasuring } : {}),
    });
  return { asked, look };
}

describe('poll', () => {
  it('takes one node’s word for "not yet", and asks everyone once a second', async () => {
    const { asked, look } = await countingRun();
    const [judged] = await look();
    expect(judged?.judgement.verdict).to.equal('failed');
    expect(asked.get('ha-host1')).to.be.within(40, 60);
    expect(asked.get('ha-host2')).to.be.within(5, 8);
    expect(asked.get('ha-host3')).to.equal(asked.get('ha-host2'));
  });

  it('hardly looks while an outage is timed', async () => {
    const { asked, look } = await countingRun();
    await look(() => true);
    expect(asked.get('ha-host1')).to.be.within(5, 8);
  });
});
