import { expect } from 'chai';
import type { LabObservation, NodeObservation } from '../../../src/model/observation.js';
import { isClean, NO_RESIDUE, residueText } from '../../../src/model/residue.js';
import type { CibSnapshot } from '../../../src/ports/isolation.js';
import { absencesIn, enablingsIn, foundOut, type LabSnapshot, residueOf } from '../../../src/runner/restore.js';
import { LINUXHA } from '../../support/memory-lab.js';

const NODES = ['ha-host1', 'ha-host2', 'ha-host3'];
const AT = '2026-11-25T08:00:00.000Z';
const CIB: CibSnapshot = {
  xml: '',
  parts: [
    { kind: 'resources', id: 'vip', digest: 'a' },
    { kind: 'properties', id: 'stonith-enabled', digest: 'false' },
  ],
  failures: ['old on ha-host1'],
  attributes: [{ node: 'ha-host1', name: 'pingd' }],
};

const unit = (name: string, active = 'active', enabled = 'enabled') => ({
  name,
  active,
  enabled,
  mainPid: 1,
  restarts: 0,
});

function member(node: string, own: Partial<NodeObservation> = {}): NodeObservation {
  const nodes = NODES.map((name) => ({ name, online: true, pending: false, unclean: false }));
  return {
    node,
    answered: true,
    problems: {},
    units: [unit('corosync'), unit('pacemaker')],
    status: { nodes } as unknown as NonNullable<NodeObservation['status']>,
    quorum: {
      quorate: true,
      nodeId: '1',
      ringId: '1',
      flags: [],
      members: NODES.map((name) => ({ id: name, name })),
    },
    ...own,
  };
}

const look = (...others: readonly NodeObservation[]): LabObservation => ({
  at: AT,
  nodes: NODES.map((name) => others.find(({ node }) => node === name) ?? member(name)),
  arp: [],
});
const kept = (of = look()): LabSnapshot => ({ cib: CIB, confs: new Map(), observed: of });

describe('the residue', () => {
  it('is empty where nothing changed, old failures included', () => {
    expect(isClean(residueOf(kept(), CIB, look()))).to.equal(true);
    expect(residueText(NO_RESIDUE)).to.equal('');
  });

  it('names what was added, removed and changed', () => {
    const now: CibSnapshot = {
      ...CIB,
      parts: [
        { kind: 'resources', id: 'vip', digest: 'b' },
        { kind: 'resources', id: 'web', digest: 'c' },
        { kind: 'constraints', id: 'l', digest: 'd' },
      ],
      failures: ['old on ha-host1', 'web on ha-host2'],
      attributes: [...CIB.attributes, { node: 'ha-host2', name: 'pingd' }],
    };
    const left = residueOf(kept(), now, look());
    expect(left).to.deep.equal({
      ...NO_RESIDUE,
      resources: ['vip', 'web'],
      constraints: ['l'],
      properties: ['stonith-enabled'],
      failures: ['web on ha-host2'],
      attributes: [{ node: 'ha-host2', name: 'pingd' }],
    });
    expect(residueText(left)).to.equal('2 resources, 1 constraint, 1 property, 1 failure, 1 node attribute');
  });

  it('names a fencing that was reported since the snapshot', () => {
    const fenced = (text: string) =>
      member('ha-host1', { fencing: [{ text, action: 'reboot', target: 'ha-host3', status: 'success' }] });
    const before = kept(look(fenced('first')));
    expect(residueOf(before, CIB, look(fenced('first'))).fencings).to.deep.equal([]);
    expect(residueOf(before, CIB, look(fenced('second'))).fencings).to.deep.equal(['ha-host3']);
  });
});

describe('nodes out of the cluster', () => {
  const whyOf = (node: NodeObservation) => absencesIn(look(node), LINUXHA).map(({ why }) => why);

  it('are none where every node sees every other as a member', () => {
    expect(absencesIn(look(), LINUXHA)).to.deep.equal([]);
  });

  it('are listed with the reason', () => {
    const silent = { node: 'ha-host2', answered: false, problems: {} } as const;
    expect(whyOf({ ...silent, machine: 'stopped' })).to.deep.equal(['off']);
    expect(whyOf({ ...silent, machine: 'running' })).to.deep.equal(['silent']);
    expect(whyOf(silent)).to.deep.equal(['silent']);
    expect(whyOf({ ...silent, answered: true }), 'too slow to tell').to.deep.equal(['silent']);
    expect(whyOf(member('ha-host2', { units: [unit('corosync'), unit('pacemaker', 'failed')] }))).to.deep.equal([
      'stopped',
    ]);
    const alone = { quorate: false, nodeId: '1', ringId: '2', flags: [], members: [{ id: '1', name: 'ha-host2' }] };
    expect(whyOf(member('ha-host2', { quorum: alone }))).to.deep.equal(['apart']);
  });

  it('are not found among those who look apart only while another one joins', () => {
    const alone = { node: 'ha-host1', why: 'apart' } as const;
    const stopped = { node: 'ha-host3', why: 'stopped' } as const;
    expect(foundOut([alone, stopped], 0)).to.deep.equal(['ha-host1', 'ha-host3']);
    expect(foundOut([alone, stopped, { node: 'ha-host2', why: 'off' }], 1)).to.deep.equal(['ha-host3', 'ha-host2']);
    expect(foundOut([alone, { node: 'ha-host2', why: 'silent' }], 3)).to.deep.equal([]);
  });

  it('are those outside the largest partition', () => {
    const seenBy = (node: string, pending: string) =>
      member(node, {
        status: {
          nodes: NODES.map((name) => ({ name, online: true, pending: name === pending, unclean: false })),
        } as unknown as NonNullable<NodeObservation['status']>,
      });
    expect(absencesIn(look(seenBy('ha-host2', 'ha-host1')), LINUXHA)).to.deep.equal([
      { node: 'ha-host1', why: 'apart' },
    ]);
    const stopped = member('ha-host3', { units: [unit('corosync', 'inactive'), unit('pacemaker', 'inactive')] });
    expect(absencesIn(look(stopped), LINUXHA)).to.deep.equal([{ node: 'ha-host3', why: 'stopped' }]);
  });

  it('start their daemons at boot as before', () => {
    const disabled = member('ha-host3', { units: [unit('corosync'), unit('pacemaker', 'active', 'disabled')] });
    expect(enablingsIn(look(), look(disabled))).to.deep.equal([{ node: 'ha-host3', unit: 'pacemaker', enabled: true }]);
    expect(enablingsIn(look(disabled), look())).to.deep.equal([
      { node: 'ha-host3', unit: 'pacemaker', enabled: false },
    ]);
    expect(enablingsIn(look(), look())).to.deep.equal([]);
  });
});
