import { expect } from 'chai';
import { differencesFrom } from '../../../src/learn/baseline.js';
import type { LabObservation, NodeObservation } from '../../../src/model/observation.js';
import { remediesFor } from '../../../src/runner/node-remedies.js';
import { createMemoryBackend } from '../../support/memory-lab.js';

const { lab } = createMemoryBackend();
const OWN = { device: 'eth1', address: '192.168.56.31', prefix: 24, up: true };

function seen(parts: Partial<NodeObservation> = {}): LabObservation {
  const units = [{ name: 'pcsd', active: 'active', enabled: 'enabled', mainPid: 1, restarts: 0 }];
  const node = { node: 'ha-host1', answered: true, problems: {}, units, addresses: [OWN], ...parts };
  return { at: '', nodes: [node], arp: [] };
}

describe('what a reset puts right on the nodes', () => {
  it('removes an address that was added without the cluster', () => {
    const added = { device: 'eth1', address: '192.168.56.99', prefix: 24, up: true };
    expect(remediesFor(lab, seen(), seen({ addresses: [OWN, added] }))).to.deep.equal([
      { node: 'ha-host1', argv: ['ip', 'addr', 'del', '192.168.56.99/24', 'dev', 'eth1'] },
    ]);
  });

  const vip = { device: 'eth1', address: '192.168.56.24', prefix: 24, up: true };
  const primitive = { kind: 'primitive', id: 'vip', parameters: { ip: '192.168.56.24' } };
  const cib = { resources: [{ kind: 'group', id: 'web', members: [primitive] }] } as never;
  const statusWith = (nodes: readonly string[]) =>
    ({
      resources: [{ kind: 'primitive', id: 'vip', agent: 'ocf:heartbeat:IPaddr2', role: 'Started', nodes }],
    }) as never;

  it('leaves alone what a resource brings, what was there, and what is on no link of the lab', () => {
    const other = { device: 'eth0', address: '10.0.0.2', prefix: 24, up: true };
    const parts = { addresses: [OWN, vip, other], cib };
    expect(remediesFor(lab, seen(), seen(parts))).to.deep.equal([]);
    expect(remediesFor(lab, seen(), seen({ ...parts, status: statusWith(['ha-host1']) }))).to.deep.equal([]);
  });

  it('removes an address of a resource from a node where that does not run', () => {
    const parts = { addresses: [OWN, vip], cib, status: statusWith(['ha-host2']) };
    expect(remediesFor(lab, seen(), seen(parts))).to.deep.equal([
      { node: 'ha-host1', argv: ['ip', 'addr', 'del', '192.168.56.24/24', 'dev', 'eth1'] },
    ]);
  });

  it('removes it also where the resource was before, which left it there when the link was down', () => {
    const before = seen({ addresses: [OWN, vip], cib, status: statusWith(['ha-host1']) });
    const now = seen({ addresses: [OWN, vip], cib, status: statusWith(['ha-host2']) });
    expect(remediesFor(lab, before, now).map(({ argv }) => argv[3])).to.deep.equal(['192.168.56.24/24']);
    expect(remediesFor(lab, before, before)).to.deep.equal([]);
  });

  it('sets a link up that is down', () => {
    expect(remediesFor(lab, seen(), seen({ addresses: [{ ...OWN, up: false }] }))).to.deep.equal([
      { node: 'ha-host1', argv: ['ip', 'link', 'set', 'eth1', 'up'] },
    ]);
  });

  it('lists what is still otherwise than before', () => {
    const units = [{ name: 'pcsd', active: 'inactive', enabled: 'enabled', mainPid: 0, restarts: 0 }];
    expect(differencesFrom(seen(), seen({ units, addresses: [] }))).to.deep.equal([
      'pcsd does not run on ha-host1',
      'ha-host1 has lost 192.168.56.31',
    ]);
    expect(differencesFrom(seen(), seen())).to.deep.equal([]);
    expect(differencesFrom(seen(), seen({ units: undefined }))).to.deep.equal(['ha-host1 does not answer']);
  });
});
