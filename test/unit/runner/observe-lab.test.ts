import { expect } from 'chai';
import type { Cib } from '../../../src/model/cib.js';
import { LabError } from '../../../src/model/errors.js';
import type { NodeObservation } from '../../../src/model/observation.js';
import type { Auditor } from '../../../src/ports/audit.js';
import { observeLab } from '../../../src/runner/observe-lab.js';
import { createMemoryRun, type MemoryRun } from '../../support/memory-run.js';

const VIP = '192.168.56.24';
const cib = {
  resources: [{ kind: 'primitive', id: 'vip', agent: 'ocf:heartbeat:IPaddr2', parameters: { ip: VIP }, meta: {} }],
} as unknown as Cib;

/** An auditor that writes down what it is asked; ha-host1 has the address. */
function noting(asked: string[]): Auditor {
  return {
    table: {} as Auditor['table'],
    pendingActivityIn: () => undefined,
    async observe({ node }, { since }): Promise<NodeObservation> {
      asked.push(`${node} since ${since}`);
      const addresses = node === 'ha-host1' ? [{ device: 'eth1', address: VIP, prefix: 24, up: true }] : [];
      return { node, answered: true, problems: {}, clockS: 7.9, cib, addresses };
    },
    async askForMacs({ node }, { address, device }) {
      asked.push(`${node} asks for ${address} on ${device}`);
      return { address, from: node, macs: ['02:00:00:00:00:01'] };
    },
  };
}

async function looked(change: (memory: MemoryRun) => MemoryRun['session'] = ({ session }) => session) {
  const asked: string[] = [];
  const memory = await createMemoryRun();
  const session = change(memory);
  const first = await observeLab(session, { auditor: noting(asked), firstSince: 'now' });
  return { asked, session, first };
}

describe('a look at the lab', () => {
  it('asks every HA node, and a node outside of the cluster for the addresses that it manages', async () => {
    const { asked, first, session } = await looked();
    expect(asked).to.deep.equal([
      'ha-host1 since now',
      'ha-host2 since now',
      'ha-host3 since now',
      `iscsi-disks asks for ${VIP} on eth1`,
    ]);
    expect(first.arp).to.deep.equal([{ address: VIP, from: 'iscsi-disks', macs: ['02:00:00:00:00:01'] }]);
    const again: string[] = [];
    await observeLab(session, { auditor: noting(again), firstSince: 'now', before: first });
    expect(again, 'from where each node’s own clock was').to.have.members([
      'ha-host1 since @7',
      'ha-host2 since @7',
      'ha-host3 since @7',
      `iscsi-disks asks for ${VIP} on eth1`,
    ]);
  });

  it('asks a node that was silent from when that was', async () => {
    const { first, session } = await looked();
    const [one, ...others] = first.nodes;
    const before = {
      ...first,
      at: '1970-01-01T00:01:00.000Z',
      nodes: [{ node: one?.node ?? '', answered: false, problems: {} }, ...others],
    };
    const again: string[] = [];
    await observeLab(session, { auditor: noting(again), firstSince: 'now', before });
    expect(again.slice(0, 3)).to.have.members(['ha-host1 since @60', 'ha-host2 since @7', 'ha-host3 since @7']);
  });

  it('tells a node that is too slow from one that does not answer', async () => {
    const { session } = await createMemoryRun();
    const failing: Auditor['observe'] = ({ node }) =>
      Promise.reject(new LabError(node === 'ha-host1' ? 'command-timeout' : 'node-unreachable', `${node} is late`));
    const { nodes } = await observeLab(session, { auditor: { ...noting([]), observe: failing }, firstSince: 'now' });
    expect(nodes.slice(0, 2)).to.deep.equal([
      { node: 'ha-host1', answered: true, problems: { answer: 'ha-host1 is late' } },
      { node: 'ha-host2', answered: false, problems: { answer: 'ha-host2 is late' }, machine: 'running' },
    ]);
  });

  it('asks from an HA node that does not have the address where nobody else is there', async () => {
    const { asked, first } = await looked(({ session }) => {
      const { instance } = session.deps;
      const lab = { ...instance.lab, nodes: instance.lab.nodes.filter(({ role }) => role === 'ha') };
      return { ...session, deps: { ...session.deps, instance: { ...instance, lab } } };
    });
    expect(asked.at(-1)).to.equal(`ha-host2 asks for ${VIP} on eth1`);
    expect(first.arp[0]?.from).to.equal('ha-host2');
  });

  it('asks one with quorum first, for one without it may be cut off', async () => {
    const memory = await createMemoryRun();
    const { instance } = memory.session.deps;
    const lab = { ...instance.lab, nodes: instance.lab.nodes.filter(({ role }) => role === 'ha') };
    const session = { ...memory.session, deps: { ...memory.session.deps, instance: { ...instance, lab } } };
    const auditor = noting([]);
    const observe: Auditor['observe'] = async (transport, question) => {
      const seen = await auditor.observe(transport, question);
      const quorum = { quorate: seen.node === 'ha-host3', nodeId: '1', ringId: '1.4', flags: [], members: [] };
      return { ...seen, quorum };
    };
    const { arp } = await observeLab(session, { auditor: { ...auditor, observe }, firstSince: 'now' });
    expect(arp[0]?.from).to.equal('ha-host3');
  });

  it('says so where nobody can ask', async () => {
    const { first } = await looked(({ session }) => {
      const { instance } = session.deps;
      const nodes = instance.lab.nodes.filter(({ name }) => name === 'ha-host1');
      return { ...session, deps: { ...session.deps, instance: { ...instance, lab: { ...instance.lab, nodes } } } };
    });
    expect(first.arp[0]).to.deep.include({
      macs: [],
      problem: 'no node without this address is on its network to ask from',
    });
  });
});
