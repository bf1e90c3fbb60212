import { expect } from 'chai';
import type { Cib } from '../../../src/model/cib.js';
import { clone, group, node, primitive } from '../checks/states.js';
import { ban, cibOf, cloneOf, configured, groupOf, NODES, ordered, VIP } from './support/configuration.js';
import { judged, SILENT, showing, silent, subjectsOf, well } from './support/input.js';

const ALL = ', by the view of ha-host1, ha-host2 and ha-host3';
const judge = (cib: Cib, change = {}) =>
  judged('allowed-nodes', well({ cib, resources: [primitive('vip', 'ha-host1', change)] }));
const failures = (value: string, meta = {}, name = 'fail-count-vip#monitor_30000') =>
  cibOf([{ ...VIP, meta }], {
    nodeStates: [{ node: 'ha-host1', inCcm: true, crmd: true, join: 'member', transient: { [name]: value } }],
  });

describe('audit allowed-nodes', () => {
  it('holds where nothing keeps it away', () => {
    expect(judge(cibOf())).to.deep.equal([]);
    expect(judge(cibOf([VIP], { constraints: [ban('b', 'vip', 'ha-host2')] }))).to.deep.equal([]);
  });

  describe('with a ban', () => {
    it('is broken where it runs all the same', () => {
      const cib = cibOf([VIP], { constraints: [ban('cli-ban-vip', 'vip', 'ha-host1')] });
      expect(judge(cib)).to.deep.equal([`failed: vip is active on ha-host1, where cli-ban-vip bans it${ALL}`]);
      expect(subjectsOf('allowed-nodes', well({ cib }))).to.deep.equal([['vip', 'ha-host1']]);
    });

    it('counts one of an instance by its number, and not that of another', () => {
      const cib = cibOf([cloneOf('vips', VIP)], { constraints: [ban('b', 'vip:0', 'ha-host1')] });
      const now = (id: string) => well({ cib, resources: [clone('vips', [primitive(id, 'ha-host1')])] });
      expect(judged('allowed-nodes', now('vip:0'))).to.have.length(1);
      expect(judged('allowed-nodes', now('vip:1'))).to.deep.equal([]);
    });

    it('counts one of what it stands in', () => {
      const cib = cibOf([cloneOf('vips', VIP)], { constraints: [ban('b', 'vips', 'ha-host1')] });
      const now = well({ cib, resources: [clone('vips', [primitive('vip', 'ha-host1')])] });
      expect(judged('allowed-nodes', now)).to.have.length(1);
    });

    it('goes by its role, and only by -INFINITY', () => {
      const of = (change: object) => cibOf([VIP], { constraints: [ban('b', 'vip', 'ha-host1', change)] });
      expect(judge(of({ role: 'Promoted' }), { role: 'Unpromoted' })).to.deep.equal([]);
      expect(judge(of({ role: 'Promoted' }), { role: 'Promoted' })[0]).to.match(/where b bans it from being Promoted/);
      expect(judge(of({ score: -1000 }))).to.deep.equal([]);
    });

    it('is not held against what the cluster may not move', () => {
      const cib = cibOf([VIP], { constraints: [ban('b', 'vip', 'ha-host1')] });
      for (const change of [{ managed: false }, { blocked: true }, { orphaned: true }])
        expect(judge(cib, change), JSON.stringify(change)).to.deep.equal([]);
    });
  });

  describe('with something blocked', () => {
    const DISK = configured('disk', 'ocf:heartbeat:Filesystem');
    const WEB = configured('web', 'systemd:nginx');
    const active = (blocked: string, resources: Cib['resources'], constraints: Cib['constraints'] = []) => {
      const cib = cibOf(resources, { constraints: [...constraints, ban('b', 'disk', 'ha-host1')] });
      const one = (id: string) => primitive(id, 'ha-host1', { blocked: id === blocked });
      const inGroup = resources.some(({ kind }) => kind === 'group');
      const shown = ['disk', 'vip', 'web'].map(one);
      return judged('allowed-nodes', well({ cib, resources: inGroup ? [group('g', shown)] : shown }));
    };
    const order = (first: string, next: string) => ordered({ id: `${first}-${next}`, first, next });

    it('is not held against what has to wait until that has stopped: of its group, or ordered after it', () => {
      expect(active('web', [groupOf('g', [DISK, VIP, WEB])])).to.deep.equal([]);
      expect(active('web', [DISK, VIP, WEB], [order('disk', 'vip'), order('vip', 'web')])).to.deep.equal([]);
    });

    it('is broken by what has to wait for nothing', () => {
      const broken = [`failed: disk is active on ha-host1, where b bans it${ALL}`];
      expect(active('web', [DISK, VIP, WEB])).to.deep.equal(broken);
      expect(active('vip', [DISK, VIP, WEB], [order('vip', 'disk')])).to.deep.equal(broken);
      expect(active('vip', [groupOf('g', [VIP, DISK, WEB])])).to.deep.equal(broken);
    });
  });

  it('is broken by what runs on a node in standby', () => {
    const standing = (change: object) => NODES.map((name) => node(name, name === 'ha-host1' ? change : {}));
    expect(judged('allowed-nodes', showing(well(), { nodes: standing({ standby: true }) }))).to.deep.equal([
      `failed: vip is active on ha-host1, which is in standby${ALL}`,
    ]);
    expect(judged('allowed-nodes', showing(well(), { nodes: standing({ standbyOnFail: true }) }))).to.have.length(1);
    expect(
      judged('allowed-nodes', showing(well(), { nodes: standing({ standby: true, maintenance: true }) })),
    ).to.deep.equal([]);
  });

  describe('in an opt-in cluster', () => {
    const optIn = (constraints: Cib['constraints'], resources = [VIP] as Cib['resources']) =>
      cibOf(resources, { constraints, properties: { 'symmetric-cluster': 'false' } });
    const let_in = (resource: string, change = {}) => ban('l', resource, 'ha-host1', { score: 0, ...change });

    it('is broken where nothing lets it in', () => {
      expect(judge(optIn([let_in('vip', { node: 'ha-host2' })]))).to.deep.equal([
        `failed: vip is active on ha-host1, where no location constraint lets it, in a cluster with symmetric-cluster=false${ALL}`,
      ]);
    });

    it('holds where a constraint on it, or on its group, does', () => {
      expect(judge(optIn([let_in('vip')]))).to.deep.equal([]);
      const web = configured('web', 'ocf:heartbeat:Dummy');
      const grouped = [groupOf('others', [configured('db', 'x')]), groupOf('services', [VIP, web])];
      expect(judge(optIn([let_in('web')], grouped))).to.deep.equal([]);
      expect(judge(optIn([let_in('db'), let_in('others')], grouped))).to.have.length(1);
    });

    it('is left alone where a rule, a set or a tag may let it in', () => {
      const {
        node: _node,
        score: _score,
        ...rule
      } = { ...let_in('vip') } as Extract<Cib['constraints'][number], { kind: 'location' }>;
      expect(judge(optIn([rule]))).to.deep.equal([]);
      expect(judge(optIn([{ kind: 'other', id: 's', element: 'rsc_location' }]))).to.deep.equal([]);
      expect(judge(optIn([let_in('a-tag')]))).to.deep.equal([]);
    });
  });

  describe('after failures', () => {
    it('is broken where they reached the threshold', () => {
      expect(judge(failures('3', { 'migration-threshold': '3' }))).to.deep.equal([
        `failed: vip is active on ha-host1, where its fail count is 3 and migration-threshold is 3${ALL}`,
      ]);
      expect(judge(failures('INFINITY', {}, 'fail-count-vip'))[0]).to.match(
        /fail count is INFINITY and migration-threshold is INFINITY/,
      );
    });

    it('holds below it, without one, and where failures are forgotten or ignored', () => {
      expect(judge(failures('2', { 'migration-threshold': '3' }))).to.deep.equal([]);
      expect(judge(failures('3', { 'migration-threshold': '3' }, 'fail-count-other#start_0'))).to.deep.equal([]);
      expect(judge(failures('9', { 'migration-threshold': '0' }))).to.deep.equal([]);
      expect(judge(failures('3', { 'migration-threshold': '3', 'failure-timeout': '60s' }))).to.deep.equal([]);
      expect(judge(failures('3', { 'migration-threshold': '3' }), { failureIgnored: true })).to.deep.equal([]);
    });
  });

  it('is inconclusive where members were not read', () => {
    expect(judged('allowed-nodes', silent(well(), 'ha-host2'))).to.deep.equal([SILENT('ha-host2')]);
  });
});
