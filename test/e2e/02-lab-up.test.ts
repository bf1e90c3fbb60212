import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { halab, halabJson } from './support/halab.js';
import { ownersOf, refusalOf, SHARED, statusOf } from './support/labs.js';
import { hostNetwork, leaksOf } from './support/leaks.js';
import { needsMachine, takeDown } from './support/machine.js';

const NODES = ['iscsi-disks', 'ha-host1', 'ha-host2', 'ha-host3'];

describe('a lab that is up', function () {
  this.timeout(120_000);
  let network: ReturnType<typeof hostNetwork>;
  let owners: ReturnType<typeof ownersOf>;

  before(async function () {
    needsMachine(this);
    await takeDown(SHARED);
    network = hostNetwork();
    const { labs } = await halabJson(['up', '--name', SHARED]);
    owners = ownersOf(labs[0]);
  });

  it('shows four running nodes and what keeps each alive', async () => {
    const { state, nodes } = await statusOf(SHARED);
    expect(state).to.equal('up');
    expect(nodes.map(({ node }) => node)).to.have.members(NODES);
    for (const { node, state: nodeState, owner } of nodes) {
      expect(nodeState, node).to.equal('running');
      expect(owner?.kind, node).to.equal('systemd-nspawn');
      const words = readFileSync(`/proc/${owner?.pid}/cmdline`, 'utf8').split('\0');
      expect(words).to.include(`--machine=halab-${SHARED}.${node}`);
    }
  });

  it('stays as it is when it is brought up again', async () => {
    const { labs } = await halabJson(['up', '--name', SHARED]);
    expect(ownersOf(labs[0])).to.deep.equal(owners);
  });

  it('refuses another lab under its name, and goes on', async () => {
    const { exitCode, code, words } = await refusalOf(['up', 'two-node', '--name', SHARED]);
    expect({ exitCode, code }).to.deep.equal({ exitCode: 2, code: 'lab-already-up' });
    expect(words).to.include(SHARED).and.to.include('--name');
    expect(ownersOf(await statusOf(SHARED))).to.deep.equal(owners);
  });

  it('answers an unknown node with the known ones', async () => {
    const answer = await halab(['ssh', 'ha-host9', '--name', SHARED, '--', 'true']);
    expect(answer.exitCode).to.equal(2);
    for (const node of NODES) expect(answer.stderr).to.include(node);
  });

  it('answers an unknown lab with the known ones', async () => {
    const { exitCode, code, words } = await refusalOf(['status', '--name', 'e2e-nowhere']);
    expect({ exitCode, code }).to.deep.equal({ exitCode: 3, code: 'lab-not-up' });
    expect(words).to.include(SHARED);
  });

  it('is found by its label, and adds nothing to the network of the machine', () => {
    const kinds = new Set(leaksOf(SHARED).map((each) => each.split(' ')[0]));
    expect([...kinds]).to.include.members(['folder', 'mount', 'process', 'cgroup']);
    expect(hostNetwork()).to.deep.equal(network);
  });
});
