import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { halab, halabJson } from '../../support/real-lab/halab.js';
import { laneLab, ownersOf, refusalOf, statusOf } from '../../support/real-lab/labs.js';
import { hostNetwork, leaksOf } from '../../support/real-lab/leaks.js';
import { needsMachine, takeDown } from '../../support/real-lab/machine.js';

const LAB = laneLab(import.meta.dirname);
const NODES = ['iscsi-disks', 'ha-host1', 'ha-host2', 'ha-host3'];

describe('a lab that is up', function () {
  this.timeout(120_000);
  let network: ReturnType<typeof hostNetwork>;
  let owners: ReturnType<typeof ownersOf>;

  before(async function () {
    needsMachine(this);
    await takeDown(LAB);
    network = hostNetwork();
    const { labs } = await halabJson(['up', '--name', LAB]);
    owners = ownersOf(labs[0]);
  });

  it('shows four running nodes and what keeps each alive', async () => {
    const { state, nodes } = await statusOf(LAB);
    expect(state).to.equal('up');
    expect(nodes.map(({ node }) => node)).to.have.members(NODES);
    for (const { node, state: nodeState, owner } of nodes) {
      expect(nodeState, node).to.equal('running');
      expect(owner?.kind, node).to.equal('systemd-nspawn');
      const words = readFileSync(`/proc/${owner?.pid}/cmdline`, 'utf8').split('\0');
      expect(words).to.include(`--machine=halab-${LAB}.${node}`);
    }
  });

  it('stays as it is when it is brought up again', async () => {
    const { labs } = await halabJson(['up', '--name', LAB]);
    expect(ownersOf(labs[0])).to.deep.equal(owners);
  });

  it('refuses another lab under its name, and goes on', async () => {
    const { exitCode, code, words } = await refusalOf(['up', 'two-node', '--name', LAB]);
    expect({ exitCode, code }).to.deep.equal({ exitCode: 2, code: 'lab-already-up' });
    expect(words).to.include(LAB).and.to.include('--name');
    expect(ownersOf(await statusOf(LAB))).to.deep.equal(owners);
  });

  it('answers an unknown node with the known ones', async () => {
    const answer = await halab(['ssh', 'ha-host9', '--name', LAB, '--', 'true']);
    expect(answer.exitCode).to.equal(2);
    for (const node of NODES) expect(answer.stderr).to.include(node);
  });

  it('answers an unknown lab with the known ones', async () => {
    const { exitCode, code, words } = await refusalOf(['status', '--name', 'e2e-nowhere']);
    expect({ exitCode, code }).to.deep.equal({ exitCode: 3, code: 'lab-not-up' });
    expect(words).to.include(LAB);
  });

  it('is found by its label, and adds nothing to the network of the machine', () => {
    const kinds = new Set(leaksOf(LAB).map((each) => each.split(' ')[0]));
    expect([...kinds]).to.include.members(['folder', 'mount', 'process', 'cgroup']);
    expect(hostNetwork()).to.deep.equal(network);
  });
});
