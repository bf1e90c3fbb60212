import { expect } from 'chai';
import type { ArpObservation, LabObservation } from '../../../src/model/observation.js';
import { primitive } from '../checks/states.js';
import { cibOf, configured, NODES } from './support/configuration.js';
import { but, CUT, judged, showing, silent, split, subjectsOf, VIP_ADDRESS, VIP_MAC, well } from './support/input.js';

const asked = (change: Partial<ArpObservation>): LabObservation => ({
  ...well(),
  arp: [{ address: VIP_ADDRESS, from: 'iscsi-disks', macs: [], ...change }],
});
const OTHER_MAC = '52:54:00:00:00:32';

describe('audit one-mac', () => {
  it('holds where one MAC answers', () => {
    expect(judged('one-mac', well())).to.deep.equal([]);
  });

  it('holds where one of several askers was answered', () => {
    const nobody = { address: VIP_ADDRESS, from: 'ha-host3', macs: [] };
    expect(judged('one-mac', { ...well(), arp: [...well().arp, nobody] })).to.deep.equal([]);
  });

  it('is broken by two', () => {
    const now = asked({ macs: [VIP_MAC, OTHER_MAC] });
    expect(judged('one-mac', now)).to.deep.equal([
      `failed: 192.168.56.24 is answered for by 2 MAC addresses: ${VIP_MAC} and ${OTHER_MAC}`,
    ]);
    expect(subjectsOf('one-mac', now)).to.deep.equal([['vip', VIP_ADDRESS]]);
  });

  it('is broken by two even where no CIB tells whose address it is', () => {
    const now = asked({ macs: [VIP_MAC, OTHER_MAC] });
    const blind = { ...now, nodes: now.nodes.map(({ cib, ...rest }) => rest) };
    expect(judged('one-mac', blind)[0]).to.match(/^failed: 192.168.56.24 is answered for by 2/);
  });

  it('is broken by an answer to a node that has the address itself', () => {
    expect(judged('one-mac', asked({ from: 'ha-host1', macs: [OTHER_MAC] }))).to.deep.equal([
      `failed: ha-host1 has 192.168.56.24 itself, and ${OTHER_MAC} answers for it too`,
    ]);
    const onDownLink = asked({ from: 'ha-host2', macs: [VIP_MAC] });
    const bound = { addresses: [{ device: 'eth1', address: VIP_ADDRESS, prefix: 24, up: false }] };
    expect(judged('one-mac', but(onDownLink, 'ha-host2', bound))).to.deep.equal([]);
  });

  it('is broken by no answer while it is started with quorum', () => {
    expect(judged('one-mac', asked({}))).to.deep.equal([
      'failed: nobody answers for 192.168.56.24 (iscsi-disks asked), but vip is active on ha-host1',
    ]);
  });

  it('holds without an answer where it is started nowhere, or only without quorum', () => {
    expect(judged('one-mac', showing(asked({}), { resources: [primitive('vip', undefined)] }))).to.deep.equal([]);
    const parted = split(showing(asked({}), { resources: [primitive('vip', undefined)] }), ['ha-host1'], {
      resources: [primitive('vip', 'ha-host1')],
    });
    expect(judged('one-mac', parted)).to.deep.equal([]);
  });

  it('holds for an address outside every network of the lab while it is started nowhere', () => {
    const cib = cibOf([configured('vip', 'ocf:heartbeat:IPaddr2', { ip: '192.168.77.24' })]);
    const nowhere = NODES.reduce((now, node) => but(now, node, { cib }), { ...well(), arp: [] } as LabObservation);
    const stopped = showing(nowhere, { resources: [primitive('vip', undefined)] });
    expect(judged('one-mac', stopped)).to.deep.equal([]);
    expect(judged('one-mac', nowhere)).to.deep.equal([
      'unknown: who answers for 192.168.77.24 is not known: no node asked',
    ]);
  });

  it('holds without an answer where the cluster does not look after it, or says that it failed', () => {
    const shown = (change: object) => showing(asked({}), { resources: [primitive('vip', 'ha-host1', change)] });
    expect(judged('one-mac', shown({}))).to.have.length(1);
    for (const change of [{ managed: false }, { maintenance: true }, { failed: true }, { blocked: true }])
      expect(judged('one-mac', shown(change)), JSON.stringify(change)).to.deep.equal([]);
    const kept = showing(shown({}), { options: { maintenanceMode: true } });
    expect(judged('one-mac', kept)).to.deep.equal([]);
  });

  it('is inconclusive where no node asked, or without an answer', () => {
    expect(judged('one-mac', { ...well(), arp: [] })).to.deep.equal([
      'unknown: who answers for 192.168.56.24 is not known: no node asked',
    ]);
    expect(judged('one-mac', asked({ problem: 'arping: no such device' }))).to.deep.equal([
      'unknown: who answers for 192.168.56.24 is not known: arping: no such device',
    ]);
  });

  it('holds without an answer where a fault in force has taken the address from who has it started', () => {
    const gone = { kind: 'address-gone', node: 'ha-host1', address: '192.168.56.24' } as const;
    expect(judged('one-mac', asked({}), { faults: [gone] })).to.deep.equal([]);
    expect(judged('one-mac', asked({}), { faults: [{ ...gone, node: 'ha-host2' }] })).to.have.length(1);
    expect(judged('one-mac', asked({}), { faults: [{ ...gone, address: '192.168.56.25' }] })).to.have.length(1);
  });

  it('is inconclusive if the asking node is cut off or has the address', () => {
    const withoutAnswer = 'asked for 192.168.56.24 and could not have received an answer';
    expect(judged('one-mac', asked({ from: 'ha-host1' }))).to.deep.equal([`unknown: ha-host1 ${withoutAnswer}`]);
    expect(judged('one-mac', asked({ from: 'ha-host2' }), { faults: [CUT('ha-host2')] })).to.deep.equal([
      `unknown: ha-host2 ${withoutAnswer}`,
    ]);
  });

  it('is inconclusive where a node that might have started it does not answer', () => {
    const dark = NODES.reduce((sum, name) => silent(sum, name), asked({}));
    expect(judged('one-mac', dark, { before: well() })).to.deep.equal([
      'unknown: nobody answers for 192.168.56.24, and ha-host1, ha-host2 and ha-host3 might have it started',
    ]);
  });

  it('is not asked of IPv6', () => {
    const cib = cibOf([configured('v6', 'ocf:heartbeat:IPaddr2', { ip: 'fd00::24' })]);
    expect(judged('one-mac', { ...well({ cib }), arp: [] })).to.deep.equal([]);
  });
});
