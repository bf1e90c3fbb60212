import { expect } from 'chai';
import type { Resource } from '../../../src/model/cluster-state.js';
import { clone, group, primitive } from '../checks/states.js';
import { cibOf, cloneOf, configured, groupOf } from './support/configuration.js';
import { but, judged, SILENT, showing, silent, split, subjectsOf, well } from './support/input.js';

const DB = configured('db', 'ocf:pacemaker:Stateful');
const shown = (...places: readonly string[]): readonly Resource[] => [
  clone(
    'db-clone',
    places.map((on) => primitive('db', on, { role: 'Unpromoted' })),
  ),
];
const promotedOn = (...places: readonly string[]): readonly Resource[] => [
  clone(
    'db-clone',
    places.map((on) => primitive('db', on, { role: 'Promoted' })),
  ),
];
const looked = (resources: readonly Resource[], meta: Readonly<Record<string, string>> = {}) =>
  well({ cib: cibOf([cloneOf('db-clone', DB, { promotable: 'true', ...meta })]), vipOn: '', resources });
const ALL = ', by the view of ha-host1, ha-host2 and ha-host3';

describe('audit clone-limits', () => {
  it('holds with one on each node, and one promoted', () => {
    const resources = [
      clone('db-clone', [
        primitive('db', 'ha-host1', { role: 'Promoted' }),
        primitive('db', 'ha-host2', { role: 'Unpromoted' }),
      ]),
    ];
    expect(judged('clone-limits', looked(resources))).to.deep.equal([]);
  });

  it('is broken by more than clone-max', () => {
    const now = looked(shown('ha-host1', 'ha-host2', 'ha-host3'), { 'clone-max': '2' });
    expect(judged('clone-limits', now)).to.deep.equal([
      `failed: db-clone has 3 instances, on ha-host1, ha-host2 and ha-host3, and may have 2${ALL}`,
    ]);
    expect(subjectsOf('clone-limits', now)[0]).to.include('db-clone');
  });

  it('is broken by more than clone-node-max', () => {
    expect(judged('clone-limits', looked(shown('ha-host1', 'ha-host1')))).to.deep.equal([
      `failed: db-clone has 2 instances on ha-host1 and may have 1 on a node${ALL}`,
    ]);
    expect(judged('clone-limits', looked(shown('ha-host1', 'ha-host1'), { 'clone-node-max': '2' }))).to.deep.equal([]);
  });

  it('is broken by more promoted than may be, whatever the option is called', () => {
    expect(judged('clone-limits', looked(promotedOn('ha-host1', 'ha-host2')))).to.deep.equal([
      `failed: db-clone has 2 promoted instances, on ha-host1 and ha-host2, and may have 1${ALL}`,
    ]);
    for (const name of ['promoted-max', 'master-max'])
      expect(judged('clone-limits', looked(promotedOn('ha-host1', 'ha-host2'), { [name]: '2' }))).to.deep.equal([]);
  });

  it('is broken by one promoted in each of two partitions', () => {
    const now = split(looked(promotedOn('ha-host2')), ['ha-host1'], { resources: promotedOn('ha-host1') });
    expect(judged('clone-limits', now)).to.deep.equal([
      'failed: db-clone is promoted on 2 nodes and may be on 1: on ha-host1 by ha-host1, on ha-host2 by ha-host2 and on ha-host2 by ha-host3',
    ]);
  });

  it('does not tell again across partitions what one view shows', () => {
    const now = split(looked(promotedOn('ha-host2', 'ha-host3')), ['ha-host1'], { resources: promotedOn('ha-host1') });
    expect(judged('clone-limits', now)).to.deep.equal([
      'failed: db-clone has 2 promoted instances, on ha-host2 and ha-host3, and may have 1, by the view of ha-host2 and ha-host3',
    ]);
  });

  it('is known of two partitions even while the cluster is not idle', () => {
    const now = split(looked(promotedOn('ha-host2')), ['ha-host1'], { resources: promotedOn('ha-host1') });
    expect(judged('clone-limits', now, { unsettled: 'busy' })[0]).to.match(/^failed/);
    const quiet = split(looked(promotedOn('ha-host2')), ['ha-host1'], { resources: shown('ha-host1') });
    expect(judged('clone-limits', quiet)).to.deep.equal([]);
  });

  it('is broken by members of one partition that each see another one promoted, once idle', () => {
    const now = showing(looked(promotedOn('ha-host2')), { resources: promotedOn('ha-host1') }, ['ha-host1']);
    expect(judged('clone-limits', now)[0]).to.match(/^failed: db-clone is promoted on 2 nodes/);
    expect(judged('clone-limits', now, { unsettled: 'a promotion' })[0]).to.match(
      /^unknown: db-clone is promoted on 2 nodes/,
    );
  });

  it('does not take one clone for another, nor the node of one for that of another', () => {
    const web = cloneOf('web-clone', configured('web', 'x'));
    const cib = cibOf([web, cloneOf('db-clone', DB, { promotable: 'true' })]);
    const resources = [
      clone(
        'web-clone',
        ['ha-host1', 'ha-host2'].map((on) => primitive('web', on)),
      ),
      ...promotedOn('ha-host3'),
    ];
    expect(judged('clone-limits', well({ cib, vipOn: '', resources }))).to.deep.equal([]);
    const limited = cibOf([web, cloneOf('db-clone', DB, { promotable: 'true', 'clone-max': '1' })]);
    expect(judged('clone-limits', well({ cib: limited, vipOn: '', resources }))).to.deep.equal([]);
  });

  it('takes a group for promoted where one of it is', () => {
    const cib = cibOf([cloneOf('pairs', groupOf('pair', [DB, configured('web', 'x')]), { promotable: 'true' })]);
    const pair = (on: string, index: number) =>
      group(`pair:${index}`, [primitive('db', on, { role: 'Promoted' }), primitive('web', on, { role: 'Unpromoted' })]);
    const now = well({ cib, vipOn: '', resources: [clone('pairs', ['ha-host1', 'ha-host2'].map(pair))] });
    expect(judged('clone-limits', now)).to.have.length(1);
  });

  it('counts a group once, and leaves out what the cluster does not look after', () => {
    const cib = cibOf([cloneOf('pair-clone', groupOf('pair', [DB, configured('web', 'ocf:heartbeat:Dummy')]))]);
    const pair = group('pair:0', [primitive('db', 'ha-host1'), primitive('web', 'ha-host1')]);
    expect(judged('clone-limits', well({ cib, vipOn: '', resources: [clone('pair-clone', [pair])] }))).to.deep.equal(
      [],
    );
    const twice = [
      clone(
        'db-clone',
        [1, 2].map(() => primitive('db', 'ha-host1', { managed: false })),
      ),
    ];
    expect(judged('clone-limits', looked(twice))).to.deep.equal([]);
  });

  it('is inconclusive where a view was not read, in whatever partition', () => {
    const fine = looked(promotedOn('ha-host2'));
    expect(judged('clone-limits', silent(split(fine, ['ha-host1']), 'ha-host1'))).to.deep.equal([SILENT('ha-host1')]);
    expect(judged('clone-limits', but(silent(fine, 'ha-host3'), 'ha-host3', { machine: 'stopped' }))).to.deep.equal([]);
  });
});
