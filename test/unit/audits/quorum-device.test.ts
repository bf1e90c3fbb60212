import { expect } from 'chai';
import { pendingActivityIn } from '../../../src/audits/pending-activity.js';
import { FAULTS } from '../../../src/faults/index.js';
import type { Lab } from '../../../src/model/lab.js';
import type { DeviceObservation, LabObservation, QuorumObservation } from '../../../src/model/observation.js';
import { activeFaults } from '../../../src/ports/fault.js';
import { testLab } from '../cluster/test-lab.js';
import { NODES } from './support/configuration.js';
import { but, inputOf, judged, quorumOf, split, well } from './support/input.js';

const [host] = testLab.nodes;
const lab: Lab = {
  ...testLab,
  cluster: { ...testLab.cluster, quorumDevice: { node: 'arbiter', algorithm: 'lms' } },
  nodes: [...testLab.nodes, ...(host ? [{ ...host, name: 'arbiter', role: 'qdevice' as const, disks: [] }] : [])],
};

const VOTING: QuorumObservation['device'] = { alive: true, votes: true };
const WITHOUT: QuorumObservation['device'] = { alive: true, votes: false };

/** Each node counts the device as told; the device has given the same answers. */
function withDevice(
  observation: LabObservation,
  counted: (node: string) => QuorumObservation['device'] = () => VOTING,
  change: Partial<DeviceObservation> = {},
): LabObservation {
  const nodes = observation.nodes.map((each) => {
    const device = counted(each.node);
    return each.quorum === undefined ? each : { ...each, quorum: { ...each.quorum, ...(device && { device }) } };
  });
  const clients = nodes.flatMap(({ quorum }) =>
    quorum === undefined ? [] : [{ nodeId: quorum.nodeId, ringId: quorum.ringId, vote: 'ACK' }],
  );
  return {
    ...observation,
    nodes,
    quorumDevice: { node: 'arbiter', answered: true, problems: {}, active: true, clients, ...change },
  };
}

const found = (now: LabObservation, change: Parameters<typeof judged>[2] = {}) =>
  judged('quorum-device', now, { lab, ...change });

describe('audit quorum-device', () => {
  it('holds where all are connected and count the vote that they were given, and where there is no device', () => {
    expect(found(withDevice(well()))).to.deep.equal([]);
    expect(judged('quorum-device', well())).to.deep.equal([]);
  });

  it('is broken where two partitions count the vote at once', () => {
    const now = withDevice(split(well(), ['ha-host1']));
    const faults = [{ kind: 'isolate', node: 'ha-host1' } as const];
    expect(found(now, { faults })).to.deep.equal([
      'failed: two partitions count the vote of the quorum device at once: ha-host1 (ring 1.1), ha-host2 (ring 2.2) and ha-host3 (ring 2.2)',
    ]);
  });

  it('is broken where a node counts a vote that it was refused, or not one that it was given', () => {
    const clients = NODES.map((name) => ({ ...quorumOf(name, NODES), vote: name === 'ha-host1' ? 'NACK' : 'ACK' }));
    expect(found(withDevice(well(), () => VOTING, { clients }))).to.deep.equal([
      'failed: arbiter refused ha-host1 the vote of the quorum device, and ha-host1 counts it',
    ]);
    expect(found(withDevice(well(), (node) => (node === 'ha-host2' ? WITHOUT : VOTING)))).to.deep.equal([
      'failed: arbiter gave ha-host2 the vote of the quorum device, and ha-host2 does not count it',
    ]);
    const earlier = clients.map((each) => ({ ...each, ringId: '9.9' }));
    expect(
      found(withDevice(well(), () => VOTING, { clients: earlier })),
      'the answer is of another membership',
    ).to.deep.equal([]);
  });

  it('is broken where a node has lost the device, unless a fault separates them', () => {
    const now = withDevice(well(), (node) => (node === 'ha-host3' ? { alive: false, votes: false } : VOTING));
    const lost =
      'failed: ha-host3 is not connected to the quorum device on arbiter, which runs: corosync on ha-host3 has lost it';
    expect(found(now)).to.deep.equal([lost]);
    expect(found(withDevice(well(), (node) => (node === 'ha-host3' ? undefined : VOTING)))).to.deep.equal([lost]);
    const partition = { kind: 'partition', groups: [['ha-host1', 'ha-host2', 'arbiter'], ['ha-host3']] } as const;
    expect(found(now, { faults: [partition] })).to.deep.equal([]);
    expect(
      found(now, { faults: [{ ...partition, groups: [['ha-host1'], ['arbiter', 'ha-host2', 'ha-host3']] }] }),
    ).to.have.length(1);
    const faults = activeFaults([], FAULTS, lab);
    const idle = (looked: LabObservation) => but(looked, 'ha-host1', { planned: [] });
    expect(pendingActivityIn(idle(now), { faults })).to.deep.include({ mayStay: true, patienceMs: 30_000 });
    expect(pendingActivityIn(idle(withDevice(well())), { faults })).to.equal(undefined);
  });

  it('is broken where the device is down, unless a fault has taken it away; inconclusive where it did not answer', () => {
    const none = () => ({ alive: false, votes: false });
    const deviceIs = (device: Omit<DeviceObservation, 'node' | 'clients'>): LabObservation => ({
      ...withDevice(well(), none),
      quorumDevice: { node: 'arbiter', clients: [], ...device },
    });
    const off = deviceIs({ answered: false, machine: 'stopped', problems: {} });
    expect(found(off)).to.deep.equal([
      'failed: arbiter, which gives the vote of the quorum device, is down: its machine is stopped',
    ]);
    expect(found(off, { faults: [{ kind: 'power-off', node: 'arbiter' }] })).to.deep.equal([]);
    expect(found(deviceIs({ answered: true, active: false, problems: {} }))).to.deep.equal([
      'failed: corosync-qnetd does not run on arbiter',
    ]);
    expect(found(deviceIs({ answered: false, problems: { answer: 'no answer within 30 s' } }))).to.deep.equal([
      'unknown: arbiter, which gives the vote of the quorum device, did not answer: no answer within 30 s',
    ]);
  });

  it('waits with its verdict until the cluster is idle', () => {
    const now = but(withDevice(well()), 'ha-host1', ({ quorum }) =>
      quorum ? { quorum: { ...quorum, device: WITHOUT } } : {},
    );
    expect(found(now, { unsettled: 'ha-host3 is joining' })[0]).to.match(/^unknown: .*not idle/);
    expect(inputOf(now, { lab }).lab.cluster.quorumDevice?.node).to.equal('arbiter');
  });
});
