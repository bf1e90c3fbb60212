import { expect } from 'chai';
import { DONE_BEFORE } from '../../../src/cluster/formation/on-nodes.js';
import { form } from '../../../src/cluster/formation.js';
import type { Lab } from '../../../src/model/lab.js';
import { type Answers, fakeFormation, wordsOf } from './fake-transport.js';
import { testLab } from './test-lab.js';

const [host] = testLab.nodes;
const remotes = ['remote1', 'remote2'].flatMap((name) =>
  host === undefined ? [] : [{ ...host, name, role: 'remote' as const, disks: [] }],
);
const lab: Lab = { ...testLab, nodes: [...testLab.nodes, ...remotes] };

function formation(answers: Answers = () => ({})) {
  const { context, calls } = fakeFormation(answers);
  return { context: { ...context, lab }, calls };
}

describe('connecting a cluster to its remote nodes', () => {
  it('lets pcs add each of them from one member, one after the other', async () => {
    const { context, calls } = formation((call) => (wordsOf(call)[0] === 'remote2' ? { stdout: DONE_BEFORE } : {}));
    const outcome = await form('remote-nodes', context);
    expect(outcome).to.deep.equal({
      changed: true,
      seen: 'added remote1; added before: remote2',
      byHand:
        'pcs cluster node add-remote remote1 (on ha-host1), then pcs cluster node add-remote remote2 (on ha-host1)',
    });
    expect(calls.map((call) => [call.node, ...wordsOf(call)])).to.deep.equal([
      ['ha-host1', 'remote1'],
      ['ha-host1', 'remote2'],
    ]);
  });

  it('sets no constraint that keeps a fence device off a remote node, where none can run', async () => {
    const { context, calls } = formation();
    const device = { id: 'fence-remote1', node: 'remote1', level: 1, agent: 'fence_test', options: {}, secrets: {} };
    await form('fencing', {
      ...context,
      fenceDevices: [device, { ...device, id: 'fence-ha-host1', node: 'ha-host1' }],
    });
    expect(calls.map((call) => wordsOf(call).slice(0, 2))).to.deep.equal([
      ['fence-remote1', ''],
      ['fence-ha-host1', 'ha-host1'],
    ]);
  });

  it('has nothing to do in a lab without any', async () => {
    const { context, calls } = fakeFormation(() => ({}));
    const outcome = await form('remote-nodes', context);
    expect(outcome).to.deep.equal({ changed: false, seen: 'the lab has no remote node' });
    expect(calls).to.deep.equal([]);
  });
});
