import { expect } from 'chai';
import { differencesFrom, remediesFor } from '../../../src/learn/baseline.js';
import type { LabObservation, NodeObservation } from '../../../src/model/observation.js';
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

  it('leaves alone what a resource brings, what was there, and what is on no link of the lab', () => {
    const vip = { device: 'eth1', address: '192.168.56.24', prefix: 24, up: true };
    const other = { device: 'eth0', address: '10.0.0.2', prefix: 24, up: true };
    const cib = { resources: [{ id: 'vip', attributes: { ip: '192.168.56.24' } }] } as never;
    expect(remediesFor(lab, seen(), seen({ addresses: [OWN, vip, other], cib }))).to.deep.equal([]);
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
