import { expect } from 'chai';
import type { Cib } from '../../../src/model/cib.js';
import { clone, primitive } from '../checks/states.js';
import { cibOf, cloneOf, configured, FENCING, VIP } from './support/configuration.js';
import {
  but,
  judged,
  quorumOf,
  SILENT,
  showing,
  silent,
  split,
  stopped,
  subjectsOf,
  unread,
  VIP_ADDRESS,
  well,
} from './support/input.js';

const HAS_VIP = { addresses: [{ device: 'eth1', address: VIP_ADDRESS, prefix: 24, up: true }] };
const policy = (name: string, resources = [VIP]): Cib =>
  cibOf(resources, { properties: { 'stonith-enabled': 'false', 'no-quorum-policy': name } });

/** ha-host1 is alone and goes on with the VIP; the others have it too. */
function goesOn(cib = cibOf(), shown = [primitive('vip', 'ha-host1')]) {
  return split(well({ cib, vipOn: 'ha-host2' }), ['ha-host1'], { resources: shown });
}

describe('audit quorum-respected', () => {
  it('holds where all have quorum, and where whoever has none runs nothing', () => {
    expect(judged('quorum-respected', well())).to.deep.equal([]);
    expect(judged('quorum-respected', split(well({ vipOn: 'ha-host2' }), ['ha-host1']))).to.deep.equal([]);
  });

  it('is broken by a resource that goes on without quorum', () => {
    expect(judged('quorum-respected', goesOn())).to.deep.equal([
      'failed: vip is active on ha-host1 (so says ha-host1), without quorum, and no-quorum-policy is stop',
    ]);
    expect(subjectsOf('quorum-respected', goesOn())).to.deep.equal([['vip', 'ha-host1']]);
  });

  it('is broken by what a node without quorum has, although its crm_mon does not say so', () => {
    const now = but(split(well({ vipOn: 'ha-host2' }), ['ha-host1']), 'ha-host1', HAS_VIP);
    expect(judged('quorum-respected', now)).to.deep.equal([
      'failed: ha-host1 has the address 192.168.56.24, which is vip, without quorum, and no-quorum-policy is stop',
    ]);
  });

  it('does not hold against a node what it has of what needs no quorum, or is left alone', () => {
    const has = (cib: Cib) => but(split(well({ cib, vipOn: 'ha-host2' }), ['ha-host1']), 'ha-host1', HAS_VIP);
    expect(judged('quorum-respected', has(cibOf([{ ...VIP, meta: { requires: 'nothing' } }])))).to.deep.equal([]);
    expect(judged('quorum-respected', has(cibOf([{ ...VIP, meta: { 'is-managed': 'false' } }])))).to.deep.equal([]);
    expect(judged('quorum-respected', has(cibOf()))).to.have.length(1);
  });

  it('needs no crm_mon for what a node has, and says that it had none', () => {
    const now = unread(
      but(split(well({ vipOn: 'ha-host2' }), ['ha-host1']), 'ha-host1', HAS_VIP),
      'ha-host1',
      'status',
    );
    expect(judged('quorum-respected', now)).to.deep.equal([
      'failed: ha-host1 has the address 192.168.56.24, which is vip, without quorum, and no-quorum-policy is stop',
      'unknown: the status of ha-host1 could not be read: timed out',
    ]);
  });

  it('does not take the word of a member for one that speaks for itself', () => {
    const parted = split(well({ vipOn: 'ha-host3' }), ['ha-host1', 'ha-host2'], {
      resources: [primitive('vip', 'ha-host2')],
    });
    const poor = (name: string) => ({ quorum: quorumOf(name, ['ha-host1', 'ha-host2'], { quorate: false }) });
    const now = but(but(parted, 'ha-host1', poor('ha-host1')), 'ha-host2', poor('ha-host2'));
    expect(judged('quorum-respected', now).filter((seen) => seen.includes('ha-host2'))).to.deep.equal([
      'failed: vip is active on ha-host2 (so says ha-host2), without quorum, and no-quorum-policy is stop',
    ]);
  });

  it('counts what a view reports a silent member of the same partition', () => {
    const parted = split(well({ vipOn: 'ha-host3' }), ['ha-host1', 'ha-host2'], {
      resources: [primitive('vip', 'ha-host2')],
    });
    const poor = { quorum: quorumOf('ha-host1', ['ha-host1', 'ha-host2'], { quorate: false }) };
    expect(judged('quorum-respected', silent(but(parted, 'ha-host1', poor), 'ha-host2'))).to.include.members([
      'failed: vip is active on ha-host2 (so says ha-host1), without quorum, and no-quorum-policy is stop',
      SILENT('ha-host2'),
    ]);
  });

  it('is inconclusive while the cluster is not idle', () => {
    expect(judged('quorum-respected', goesOn(), { unsettled: 'ha-host1 is at work' })[0]).to.match(
      /^unknown: vip is active/,
    );
  });

  it('does not hold it against fencing devices, what needs no quorum, and what the cluster leaves alone', () => {
    const shown = (change: object) => [primitive('vip', 'ha-host1', change)];
    expect(judged('quorum-respected', goesOn(cibOf(), shown({ managed: false })))).to.deep.equal([]);
    expect(
      judged(
        'quorum-respected',
        goesOn(cibOf([FENCING]), [primitive('fence-1', 'ha-host1', { agent: FENCING.agent })]),
      ),
    ).to.deep.equal([]);
    expect(judged('quorum-respected', goesOn(cibOf([{ ...VIP, meta: { requires: 'nothing' } }])))).to.deep.equal([]);
  });

  it('trusts a node’s own word on quorum, as two_node makes one alone quorate', () => {
    const alone = but(goesOn(), 'ha-host1', {
      quorum: quorumOf('ha-host1', ['ha-host1'], { quorate: true, flags: ['2Node'] }),
    });
    expect(judged('quorum-respected', alone)).to.deep.equal([]);
  });

  describe('with no-quorum-policy', () => {
    it('suicide or fence leaves nothing running', () => {
      for (const name of ['suicide', 'fence'])
        expect(judged('quorum-respected', goesOn(policy(name)))[0]).to.match(new RegExp(`^failed: vip .* is ${name}$`));
    });

    it('ignore allows all', () => {
      expect(judged('quorum-respected', goesOn(policy('ignore')))).to.deep.equal([]);
    });

    it('freeze allows what was there, and nothing new', () => {
      expect(judged('quorum-respected', goesOn(policy('freeze')), { before: well() })).to.deep.equal([]);
      expect(
        judged('quorum-respected', goesOn(policy('freeze')), { before: well({ vipOn: 'ha-host2' }) }),
      ).to.deep.equal([
        'failed: vip is active on ha-host1 (so says ha-host1), without quorum, and no-quorum-policy is freeze: it was not there before',
      ]);
      const seenOnce = showing(
        well({ vipOn: 'ha-host2' }),
        { resources: [primitive('web', 'ha-host2'), primitive('vip', 'ha-host1')] },
        ['ha-host3'],
      );
      expect(judged('quorum-respected', goesOn(policy('freeze')), { before: seenOnce })).to.deep.equal([]);
      const byHand = but(well({ vipOn: 'ha-host2' }), 'ha-host1', HAS_VIP);
      expect(judged('quorum-respected', goesOn(policy('freeze')), { before: byHand })).to.deep.equal([]);
      expect(judged('quorum-respected', goesOn(policy('freeze')))[0]).to.match(
        /^unknown: .* whether it was there before/,
      );
    });

    it('demote allows what is unpromoted, and nothing promoted or without roles', () => {
      const db = cloneOf('db-clone', configured('db', 'ocf:heartbeat:pgsqlms'), { promotable: 'true' });
      const cib = { ...policy('demote'), resources: [db, VIP] };
      const role = (name: 'Promoted' | 'Unpromoted') =>
        split(well({ cib, vipOn: 'ha-host2' }), ['ha-host1'], {
          resources: [clone('db-clone', [primitive('db', 'ha-host1', { role: name })], { promotable: true })],
        });
      expect(judged('quorum-respected', role('Unpromoted'))).to.deep.equal([]);
      expect(judged('quorum-respected', role('Promoted'))[0]).to.match(/^failed: db is active on ha-host1/);
      expect(judged('quorum-respected', goesOn(policy('demote')))).to.have.length(1);
    });
  });

  describe('who was not heard', () => {
    it('could be without quorum, unless members with quorum count it in', () => {
      expect(judged('quorum-respected', silent(well(), 'ha-host3'))).to.deep.equal([]);
      expect(
        judged('quorum-respected', silent(split(well({ vipOn: 'ha-host2' }), ['ha-host1']), 'ha-host3')),
      ).to.deep.equal([]);
      const parted = split(well({ vipOn: 'ha-host2' }), ['ha-host1']);
      expect(judged('quorum-respected', silent(parted, 'ha-host1', 'frozen'))[0]).to.match(
        /^unknown: ha-host1 did not answer/,
      );
      expect(judged('quorum-respected', silent(parted, 'ha-host1', 'stopped'))).to.deep.equal([]);
    });

    it('leaves open what could not be read', () => {
      expect(judged('quorum-respected', unread(well(), 'ha-host2', 'quorum'))).to.deep.equal([
        'unknown: the quorum of ha-host2 could not be read: timed out',
      ]);
    });

    it('is no member where the cluster does not run', () => {
      expect(judged('quorum-respected', stopped(goesOn(), 'ha-host1', HAS_VIP))).to.deep.equal([]);
    });
  });
});
