import { expect } from 'chai';
import type { LabObservation } from '../../../src/model/observation.js';
import { node } from '../checks/states.js';
import { testLab } from '../cluster/test-lab.js';
import { cibOf, NODES } from './support/configuration.js';
import {
  but,
  butAll,
  CUT,
  judged,
  quorumOf,
  showing,
  silent,
  split,
  stopped,
  unit,
  unread,
  well,
} from './support/input.js';

const before = well();
const OFF = { kind: 'power-off', node: 'ha-host3' } as const;
const FROZEN = { kind: 'freeze', node: 'ha-host3' } as const;
const judge = (now: LabObservation, change = {}) => judged('as-left', now, { before, ...change });
const units = (change: object) => ({
  units: [
    unit('corosync', { mainPid: 300 }),
    unit('pacemaker', { mainPid: 301 }),
    unit('pcsd', { mainPid: 302, ...change }),
  ],
});
const standing = (change: object) => ({ nodes: NODES.map((name) => node(name, name === 'ha-host3' ? change : {})) });

describe('audit as-left', () => {
  it('holds where nothing has changed', () => {
    expect(judge(well())).to.deep.equal([]);
  });

  describe('of nodes', () => {
    it('is broken by one that no longer answers', () => {
      expect(judge(silent(well(), 'ha-host3', 'stopped'))).to.include(
        'failed: ha-host3 answered before and does not now (its machine is stopped)',
      );
      expect(judge(silent(well(), 'ha-host3'))).to.include('failed: ha-host3 answered before and does not now');
    });

    it('cannot tell of one that lives and was too slow to be looked at', () => {
      const { nodes } = silent(well(), 'ha-host3');
      const slow = nodes.map((each) =>
        each.node === 'ha-host3' ? { node: each.node, answered: true, problems: { answer: 'it lives' } } : each,
      );
      expect(judge({ ...well(), nodes: slow })).to.deep.equal([
        'unknown: the units of ha-host3 could not be read: it lives',
      ]);
    });

    it('holds where a fault in force or the step itself explains it', () => {
      const gone = silent(split(well(), ['ha-host3']), 'ha-host3', 'stopped');
      expect(judge(gone, { faults: [OFF] })).to.deep.equal([]);
      expect(judge(gone, { faults: [FROZEN] })).to.deep.equal([]);
      expect(judge(gone, { touched: ['ha-host3'] })).to.deep.equal([]);
      expect(judge(gone, { faults: [CUT('ha-host3')] })).to.have.length(1);
    });

    it('holds where one comes back, and where one was silent before and is known to be off', () => {
      expect(judged('as-left', well(), { before: silent(well(), 'ha-host3', 'stopped') })).to.deep.equal([]);
      const off = silent(split(well(), ['ha-host3']), 'ha-host3', 'stopped');
      expect(judged('as-left', off, { before: off })).to.deep.equal([]);
    });

    it('is inconclusive of one that was silent before and is', () => {
      const dark = silent(split(well(), ['ha-host3']), 'ha-host3');
      expect(judged('as-left', dark, { before: dark })[0]).to.match(/^unknown: ha-host3 did not answer/);
    });

    it('is broken by another boot, and reports fencing', () => {
      const rebooted = but(well(), 'ha-host3', { bootId: 'boot-9' });
      expect(judge(rebooted)).to.deep.equal([
        'failed: ha-host3 was started again: its boot id is another one than before',
      ]);
      const event = { text: 'reboot', action: 'reboot', target: 'ha-host3', status: 'success' as const };
      const fenced = but(rebooted, 'ha-host1', { fencing: [event] });
      expect(judge(fenced)[0]).to.match(/, and the cluster reports that it fenced it$/);
      expect(judge(fenced, { faults: [CUT('ha-host3')] })).to.deep.equal([]);
      const hangs = { kind: 'stop-hang', node: 'ha-host3', resource: 'vip' } as const;
      expect(judge(fenced, { faults: [hangs] })).to.deep.equal([]);
      expect(judge(rebooted, { faults: [hangs] }), 'it was not fenced').to.have.length(1);
      expect(judge(fenced, { faults: [{ ...hangs, node: 'ha-host2' }] })).to.have.length(1);
      const still = showing(fenced, standing({ online: false }), ['ha-host1', 'ha-host2']);
      expect(judge(still, { faults: [hangs] }), 'and is not back yet').to.deep.equal([]);
      const vainly = but(rebooted, 'ha-host1', { fencing: [{ ...event, status: 'failed' }] });
      expect(judge(vainly, { faults: [CUT('ha-host3')] })).to.have.length(1);
      const another = but(rebooted, 'ha-host1', { fencing: [{ ...event, target: 'ha-host2' }] });
      expect(judge(another, { faults: [CUT('ha-host3')] })).to.have.length(1);
    });
  });

  describe('of units', () => {
    it('is broken by one that went down, or is no longer enabled', () => {
      expect(judge(but(well(), 'ha-host3', units({ active: 'failed' })))).to.deep.equal([
        'failed: pcsd on ha-host3 was active and is failed',
      ]);
      expect(judge(but(well(), 'ha-host3', units({ enabled: 'disabled' })))).to.deep.equal([
        'failed: pcsd on ha-host3 was enabled and is disabled',
      ]);
    });

    it('holds where a fault in force takes daemons down there, and there alone', () => {
      const down = but(well(), 'ha-host3', units({ active: 'inactive' }));
      for (const fault of [
        { kind: 'cluster-stop' },
        { kind: 'daemon-kill', daemon: 'corosync' },
        { kind: 'daemon-stop', daemon: 'attrd' },
      ]) {
        expect(judge(down, { faults: [{ ...fault, node: 'ha-host3' }] }), fault.kind).to.deep.equal([]);
        expect(judge(down, { faults: [{ ...fault, node: 'ha-host2' }] }), fault.kind).to.have.length(1);
      }
      expect(judge(down, { faults: [{ kind: 'standby', node: 'ha-host3' }] })).to.have.length(1);
    });

    it('is broken so on a node that was cut off too, but not on one that the step touched', () => {
      const down = but(well(), 'ha-host3', units({ active: 'inactive' }));
      expect(judge(down, { faults: [CUT('ha-host3')] })).to.have.length(1);
      expect(judge(down, { touched: ['ha-host3'] })).to.deep.equal([]);
    });

    it('holds where one is down as it was', () => {
      const down = but(well(), 'ha-host3', units({ active: 'inactive', enabled: 'disabled' }));
      expect(judged('as-left', down, { before: down })).to.deep.equal([]);
    });

    it('holds where one comes up', () => {
      expect(
        judged('as-left', well(), {
          before: but(well(), 'ha-host3', units({ active: 'inactive', enabled: 'disabled' })),
        }),
      ).to.deep.equal([]);
    });

    it('is inconclusive where they were not read', () => {
      expect(judge(unread(well(), 'ha-host3', 'units'))).to.deep.equal([
        'unknown: the units of ha-host3 could not be read: timed out',
      ]);
    });
  });

  describe('of membership', () => {
    it('is broken by a node that is no longer online with quorum', () => {
      const parted = split(well(), ['ha-host3']);
      expect(judge(parted)).to.deep.equal([
        'failed: ha-host3 was online and is offline, by the view of ha-host1 and ha-host2',
      ]);
      expect(judge(parted, { faults: [CUT('ha-host3')] })).to.deep.equal([]);
      expect(judge(parted, { faults: [CUT('ha-host2')] })).to.have.length(1);
    });

    it('is no surprise to the one that was cut off and has quorum all the same, and is one where no cluster link is down', () => {
      const parted = split(well(), ['ha-host2', 'ha-host3']);
      const alone = butAll(parted, ({ node: name, quorum }) =>
        quorum === undefined ? {} : { quorum: { ...quorum, quorate: name === 'ha-host1' } },
      );
      expect(judge(alone, { faults: [CUT('ha-host1')] })).to.deep.equal([]);
      expect(judge(alone)).to.have.length(2);
      const networks = [{ name: 'hostonly', cidr: '192.168.56.0/24', carries: ['service'] as const }];
      const found = judge(split(well(), ['ha-host3']), {
        faults: [CUT('ha-host3')],
        lab: { ...testLab, networks },
      });
      expect(found).to.deep.equal(['failed: ha-host3 was online and is offline, by the view of ha-host1 and ha-host2']);
    });

    it('is broken by standby or maintenance, on and off', () => {
      expect(judge(showing(well(), standing({ standby: true })))).to.deep.equal([
        'failed: ha-host3 is in standby and was not, by the view of ha-host1, ha-host2 and ha-host3',
      ]);
      expect(judged('as-left', well(), { before: showing(well(), standing({ maintenance: true })) })).to.deep.equal([
        'failed: ha-host3 was in maintenance and is not, by the view of ha-host1, ha-host2 and ha-host3',
      ]);
      expect(judge(showing(well(), standing({ standby: true })), { touched: ['ha-host3'] })).to.deep.equal([]);
    });

    it('holds where a fault in force has set the node aside so, and not otherwise', () => {
      const aside = showing(well(), standing({ standby: true }));
      expect(judge(aside, { faults: [{ kind: 'standby', node: 'ha-host3' }] })).to.deep.equal([]);
      expect(judge(aside, { faults: [{ kind: 'maintenance', node: 'ha-host3' }] })).to.have.length(1);
      expect(judge(aside, { faults: [{ kind: 'standby', node: 'ha-host2' }] })).to.have.length(1);
    });

    it('holds where either side of a one-way loss has dropped out, and no third', () => {
      const parted = split(well(), ['ha-host3']);
      const loss = (node: string, from: string) => ({ kind: 'one-way-loss', node, from, link: 'eth1' }) as const;
      expect(judge(parted, { faults: [loss('ha-host3', 'ha-host1')] })).to.deep.equal([]);
      expect(judge(parted, { faults: [loss('ha-host1', 'ha-host3')] })).to.deep.equal([]);
      expect(judge(parted, { faults: [loss('ha-host1', 'ha-host2')] })).to.have.length(1);
    });

    it('goes by the DC’s view of before', () => {
      const late = NODES.reduce(
        (sum, name) => showing(but(sum, name, { dc: 'ha-host2' }), { dc: { name: 'ha-host2' } }, [name]),
        showing(well(), standing({ standby: true }), ['ha-host1']),
      );
      expect(judged('as-left', well(), { before: late })).to.deep.equal([]);
    });

    it('is broken where quorum is gone without a reason, and is inconclusive where a silent node may have it', () => {
      const poor = (now: LabObservation): LabObservation =>
        NODES.reduce((sum, name) => but(sum, name, { quorum: quorumOf(name, NODES, { quorate: false }) }), now);
      expect(judge(poor(well()))).to.deep.equal([
        'failed: no node has quorum any more, and before there was a partition with quorum',
      ]);
      expect(judge(poor(well()), { faults: [CUT('ha-host1')] })).to.deep.equal([]);
      expect(judge(poor(well()), { touched: ['ha-host2'] })).to.deep.equal([]);
      expect(judge(poor(well()), { faults: [CUT('iscsi-disks')] })).to.have.length(1);
      const dark = silent(poor(well()), 'ha-host3');
      expect(judge(dark)[1]).to.match(/^unknown: ha-host3 did not answer/);
    });

    it('is inconclusive where no view with quorum was read', () => {
      const blind = NODES.reduce((sum, name) => unread(sum, name, 'status'), well());
      expect(judge(blind)).to.deep.equal(['unknown: who is online could not be read on any member with quorum']);
    });
  });

  describe('at the first look', () => {
    it('holds where every member takes part', () => {
      expect(judged('as-left', well())).to.deep.equal([]);
    });

    it('is broken by a member that is off, or whose daemons are down', () => {
      expect(judged('as-left', silent(well(), 'ha-host3', 'stopped'))).to.deep.equal([
        'failed: ha-host3 is a member of the cluster, and its machine is stopped',
      ]);
      expect(judged('as-left', stopped(well(), 'ha-host3'))).to.deep.equal([
        'failed: corosync is inactive on ha-host3, a member of the cluster',
        'failed: pacemaker is inactive on ha-host3, a member of the cluster',
      ]);
      expect(judged('as-left', silent(well(), 'ha-host3', 'stopped'), { faults: [OFF] })).to.deep.equal([]);
    });

    it('does not ask it of a node that is none', () => {
      const two = cibOf(undefined, { nodes: cibOf().nodes.slice(0, 2) });
      const now = NODES.slice(0, 2).reduce(
        (sum, name) => but(sum, name, { cib: two, quorum: quorumOf(name, NODES.slice(0, 2)) }),
        stopped(well(), 'ha-host3'),
      );
      expect(judged('as-left', now)).to.deep.equal([]);
    });

    it('asks it of members only, not of remote nodes', () => {
      const remote = cibOf(undefined, {
        nodes: cibOf().nodes.map((each) => (each.name === 'ha-host3' ? { ...each, type: 'remote' } : each)),
      });
      const now = NODES.slice(0, 2).reduce(
        (sum, name) => but(sum, name, { cib: remote, quorum: quorumOf(name, NODES.slice(0, 2)) }),
        stopped(well(), 'ha-host3'),
      );
      expect(judged('as-left', now)).to.deep.equal([]);
    });

    it('is inconclusive of nodes that are silent or whose units were not read', () => {
      expect(judged('as-left', silent(well(), 'ha-host3'))[0]).to.match(/^unknown: ha-host3 did not answer/);
      expect(judged('as-left', unread(well(), 'ha-host3', 'units'))[0]).to.match(/^unknown: the units of ha-host3/);
      expect(judged('as-left', unread(stopped(well(), 'ha-host3'), 'ha-host3', 'units'))).to.deep.equal([
        'failed: pacemaker does not run on ha-host3, a member of the cluster',
      ]);
    });
  });
});
