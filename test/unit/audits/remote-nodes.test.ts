import { expect } from 'chai';
import type { AuditKind } from '../../../src/model/audit.js';
import { AUDITS } from '../../../src/model/audit.js';
import type { Lab } from '../../../src/model/lab.js';
import type { LabObservation, NodeObservation } from '../../../src/model/observation.js';
import { node as nodeState, primitive } from '../checks/states.js';
import { testLab } from '../cluster/test-lab.js';
import { cibOf, NODES } from './support/configuration.js';
import { butAll, type InputChange, judged, stateOf, unit, VIP_ADDRESS, well } from './support/input.js';

const [host] = testLab.nodes;
const lab: Lab = {
  ...testLab,
  nodes: [...testLab.nodes, ...(host ? [{ ...host, name: 'remote1', role: 'remote' as const, disks: [] }] : [])],
};

/** As a remote node answers: no corosync, no pacemakerd, nothing of the cluster's own tools. */
function remote(addresses: readonly string[], change: Partial<NodeObservation> = {}): NodeObservation {
  return {
    node: 'remote1',
    answered: true,
    problems: {},
    bootId: 'boot-9',
    units: [unit('pacemaker_remote'), unit('pcsd')],
    addresses: addresses.map((address) => ({ device: 'eth1', address, prefix: 24, up: true })),
    mounts: [],
    processes: [{ pid: 7, ageS: 60, args: '/usr/sbin/pacemaker-remoted' }],
    activeUnits: ['pacemaker_remote'],
    coreDumps: [],
    criticalLines: [],
    disks: [{ path: '/var/log', freeMiB: 5_000, freePercent: 60 }],
    ...change,
  };
}

/** The VIP on remote1, which all members count as connected, or not. */
function withRemote(own: NodeObservation, { vipOn = 'remote1', online = true } = {}): LabObservation {
  const resources = [primitive('vip', vipOn), primitive('remote1', online ? 'ha-host1' : undefined)];
  const members = NODES.map((name, index) => nodeState(name, { id: `${index + 1}` }));
  const nodes = [...members, nodeState('remote1', { type: 'remote', online })];
  const seen = butAll(well({ vipOn, resources }), { status: stateOf(resources, { nodes }) });
  return { ...seen, nodes: [...seen.nodes, own] };
}

const found = (kind: AuditKind, now: LabObservation, change: InputChange = {}) => judged(kind, now, { lab, ...change });

describe('audits of a remote node', () => {
  it('hold where it runs what the members say, without corosync', () => {
    const now = withRemote(remote([VIP_ADDRESS]));
    for (const kind of AUDITS) expect(found(kind, now, { before: now }), kind).to.deep.equal([]);
  });

  it('find what it does not have, and what it has as well as a member', () => {
    expect(found('single-active', withRemote(remote([])))).to.deep.equal([
      'failed: the cluster says that vip is active on remote1 (so say ha-host1, ha-host2 and ha-host3), but remote1 does not have the address 192.168.56.24',
    ]);
    const twice = withRemote(remote([VIP_ADDRESS]), { vipOn: 'ha-host1' });
    expect(found('single-active', twice)[0]).to.match(/^failed: vip is on ha-host1 and remote1 by their own reports/);
  });

  it('find that it is off while a service counts as active there', () => {
    const off = remote([], { answered: false, machine: 'stopped' });
    const now = withRemote(off, { online: false });
    expect(found('in-service', now)[0]).to.match(
      /^failed: the cluster says that vip is active on remote1 .*, but remote1 is off/,
    );
  });

  it('find that it left and was not fenced before its service was started elsewhere, where a fault cut it off', () => {
    const cib = cibOf(undefined, { properties: { 'stonith-enabled': 'true' } });
    const fencing = (seen: LabObservation) => butAll(seen, { cib });
    const before = fencing(withRemote(remote([VIP_ADDRESS])));
    const now = fencing(withRemote(remote([]), { vipOn: 'ha-host2', online: false }));
    const faults = [{ kind: 'partition', groups: [['remote1'], [...NODES]] } as const];
    expect(found('fenced-first', now, { before, faults })[0]).to.match(
      /^failed: vip was started on ha-host2.*, and no fencing of remote1 was confirmed$/,
    );
    expect(found('fenced-first', now, { before }), 'its pacemaker_remote may have been stopped').to.deep.equal([]);
    expect(found('as-left', now, { before, faults })).to.deep.equal([]);
    expect(found('as-left', now, { before })[0]).to.match(/^failed: remote1 was online and is offline/);
  });
});
