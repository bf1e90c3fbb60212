import { expect } from 'chai';
import { node } from '../checks/states.js';
import { testLab } from '../cluster/test-lab.js';
import { NODES } from './support/configuration.js';
import { but, CUT, judged, quorumOf, SILENT, silent, split, stateOf, stopped, unread, well } from './support/input.js';

/** Every node has a second link; that of ha-host1 is on a network that the cluster does not use. */
function testLabWithStorageNetwork(): typeof testLab {
  return {
    ...testLab,
    networks: [...testLab.networks, { name: 'storage', cidr: '10.9.0.0/24', carries: ['service'] }],
    nodes: testLab.nodes.map((each) => ({
      ...each,
      links: [
        ...each.links,
        { name: 'eth2', network: each.name === 'ha-host1' ? 'storage' : 'hostonly', address: '10.9.0.1', prefix: 24 },
      ],
    })),
  };
}

const WHOLE = '{ha-host1, ha-host2, ha-host3} (ring 1.3)';

describe('audit one-dc', () => {
  it('holds where one is the DC and all name it', () => {
    expect(judged('one-dc', well())).to.deep.equal([]);
  });

  it('is broken by two DCs in one membership', () => {
    const now = but(well(), 'ha-host2', { controller: 'S_TRANSITION_ENGINE', dc: 'ha-host2' });
    expect(judged('one-dc', now)).to.deep.equal([
      `failed: 2 nodes are the DC of ${WHOLE} by their own reports: ha-host1 (S_IDLE) and ha-host2 (S_TRANSITION_ENGINE)`,
    ]);
  });

  it('is broken where nobody is, once the cluster is idle', () => {
    const now = but(well(), 'ha-host1', { controller: 'S_NOT_DC' });
    expect(judged('one-dc', now)).to.deep.equal([
      `failed: ${WHOLE} has no DC: ha-host1 is in S_NOT_DC, ha-host2 is in S_NOT_DC and ha-host3 is in S_NOT_DC`,
    ]);
    expect(
      judged('one-dc', but(now, 'ha-host1', { controller: 'S_ELECTION' }), { unsettled: 'an election' })[0],
    ).to.match(/^unknown/);
  });

  it('is inconclusive where the one that might be the DC was not read', () => {
    const now = silent(well(), 'ha-host1');
    expect(judged('one-dc', now)).to.deep.equal([SILENT('ha-host1')]);
    expect(judged('one-dc', unread(well(), 'ha-host1', 'controller'))).to.deep.equal([
      'unknown: the controller of ha-host1 could not be read: timed out',
    ]);
  });

  it('is broken by a member that names another one, or none', () => {
    expect(judged('one-dc', but(well(), 'ha-host3', { dc: 'ha-host9' }))).to.deep.equal([
      `failed: ha-host3 says that the DC is ha-host9, which is not in ${WHOLE}, but ha-host1 is, as its own controller reports`,
    ]);
    const { dc: _dc, ...nobody } = stateOf([]);
    const now = {
      ...well(),
      nodes: well().nodes.map(({ dc, ...rest }) =>
        rest.node === 'ha-host3' ? { ...rest, status: nobody } : { ...rest, dc: 'ha-host1' },
      ),
    };
    expect(judged('one-dc', now)).to.deep.equal([
      'failed: ha-host3 knows of no DC, but ha-host1 is, as its own controller reports',
    ]);
  });

  it('does not take a view that was not read for one without a DC', () => {
    const nodes = well().nodes.map(({ dc, ...rest }) =>
      rest.node === 'ha-host3' ? rest : { ...rest, dc: 'ha-host1' },
    );
    expect(judged('one-dc', unread({ ...well(), nodes }, 'ha-host3', 'status'))).to.deep.equal([
      'unknown: the status of ha-host3 could not be read: timed out',
    ]);
  });

  it('holds where the cluster is stopped on a node', () => {
    const two = NODES.slice(0, 2).reduce(
      (sum, name) =>
        but(sum, name, ({ status }) => ({
          quorum: quorumOf(name, ['ha-host1', 'ha-host2']),
          status: {
            ...(status ?? stateOf([])),
            nodes: [node('ha-host1'), node('ha-host2'), node('ha-host3', { online: false })],
          },
        })),
      stopped(well(), 'ha-host3'),
    );
    expect(judged('one-dc', two)).to.deep.equal([]);
    expect(
      judged(
        'one-dc',
        NODES.reduce((sum, name) => stopped(sum, name), well()),
      ),
    ).to.deep.equal([]);
  });

  describe('on who is a member', () => {
    it('is broken where one counts in another that is elsewhere by its own report', () => {
      const now = but(well(), 'ha-host3', {
        quorum: quorumOf('ha-host3', ['ha-host3']),
        controller: 'S_IDLE',
        dc: 'ha-host3',
      });
      expect(judged('one-dc', now)).to.include(
        `failed: ha-host1 and ha-host2 count ha-host3 in ${WHOLE}, but ha-host3 is in {ha-host3} (ring 3.1) by its own report`,
      );
    });

    it('is broken where crm_mon and corosync differ, on who is online or offline', () => {
      const offline = stateOf([], { nodes: [node('ha-host1'), node('ha-host2'), node('ha-host3', { online: false })] });
      expect(judged('one-dc', but(well(), 'ha-host2', { status: offline }))).to.deep.equal([
        'failed: crm_mon on ha-host2 has ha-host3 offline, which runs pacemaker and is a member by corosync there',
      ]);
      const more = stateOf([], { nodes: [...stateOf([]).nodes, node('ha-host4')] });
      expect(judged('one-dc', but(well(), 'ha-host2', { status: more }))).to.deep.equal([
        'failed: crm_mon on ha-host2 has ha-host4 online, which is no member by corosync there: ha-host1, ha-host2 and ha-host3',
      ]);
    });

    it('is broken where members of one membership differ on quorum', () => {
      const now = but(well(), 'ha-host3', { quorum: quorumOf('ha-host3', NODES, { quorate: false }) });
      expect(judged('one-dc', now)).to.deep.equal([
        `failed: the members of ${WHOLE} differ on quorum: with it as reported by ha-host1 and ha-host2, without it as reported by ha-host3`,
      ]);
    });

    it('does not miss a member that does not run pacemaker, or does not say', () => {
      const offline = stateOf([], { nodes: [node('ha-host1'), node('ha-host2'), node('ha-host3', { online: false })] });
      const seen = but(but(well(), 'ha-host1', { status: offline }), 'ha-host2', { status: offline });
      const corosyncOnly = stopped(seen, 'ha-host3', { quorum: quorumOf('ha-host3', NODES) });
      expect(judged('one-dc', corosyncOnly)).to.deep.equal([]);
      expect(judged('one-dc', silent(seen, 'ha-host3'))).to.deep.equal([SILENT('ha-host3')]);
    });

    it('leaves out who is joining, and remote nodes', () => {
      const joining = stateOf([], {
        nodes: [
          node('ha-host1'),
          node('ha-host2'),
          node('ha-host3', { online: false, pending: true }),
          node('far', { type: 'remote' }),
        ],
      });
      expect(judged('one-dc', but(well(), 'ha-host2', { status: joining }))).to.deep.equal([]);
    });

    it('knows members by their ids where corosync has no names for them', () => {
      const now = {
        ...well(),
        nodes: well().nodes.map((each) => ({
          ...each,
          quorum: quorumOf(each.node, NODES, {
            members: ['1', '2', '3'].map((id) => ({ id, name: `192.168.56.3${id}` })),
          }),
        })),
      };
      expect(judged('one-dc', now)).to.deep.equal([]);
    });
  });

  describe('split into partitions', () => {
    const parted = split(well({ vipOn: 'ha-host2' }), ['ha-host1']);

    it('holds where a fault in force explains it', () => {
      expect(judged('one-dc', parted, { faults: [CUT('ha-host1')] })).to.deep.equal([]);
      expect(judged('one-dc', parted, { faults: [CUT('ha-host2'), CUT('ha-host3')] })).to.deep.equal([]);
    });

    it('is broken where none does', () => {
      const seen =
        'failed: two partitions, each with a DC, and no fault in force that would split them: ha-host1 in {ha-host1} (ring 1.1) and ha-host2 in {ha-host2, ha-host3} (ring 2.2)';
      expect(judged('one-dc', parted)).to.deep.equal([seen]);
      expect(judged('one-dc', parted, { faults: [CUT('ha-host2')] })).to.deep.equal([seen]);
    });

    it('is broken by a fault on a network that does not carry the cluster', () => {
      const fault = { ...CUT('ha-host1'), link: 'eth9' };
      expect(judged('one-dc', parted, { faults: [fault] })).to.deep.equal([]);
      const lab = testLabWithStorageNetwork();
      expect(judged('one-dc', parted, { lab, faults: [{ ...fault, link: 'eth2' }] })).to.have.length(1);
    });

    it('is broken where a fault is on some of a partition only', () => {
      const two = split(well({ vipOn: 'ha-host3' }), ['ha-host1', 'ha-host2']);
      const poor = ['ha-host1', 'ha-host2'].reduce(
        (sum, name) => but(sum, name, { quorum: quorumOf(name, ['ha-host1', 'ha-host2'], { quorate: false }) }),
        two,
      );
      expect(judged('one-dc', poor, { faults: [CUT('ha-host1')] })).to.have.length(1);
      expect(judged('one-dc', poor, { faults: [CUT('ha-host1'), CUT('ha-host2')] })).to.deep.equal([]);
    });

    it('holds where only one of two has a DC', () => {
      const led = but(parted, 'ha-host1', { controller: 'S_PENDING' });
      expect(judged('one-dc', led).filter((seen) => seen.includes('two partitions'))).to.deep.equal([]);
    });

    it('is broken by two that have quorum, fault or no fault', () => {
      const both = but(parted, 'ha-host1', { quorum: quorumOf('ha-host1', ['ha-host1'], { quorate: true }) });
      expect(judged('one-dc', both, { faults: [CUT('ha-host1')] })).to.deep.equal([
        'failed: 2 partitions have quorum at once: {ha-host1} (ring 1.1) and {ha-host2, ha-host3} (ring 2.2)',
      ]);
    });
  });
});
