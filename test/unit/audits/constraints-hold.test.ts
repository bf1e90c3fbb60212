import { expect } from 'chai';
import type { CibConstraint } from '../../../src/model/cib.js';
import type { Resource } from '../../../src/model/cluster-state.js';
import { clone, group, primitive } from '../checks/states.js';
import { cibOf, cloneOf, configured, groupOf, ordered } from './support/configuration.js';
import { judged, SILENT, silent, subjectsOf, well } from './support/input.js';

type Change<K extends CibConstraint['kind']> = Partial<Extract<CibConstraint, { kind: K }>>;
const together = (change: Change<'colocation'> = {}): CibConstraint => ({
  kind: 'colocation',
  id: 'web-with-vip',
  resource: 'web',
  withResource: 'vip',
  score: 1_000_000,
  ...change,
});

const RESOURCES = ['vip', 'web'].map((id) => configured(id, 'ocf:heartbeat:Dummy'));
const seen = (constraint: CibConstraint, resources: readonly Resource[], configuredAs = cibOf(RESOURCES)) =>
  well({ cib: { ...configuredAs, constraints: [constraint] }, vipOn: '', resources });
const at = (vip?: string, web?: string, change = {}): readonly Resource[] => [
  primitive('vip', vip),
  primitive('web', web, change),
];
const judge = (constraint: CibConstraint, resources: readonly Resource[], cib?: ReturnType<typeof cibOf>) =>
  judged('constraints-hold', seen(constraint, resources, cib));
const ALL = ', by the view of ha-host1, ha-host2 and ha-host3';

describe('audit constraints-hold', () => {
  describe('of colocations', () => {
    it('holds where both are on one node, and where the one that depends is on none', () => {
      expect(judge(together(), at('ha-host1', 'ha-host1'))).to.deep.equal([]);
      expect(judge(together(), at('ha-host1'))).to.deep.equal([]);
    });

    it('is broken by another node, and by the other being on none', () => {
      expect(judge(together(), at('ha-host1', 'ha-host2'))).to.deep.equal([
        `failed: web is on ha-host2 and belongs with vip, which is on ha-host1 (web-with-vip)${ALL}`,
      ]);
      expect(judge(together(), at(undefined, 'ha-host2'))).to.deep.equal([
        `failed: web is on ha-host2 and belongs with vip, which is on no node (web-with-vip)${ALL}`,
      ]);
      expect(subjectsOf('constraints-hold', seen(together(), at('ha-host1', 'ha-host2')))).to.deep.equal([
        ['web', 'vip', 'ha-host2'],
      ]);
    });

    it('is broken together where they must be apart', () => {
      const apart = together({ score: -1_000_000 });
      expect(judge(apart, at('ha-host1', 'ha-host1'))).to.deep.equal([
        `failed: web is on ha-host1 and belongs apart from vip, which is on ha-host1 (web-with-vip)${ALL}`,
      ]);
      expect(judge(apart, at('ha-host1', 'ha-host2'))).to.deep.equal([]);
    });

    it('is not judged by a score that is no INFINITY, nor of what the cluster may not move', () => {
      expect(judge(together({ score: 500 }), at('ha-host1', 'ha-host2'))).to.deep.equal([]);
      expect(judge(together(), at('ha-host1', 'ha-host2', { managed: false }))).to.deep.equal([]);
      expect(judge(together(), at('ha-host1', 'ha-host2', { blocked: true }))).to.deep.equal([]);
    });

    it('goes by roles', () => {
      const db = cloneOf('db-clone', configured('db', 'ocf:pacemaker:Stateful'), { promotable: 'true' });
      const cib = cibOf([...RESOURCES, db]);
      const instances = clone('db-clone', [
        primitive('db', 'ha-host1', { role: 'Promoted' }),
        primitive('db', 'ha-host2', { role: 'Unpromoted' }),
      ]);
      const withPromoted = together({ withResource: 'db-clone', withRole: 'Promoted' });
      expect(judge(withPromoted, [...at(undefined, 'ha-host1'), instances], cib)).to.deep.equal([]);
      expect(judge(withPromoted, [...at(undefined, 'ha-host2'), instances], cib)[0]).to.match(
        /^failed: web is on ha-host2 and belongs with db-clone \(Promoted\), which is on ha-host1/,
      );
      expect(
        judge(together({ withResource: 'db-clone' }), [...at(undefined, 'ha-host2'), instances], cib),
      ).to.deep.equal([]);
    });

    it('is not judged of what must be stopped', () => {
      for (const change of [{ role: 'Stopped' }, { withRole: 'Stopped' }])
        expect(judge(together(change), at('ha-host1', 'ha-host2'))).to.deep.equal([]);
    });

    it('knows groups by their id', () => {
      const cib = cibOf([groupOf('services', RESOURCES.slice(0, 1)), ...RESOURCES.slice(1)]);
      const shown = (on: string) => [group('services', [primitive('vip', on)]), primitive('web', 'ha-host1')];
      expect(judge(together({ withResource: 'services' }), shown('ha-host1'), cib)).to.deep.equal([]);
      expect(judge(together({ withResource: 'services' }), shown('ha-host2'), cib)).to.have.length(1);
    });

    it('goes by the attribute that it names', () => {
      const rack = (name: string, value: string) => ({ id: name, name, type: 'member', attributes: { rack: value } });
      const nodes = [rack('ha-host1', 'a'), rack('ha-host2', 'a'), rack('ha-host3', 'b')];
      const same = together({ nodeAttribute: 'rack' });
      expect(judge(same, at('ha-host1', 'ha-host2'), cibOf(RESOURCES, { nodes }))).to.deep.equal([]);
      expect(judge(same, at('ha-host1', 'ha-host3'), cibOf(RESOURCES, { nodes }))).to.have.length(1);
      expect(judge(same, at('ha-host1', 'ha-host3'))).to.deep.equal([]);
      const state = (node: string, rackNow: string) => ({
        node,
        inCcm: true,
        crmd: true,
        join: 'member',
        transient: { rack: rackNow },
      });
      const nodeStates = [state('ha-host1', 'c'), state('ha-host3', 'c')];
      expect(judge(same, at('ha-host1', 'ha-host3'), cibOf(RESOURCES, { nodes, nodeStates }))).to.deep.equal([]);
    });
  });

  describe('of orders', () => {
    it('holds with both, with the first alone, and with none', () => {
      for (const resources of [at('ha-host1', 'ha-host2'), at('ha-host1'), at()])
        expect(judge(ordered(), resources)).to.deep.equal([]);
    });

    it('is broken by the second without the first', () => {
      expect(judge(ordered(), at(undefined, 'ha-host2'))).to.deep.equal([
        `failed: web is on ha-host2, but vip, which comes first, is on no node (vip-then-web)${ALL}`,
      ]);
    });

    it('asks for a promoted one where that is what comes first', () => {
      const db = cloneOf('vip-clone', configured('vip', 'ocf:pacemaker:Stateful'), { promotable: 'true' });
      const cib = cibOf([db, ...RESOURCES.slice(1)]);
      const shown = (role: 'Promoted' | 'Unpromoted') => [
        clone('vip-clone', [primitive('vip', 'ha-host1', { role })]),
        primitive('web', 'ha-host2'),
      ];
      const order = ordered({ first: 'vip-clone', firstAction: 'promote' });
      expect(judge(order, shown('Promoted'), cib)).to.deep.equal([]);
      expect(judge(order, shown('Unpromoted'), cib)[0]).to.match(
        /but vip-clone \(Promoted\), which comes first, is on no node/,
      );
    });

    it('is judged only where it is mandatory, both ways, and leaves a state behind', () => {
      for (const change of [
        { orderKind: 'Optional' },
        { orderKind: 'Serialize' },
        { symmetrical: false },
        { firstAction: 'stop' },
        { nextAction: 'demote' },
      ] as const)
        expect(judge(ordered(change), at(undefined, 'ha-host2')), JSON.stringify(change)).to.deep.equal([]);
    });

    it('leaves out a first one that the cluster may not start', () => {
      const resources = [primitive('vip', undefined, { managed: false }), primitive('web', 'ha-host2')];
      expect(judge(ordered(), resources)).to.deep.equal([]);
    });
  });

  it('leaves out what only pacemaker can judge', () => {
    expect(judge({ kind: 'other', id: 'set-1', element: 'rsc_colocation' }, at('ha-host1', 'ha-host2'))).to.deep.equal(
      [],
    );
    expect(judge(together({ withResource: 'a-tag' }), at('ha-host1'))).to.deep.equal([]);
  });

  it('is inconclusive where members were not read', () => {
    expect(judged('constraints-hold', silent(well(), 'ha-host2'))).to.deep.equal([SILENT('ha-host2')]);
    const broken = silent(seen(together(), at('ha-host1', 'ha-host2')), 'ha-host3');
    expect(judged('constraints-hold', broken)).to.have.length(2);
  });
});
