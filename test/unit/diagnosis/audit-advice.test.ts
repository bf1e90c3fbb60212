import { expect } from 'chai';
import { adviceOn } from '../../../src/diagnosis/audit-advice.js';
import { AUDITS, type Finding } from '../../../src/model/audit.js';
import type { Cib } from '../../../src/model/cib.js';
import type { LabObservation, NodeObservation } from '../../../src/model/observation.js';
import { action, failing, state } from './states.js';

const cib = {
  version: { adminEpoch: 0, epoch: 3, numUpdates: 1 },
  resources: [
    { kind: 'primitive', id: 'vip', agent: 'ocf:heartbeat:IPaddr2', parameters: { ip: '192.168.56.24' }, meta: {} },
  ],
  nodeStates: [],
  operations: [],
} as unknown as Cib;

const node = (name: string, more: Partial<NodeObservation> = {}): NodeObservation => ({
  node: name,
  answered: true,
  problems: {},
  cib,
  status: state(),
  ...more,
});
const lab = (...nodes: readonly NodeObservation[]): LabObservation => ({ at: '', nodes, arp: [] });
const failed = (...subjects: readonly string[]): Finding => ({ verdict: 'failed', subjects, seen: '' });
const address = { device: 'eth1', address: '192.168.56.24', prefix: 24, up: true };

const commands = (...args: Parameters<typeof adviceOn>) => adviceOn(...args).map(({ command }) => command);

describe('what to type about the finding of an audit', () => {
  it('is the command that the status gives for an address that two nodes have', () => {
    const twice = lab(node('a', { addresses: [address] }), node('b', { addresses: [address] }));
    const steps = ['pcs resource refresh vip', 'pcs resource update vip nic=eth1', 'ip -br address'];
    expect(commands('single-active', [failed('vip', '192.168.56.24', 'a', 'b')], twice)).to.deep.equal(steps);
    expect(commands('one-mac', [failed('vip', '192.168.56.24')], twice)).to.deep.equal(steps);
  });

  it('is about what the finding names, and nothing else', () => {
    const of = lab(node('a', { status: failing(action(), action({ resource: 'db', node: 'b' })) }));
    expect(commands('no-failures', [failed('db', 'b')], of).at(-1)).to.equal('pcs resource cleanup db');
    expect(commands('no-failures', [failed('db', 'b')], of)).to.not.include('pcs resource cleanup vip');
  });

  it('is something for each audit that is violated, and nothing where it could not be decided', () => {
    for (const audit of AUDITS) {
      expect(commands(audit, [failed('vip')], lab(node('a'))), audit).to.not.be.empty;
      expect(commands(audit, [{ ...failed('vip'), verdict: 'unknown' }], lab(node('a'))), audit).to.be.empty;
    }
  });

  it('never passes a name on that a shell would not take as one word', () => {
    expect(commands('single-active', [failed('vip; reboot')], lab())).to.deep.equal(['pcs resource refresh RESOURCE']);
  });
});
