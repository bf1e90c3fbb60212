import { expect } from 'chai';
import { clone, group, node, primitive } from '../checks/states.js';
import { cibOf, cloneOf, configured, groupOf, NODES } from './support/configuration.js';
import { judged, SILENT, showing, silent, split, subjectsOf, unread, well } from './support/input.js';

const MEMBERS = ['disk', 'vip', 'web'].map((id) => configured(id, 'ocf:heartbeat:Dummy'));

/** Where each member of the group is. */
function placed(places: readonly (string | undefined)[], meta = {}, change = {}) {
  const members = ['disk', 'vip', 'web'].map((id, index) => primitive(id, places[index], change));
  return well({ cib: cibOf([groupOf('services', MEMBERS, meta)]), vipOn: '', resources: [group('services', members)] });
}

const ALL = ', by the view of ha-host1, ha-host2 and ha-host3';
const APART = placed(['ha-host1', 'ha-host1', 'ha-host2']);

describe('audit groups-together', () => {
  it('holds where all members are on one node, or only the first', () => {
    expect(judged('groups-together', placed(['ha-host1', 'ha-host1', 'ha-host1']))).to.deep.equal([]);
    expect(judged('groups-together', placed(['ha-host1', undefined, undefined]))).to.deep.equal([]);
  });

  it('is broken by members on two nodes', () => {
    expect(judged('groups-together', APART)).to.deep.equal([
      `failed: the members of services are apart: disk on ha-host1, vip on ha-host1 and web on ha-host2${ALL}`,
    ]);
    expect(subjectsOf('groups-together', APART)[0]).to.include.members(['services', 'web', 'ha-host2']);
  });

  it('is broken by a member that is active before an earlier one', () => {
    expect(judged('groups-together', placed(['ha-host1', undefined, 'ha-host1']))).to.deep.equal([
      `failed: web of services is active, but vip before is not${ALL}`,
    ]);
  });

  it('takes a member that is not shown for not active', () => {
    const now = showing(placed([]), {
      resources: [group('services', [primitive('web', 'ha-host1')], { notPrinted: 2 })],
    });
    expect(judged('groups-together', now)).to.deep.equal([
      `failed: web of services is active, but disk before is not${ALL}`,
    ]);
  });

  it('goes by the order that is shown where it is not configured any more', () => {
    const removed = placed(['ha-host1', undefined, 'ha-host1']);
    const now = { ...removed, nodes: removed.nodes.map((each) => ({ ...each, cib: cibOf([]) })) };
    expect(judged('groups-together', now)[0]).to.match(/web of services is active, but vip before is not/);
  });

  it('goes by what the group says of itself', () => {
    expect(
      judged('groups-together', placed(['ha-host1', 'ha-host2', 'ha-host2'], { colocated: 'false' })),
    ).to.deep.equal([]);
    expect(judged('groups-together', placed([undefined, 'ha-host2', 'ha-host2'], { ordered: 'no' }))).to.deep.equal([]);
  });

  it('leaves out what the cluster does not look after', () => {
    const change = { managed: false };
    expect(judged('groups-together', placed(['ha-host1', undefined, 'ha-host2'], {}, change))).to.deep.equal([]);
    const kept = NODES.map((name) => node(name, { maintenance: name === 'ha-host2' }));
    expect(judged('groups-together', showing(APART, { nodes: kept }))).to.deep.equal([]);
  });

  it('judges each instance of a cloned group by itself', () => {
    const instance = (index: number, places: readonly string[]) =>
      group(
        `services:${index}`,
        places.map((on, at) => primitive(`${['disk', 'vip', 'web'][at]}`, on)),
      );
    const cib = cibOf([cloneOf('services-clone', groupOf('services', MEMBERS))]);
    const now = (second: readonly string[]) =>
      well({
        cib,
        vipOn: '',
        resources: [clone('services-clone', [instance(0, ['ha-host1', 'ha-host1', 'ha-host1']), instance(1, second)])],
      });
    expect(judged('groups-together', now(['ha-host2', 'ha-host2', 'ha-host2']))).to.deep.equal([]);
    expect(judged('groups-together', now(['ha-host2', 'ha-host3', 'ha-host3']))[0]).to.match(
      /^failed: the members of services:1/,
    );
  });

  it('goes by views with quorum', () => {
    const parted = split(placed(['ha-host2', 'ha-host2', 'ha-host2']), ['ha-host1'], {
      resources: showing(APART, {}).nodes[0]?.status?.resources ?? [],
    });
    expect(judged('groups-together', parted)).to.deep.equal([]);
  });

  it('is inconclusive where members of the partition were not read, whatever the others report', () => {
    const fine = placed(['ha-host1', 'ha-host1', 'ha-host1']);
    expect(judged('groups-together', silent(fine, 'ha-host3'))).to.deep.equal([SILENT('ha-host3')]);
    expect(judged('groups-together', unread(fine, 'ha-host3', 'status'))).to.deep.equal([
      'unknown: the status of ha-host3 could not be read: timed out',
    ]);
    expect(judged('groups-together', silent(split(fine, ['ha-host3']), 'ha-host3', 'frozen'))).to.deep.equal([]);
    const dark = NODES.reduce((sum, name) => silent(sum, name), fine);
    expect(judged('groups-together', dark)).to.deep.equal(NODES.map(SILENT));
  });

  it('stays broken whoever else is silent', () => {
    expect(judged('groups-together', silent(APART, 'ha-host3'))[0]).to.match(
      /^failed: the members of services are apart/,
    );
  });

  it('is inconclusive while the cluster is not idle, and without any CIB', () => {
    expect(judged('groups-together', APART, { unsettled: 'web is moving' })[0]).to.match(
      /^unknown: .* but the cluster is not idle/,
    );
    const blind = { ...APART, nodes: APART.nodes.map(({ cib, ...rest }) => rest) };
    expect(judged('groups-together', blind)).to.deep.equal(
      NODES.map((name) => `unknown: no CIB could be read to judge what ${name} sees`),
    );
  });
});
