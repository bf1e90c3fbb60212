import { expect } from 'chai';
import type { LabObservation } from '../../../src/model/observation.js';
import type { ResolvedFault } from '../../../src/model/scenario.js';
import { testLab } from '../cluster/test-lab.js';
import { NODES } from './support/configuration.js';
import { but, judged, quorumOf, split, well } from './support/input.js';

const before = well();
const of = (...groups: readonly (readonly string[])[]): ResolvedFault => ({ kind: 'partition', groups });
const apart = split(well({ vipOn: 'ha-host2' }), ['ha-host1']);
const asLeft = (now: LabObservation, fault: ResolvedFault) => judged('as-left', now, { before, faults: [fault] });
const oneDc = (now: LabObservation, fault: ResolvedFault) => judged('one-dc', now, { faults: [fault] });

const INTO_TWO = of(['ha-host1'], ['ha-host2', 'ha-host3']);
const ANOTHER = of(['ha-host1', 'ha-host2'], ['ha-host3']);

describe('what a fault on several nodes explains', () => {
  it('is of a partition that its groups part, and not that one of them does', () => {
    expect(oneDc(apart, INTO_TWO)).to.deep.equal([]);
    expect(asLeft(apart, INTO_TWO)).to.deep.equal([]);
    const [seen] = oneDc(apart, of(['ha-host1'], ['iscsi-disks']));
    expect(seen).to.match(/^failed: two partitions, each with a DC/);
    expect(asLeft(split(well(), ['ha-host3']), INTO_TWO)).to.deep.equal([
      'failed: ha-host3 was online and is offline, by the view of ha-host2',
    ]);
    expect(asLeft(split(well(), ['ha-host3']), ANOTHER)).to.deep.equal([]);
  });

  it('is nothing where the link carries service only', () => {
    const networks = [{ name: 'hostonly', cidr: '192.168.56.0/24', carries: ['service'] as const }];
    const lab = { ...testLab, networks };
    for (const fault of [
      { ...INTO_TWO, link: 'eth1' },
      { kind: 'isolate', node: 'ha-host1', link: 'eth1' },
      { kind: 'ring', nodes: [...NODES], link: 'eth1' },
    ] as readonly ResolvedFault[]) {
      expect(judged('one-dc', apart, { faults: [fault], lab }), fault.kind).to.have.length(1);
      expect(judged('as-left', apart, { faults: [fault], lab, before }), fault.kind).to.have.length(1);
    }
  });

  it('is that nobody has quorum', () => {
    const alone = NODES.reduce(
      (sum, name) => but(sum, name, { quorum: quorumOf(name, [name]), controller: 'S_IDLE', dc: name }),
      well(),
    );
    for (const fault of [of(...NODES.map((name) => [name])), { kind: 'ring', nodes: [...NODES] } as const]) {
      expect(asLeft(alone, fault), fault.kind).to.deep.equal([]);
      expect(
        oneDc(alone, fault).filter((found) => found.includes('no fault in force')),
        fault.kind,
      ).to.deep.equal([]);
    }
  });

  it('is never that two have it', () => {
    const both = but(apart, 'ha-host1', { quorum: quorumOf('ha-host1', ['ha-host1'], { quorate: true }) });
    expect(oneDc(both, INTO_TWO)[0]).to.match(/^failed: 2 partitions have quorum at once/);
  });

  it('is of an isolated node that it is out, and of nobody else', () => {
    expect(oneDc(apart, { kind: 'isolate', node: 'ha-host1' })).to.deep.equal([]);
    expect(asLeft(apart, { kind: 'isolate', node: 'ha-host1' })).to.deep.equal([]);
    expect(oneDc(apart, { kind: 'isolate', node: 'ha-host2' })).to.have.length(1);
    expect(asLeft(apart, { kind: 'isolate', node: 'ha-host2' })).to.have.length(1);
  });

  it('is of a ring, and of a link that is shaped, that whoever is in it drops out', () => {
    expect(asLeft(apart, { kind: 'ring', nodes: [...NODES] })).to.deep.equal([]);
    expect(asLeft(apart, { kind: 'shape', node: 'ha-host1', link: 'eth1', lossPercent: 40 })).to.deep.equal([]);
    expect(asLeft(apart, { kind: 'shape', node: 'ha-host2', link: 'eth1', lossPercent: 40 })).to.have.length(1);
  });

  it('is of a reboot another boot and its daemons, there alone', () => {
    const again = but(well(), 'ha-host3', { bootId: 'boot-9' });
    expect(asLeft(again, { kind: 'reboot', node: 'ha-host3' })).to.deep.equal([]);
    expect(asLeft(again, { kind: 'reboot', node: 'ha-host2' })).to.have.length(1);
  });
});
