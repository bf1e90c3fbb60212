import { readdirSync } from 'node:fs';
import { expect } from 'chai';
import { disagreements } from '../../../src/cluster/agreement.js';
import { readAny } from '../../../src/cluster/read-any.js';
import {
  type Bundle,
  type Clone,
  type ClusterState,
  EMPTY_STATE,
  type Group,
  type NodeState,
  type Primitive,
  type Resource,
} from '../../../src/model/cluster-state.js';
import { fixture } from './fixture.js';

const FOLDER = new URL('../../fixtures/cluster/agreement', import.meta.url);
const RECORDED = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.xml'))
  .map((name) => name.replace('.xml', ''));
const xmlOf = (name: string): ClusterState => readAny(fixture(`agreement/${name}.xml`));
const textOf = (name: string, layout: string): ClusterState => readAny(fixture(`agreement/${name}-${layout}.txt`));

const FLAGS = { managed: true, disabled: false, blocked: false, failed: false, orphaned: false };
const node = (name: string, parts: Partial<NodeState> = {}): NodeState => ({
  name,
  type: 'member',
  online: true,
  standby: false,
  maintenance: false,
  pending: false,
  unclean: false,
  ...parts,
});
const primitive = (id: string, nodes: readonly string[] = [], parts: Partial<Primitive> = {}): Primitive => ({
  kind: 'primitive',
  id,
  agent: 'ocf:pacemaker:Dummy',
  role: nodes.length === 0 ? 'Stopped' : 'Started',
  nodes,
  ...FLAGS,
  ...parts,
});
const group = (id: string, members: readonly Primitive[], parts: Partial<Group> = {}): Group => ({
  kind: 'group',
  id,
  members,
  ...FLAGS,
  ...parts,
});
const clone = (id: string, instances: Clone['instances'], parts: Partial<Clone> = {}): Clone => ({
  kind: 'clone',
  id,
  promotable: false,
  unique: false,
  instances,
  stoppedOn: [],
  ...FLAGS,
  ...parts,
});
/** As a clone's summary line tells it. */
const summed = (id: string, nodes: readonly string[], parts: Partial<Primitive> = {}) =>
  nodes.map((name) => primitive(id, [name], { agent: '', ...parts }));
const bundle = (replicas: Bundle['replicas']): Bundle => ({
  kind: 'bundle',
  id: 'web',
  technology: 'docker',
  unique: false,
  replicas,
  ...FLAGS,
});
const state = (parts: Partial<ClusterState>): ClusterState => ({ ...EMPTY_STATE, ...parts });
const between = (text: Partial<ClusterState>, xml: Partial<ClusterState>) => disagreements(state(text), state(xml));
const ofResources = (text: readonly Resource[], xml: readonly Resource[]) =>
  between({ resources: text, printed: ['resources'] }, { resources: xml, printed: ['resources'] });

describe('the text and the XML of one cluster', () => {
  for (const name of RECORDED) {
    it(`agree as crm_mon prints them: ${name}`, () => {
      const xml = xmlOf(name);
      expect(xml.resources.length).to.be.greaterThan(3);
      for (const layout of ['inactive', 'active', 'detail']) {
        expect(disagreements(textOf(name, layout), xml), layout).to.deep.equal([]);
      }
    });
  }

  it('of different clusters do not', () => {
    for (const name of RECORDED) {
      for (const other of RECORDED) {
        // The same cluster by two generations is the same cluster.
        if (name.split('-')[1] === other.split('-')[1]) continue;
        expect(disagreements(textOf(name, 'inactive'), xmlOf(other)), `${name} and ${other}`).to.not.deep.equal([]);
      }
    }
  });

  it('name the DC, quorum and the mix of versions alike, where both do', () => {
    const a = { dc: { name: 'a' }, quorate: true, mixedVersion: false };
    expect(between(a, a)).to.deep.equal([]);
    expect(between(a, { dc: { name: 'b' }, quorate: false, mixedVersion: true })).to.deep.equal([
      'DC: pcs status says a, crm_mon says b',
      'quorum: pcs status says with quorum, crm_mon says WITHOUT quorum',
      'versions: pcs status says all the same, crm_mon says mixed',
    ]);
    expect(between(a, { dcIsNone: true })).to.deep.equal(['DC: pcs status says a, crm_mon says NONE']);
    expect(between(a, {})).to.deep.equal([]);
  });
});

describe('nodes', () => {
  const ofNodes = (text: readonly NodeState[], xml: readonly NodeState[]) => between({ nodes: text }, { nodes: xml });

  it('differ in their condition, type and feature set', () => {
    expect(ofNodes([node('a', { online: false })], [node('a')])).to.deep.equal([
      'a: pcs status says offline, crm_mon says online',
    ]);
    expect(ofNodes([node('a', { type: 'remote' })], [node('a', { type: 'guest' })])).to.deep.equal([
      'a: pcs status says a remote, crm_mon says a guest',
    ]);
    expect(ofNodes([node('a', { featureSet: '3.1' })], [node('a', { featureSet: '3.2' })])).to.deep.equal([
      'a: pcs status says feature set 3.1, crm_mon says feature set 3.2',
    ]);
    expect(ofNodes([node('a')], [node('a', { featureSet: '3.2' })])).to.deep.equal([]);
  });

  it('are missed where one does not know them', () => {
    expect(ofNodes([node('a'), node('b')], [node('a'), node('c')])).to.deep.equal([
      'b: pcs status says online, crm_mon says nothing of it',
      'c: pcs status says nothing of it, crm_mon says online',
    ]);
    expect(ofNodes([], [node('a')])).to.deep.equal([]);
  });

  it('have one word in text, which hides the rest', () => {
    expect(ofNodes([node('a', { standby: true })], [node('a', { standby: true, maintenance: true })])).to.deep.equal(
      [],
    );
    expect(ofNodes([node('a', { unclean: true })], [node('a', { unclean: true, standby: true })])).to.deep.equal([]);
    expect(ofNodes([node('a', { unclean: true })], [node('a', { standby: true })])).to.have.lengthOf(1);
  });

  it('are left out of text where they are guests that are simply offline', () => {
    const guest = node('g', { type: 'guest', online: false });
    expect(ofNodes([node('a')], [node('a'), guest])).to.deep.equal([]);
    expect(ofNodes([node('a')], [node('a'), { ...guest, unclean: true }])).to.have.lengthOf(1);
    expect(ofNodes([node('a')], [node('a'), { ...guest, type: 'remote' }])).to.have.lengthOf(1);
  });
});

describe('resources', () => {
  it('differ in where they are, and in their role', () => {
    expect(ofResources([primitive('vip', ['a'])], [primitive('vip', ['b'])])).to.deep.equal([
      'vip: pcs status says Started on a, crm_mon says Started on b',
    ]);
    expect(ofResources([primitive('vip', ['a'])], [primitive('vip', ['a', 'b'])])).to.deep.equal([
      'vip: pcs status says Started on a, crm_mon says Started on a, b',
    ]);
    expect(ofResources([primitive('vip')], [primitive('vip', ['a'], { role: 'Stopping' })])).to.deep.equal([
      'vip: pcs status says Stopped, crm_mon says Stopping on a',
    ]);
  });

  it('differ in their flags', () => {
    const xml = primitive('vip', ['a']);
    for (const flag of ['failed', 'blocked', 'disabled', 'orphaned'] as const) {
      expect(ofResources([{ ...xml, [flag]: true }], [xml])).to.include(
        `vip: pcs status says ${flag}, crm_mon says not ${flag}`,
      );
      expect(ofResources([primitive('vip')], [{ ...primitive('vip'), [flag]: true }])).to.deep.equal([
        `vip: pcs status says not ${flag}, crm_mon says ${flag}`,
      ]);
    }
    expect(ofResources([{ ...xml, managed: false }], [xml])).to.deep.equal([
      'vip: pcs status says unmanaged, crm_mon says managed',
    ]);
  });

  it('are not called unmanaged in text where blocked or maintenance stands in its place', () => {
    const xml = primitive('vip', ['a'], { managed: false, blocked: true, failed: true });
    expect(ofResources([{ ...xml, managed: true }], [xml])).to.deep.equal([]);
    const kept = primitive('vip', ['a'], { managed: false, maintenance: true });
    expect(ofResources([{ ...kept, managed: true }], [kept])).to.deep.equal([]);
  });

  it('are blocked where old XML calls them failed and unmanaged, having no word for it', () => {
    const xml = primitive('vip', ['a'], { managed: false, failed: true });
    expect(ofResources([{ ...xml, blocked: true }], [xml])).to.deep.equal([]);
    expect(ofResources([primitive('vip', ['a'], { blocked: true })], [primitive('vip', ['a'])])).to.have.lengthOf(1);
  });

  it('may have FAILED in place of their role', () => {
    const xml = primitive('vip', ['a'], { failed: true });
    expect(ofResources([{ ...xml, role: 'Unknown' }], [xml])).to.deep.equal([]);
    expect(ofResources([{ ...xml, role: 'Unknown', nodes: ['b'] }], [xml])).to.have.lengthOf(1);
  });

  it('stand in the same containers', () => {
    const vip = primitive('vip', ['a']);
    expect(ofResources([vip], [group('web', [vip])])).to.deep.equal([
      'vip: pcs status says in nothing, crm_mon says in web',
    ]);
    expect(ofResources([clone('c', [vip])], [clone('c', [vip], { promotable: true })])).to.deep.equal([
      'c: pcs status says a clone, crm_mon says a promotable clone',
    ]);
    expect(ofResources([group('g', [vip], { managed: false })], [group('g', [vip])])).to.deep.equal([
      'g: pcs status says unmanaged, crm_mon says managed',
    ]);
  });

  it('are missed where only one names them', () => {
    expect(ofResources([primitive('vip')], [])).to.deep.equal([
      'vip: pcs status says Stopped, crm_mon says nothing of it',
    ]);
    expect(ofResources([], [primitive('vip', ['a'])])).to.deep.equal([
      'vip: pcs status says nothing of it, crm_mon says Started on a',
    ]);
  });

  it('may be left out of text where they are stopped, unless it names what is stopped', () => {
    const listed = primitive('web', ['a']);
    expect(ofResources([listed], [listed, primitive('vip')])).to.deep.equal([]);
    expect(ofResources([listed, primitive('db')], [listed, primitive('db'), primitive('vip')])).to.deep.equal([
      'vip: pcs status says nothing of it, crm_mon says Stopped',
    ]);
    const partly = group('g', [primitive('m1', ['a'])], { notPrinted: 1 });
    expect(ofResources([partly], [group('g', [primitive('m1', ['a']), primitive('m2')])])).to.deep.equal([]);
  });

  it('may be left out of text where their node went away in order', () => {
    const xml = { nodes: [node('a', { online: false })], resources: [primitive('vip', ['a'])] };
    expect(between({ nodes: xml.nodes, printed: ['resources'] }, xml)).to.deep.equal([]);
    const lost = { ...xml, nodes: [node('a', { online: false, unclean: true })] };
    expect(between({ nodes: lost.nodes, printed: ['resources'] }, lost)).to.have.lengthOf(1);
  });
});

describe('clones', () => {
  it('tell by a summary line where they are, and nothing of flags or of how many are stopped', () => {
    const xml = clone('c', [primitive('r', ['a'], { managed: false }), primitive('r'), primitive('r')]);
    expect(ofResources([clone('c', summed('r', ['a']))], [xml])).to.deep.equal([]);
    expect(ofResources([clone('c', [...summed('r', ['a']), ...summed('r', [])])], [xml])).to.deep.equal([]);
    expect(ofResources([clone('c', summed('r', ['a', 'b']))], [xml])).to.deep.equal([
      'c/r: pcs status says Started on a, b, crm_mon says Started on a',
    ]);
    const promoted = clone('c', summed('r', ['a'], { role: 'Promoted' }));
    expect(ofResources([promoted], [xml])).to.deep.equal([
      'c/r: pcs status says Promoted on a, crm_mon says Started on a',
    ]);
  });

  it('tell flags in a line of their own', () => {
    const xml = clone('c', [primitive('r', ['a'], { failed: true }), primitive('r', ['b'])]);
    expect(ofResources([clone('c', [primitive('r', ['a']), ...summed('r', ['b'])])], [xml])).to.deep.equal([
      'c/r: pcs status says not failed, crm_mon says failed',
    ]);
  });

  it('number their instances in one format and not in the other', () => {
    expect(ofResources([clone('c', [primitive('r:0', ['a'])])], [clone('c', [primitive('r', ['a'])])])).to.deep.equal(
      [],
    );
  });

  it('are only a title where nothing of them is active', () => {
    const xml = clone('c', [primitive('r'), primitive('r')]);
    expect(ofResources([primitive('vip'), clone('c', [])], [primitive('vip'), xml])).to.deep.equal([]);
    expect(ofResources([primitive('vip')], [primitive('vip'), xml])).to.have.lengthOf(1);
  });

  const instance = (number: number, where: string, second: readonly string[] = [where]) =>
    group(`g:${number}`, [primitive('m1', [where]), primitive('m2', second)]);

  it('of a group tell by one line of its members together', () => {
    const xml = clone('c', [instance(0, 'a'), instance(1, 'b'), group('g:2', [primitive('m1'), primitive('m2')])]);
    expect(ofResources([clone('c', summed('g', ['a', 'b']))], [xml])).to.deep.equal([]);
    expect(ofResources([clone('c', summed('g', ['a']))], [xml])).to.deep.equal([
      'c/g: pcs status says Started on a, crm_mon says Started on a, b',
    ]);
  });

  it('of a group tell its members where it is not whole, and must not differ there', () => {
    const xml = clone('c', [instance(0, 'a', []), instance(1, 'b')]);
    const text = (second: readonly string[]) => clone('c', [instance(0, 'a', second), ...summed('g', ['b'])]);
    expect(ofResources([text([])], [xml])).to.deep.equal([]);
    expect(ofResources([text(['a'])], [xml])).to.deep.equal([
      'c/g/m2: pcs status says Started on a, crm_mon says Stopped',
    ]);
  });
});

describe('bundles', () => {
  const parts = (index: number, where: string, inside: Partial<Primitive> = {}) => ({
    index,
    role: 'Started' as const,
    nodes: [where],
    members: [
      primitive(`web-ip-192.168.122.13${index}`, [where], { agent: 'ocf:heartbeat:IPaddr2' }),
      primitive('httpd', [`web-${index}`], { agent: 'ocf:heartbeat:apache', ...inside }),
      primitive(`web-docker-${index}`, [where], { agent: 'ocf:heartbeat:docker' }),
      primitive(`web-${index}`, [where], { agent: 'ocf:pacemaker:remote' }),
    ],
  });
  const short = (index: number, where: string, role: Primitive['role'] = 'Started') => ({
    index,
    name: `web-${index}`,
    role,
    nodes: [where],
    agent: 'ocf:heartbeat:apache',
    flags: FLAGS,
    members: [],
  });

  it('have one line for a replica in text, of what runs inside at the place of its container', () => {
    const xml = bundle([parts(0, 'a'), parts(1, 'b', { role: 'Stopped', nodes: [] })]);
    expect(ofResources([bundle([short(0, 'a'), short(1, 'b', 'Stopped')])], [xml])).to.deep.equal([]);
    expect(ofResources([bundle([short(0, 'b'), short(1, 'b', 'Stopped')])], [xml])).to.deep.equal([
      'web/web-0: pcs status says Started on b, crm_mon says Started on a',
    ]);
    expect(ofResources([bundle([short(0, 'a'), short(1, 'b')])], [xml])).to.have.lengthOf(1);
    const failed = bundle([parts(0, 'a', { failed: true })]);
    expect(ofResources([bundle([short(0, 'a')])], [failed])).to.deep.equal([
      'web/web-0: pcs status says not failed, crm_mon says failed',
    ]);
  });

  it('have their parts in full output, by the number of the replica', () => {
    const xml = bundle([parts(0, 'a'), parts(1, 'b')]);
    expect(ofResources([xml], [xml])).to.deep.equal([]);
    expect(ofResources([bundle([parts(0, 'b'), parts(1, 'a')])], [xml])).to.have.lengthOf(6);
  });
});

describe('failures', () => {
  const failed = { text: '', resource: 'vip', operation: 'monitor', node: 'a', exitCode: 7, exitStatus: 'not running' };
  const ofFailures = (text: ClusterState['failedActions'], xml: ClusterState['failedActions']) =>
    between({ failedActions: text }, { failedActions: xml });

  it('are the same by resource, operation, node and end, as far as they are told', () => {
    expect(ofFailures([failed], [failed])).to.deep.equal([]);
    expect(ofFailures([{ ...failed, resource: 'vip:1', operation: 'probe' }], [failed])).to.deep.equal([]);
    const { exitCode, ...byName } = failed;
    expect(exitCode).to.equal(7);
    expect(ofFailures([byName], [failed])).to.deep.equal([]);
    expect(ofFailures([{ ...byName, exitStatus: 'error' }], [failed])).to.deep.equal([
      "failed monitor of vip on a: pcs status says 'error', crm_mon says 'not running' (7)",
    ]);
    expect(ofFailures([{ ...failed, exitCode: 1 }], [failed])).to.have.lengthOf(1);
  });

  it('are missed where only one tells of them', () => {
    expect(ofFailures([], [failed])).to.deep.equal([
      "failed monitor of vip on a: pcs status says nothing of it, crm_mon says 'not running' (7)",
    ]);
    expect(ofFailures([{ ...failed, node: 'b' }], [])).to.have.lengthOf(1);
  });

  it('that were not understood may be any', () => {
    expect(ofFailures([{ text: 'vip did something' }], [failed])).to.deep.equal([]);
  });

  it('of fencing are the same by action and target, however often', () => {
    const event = { text: '', action: 'reboot', target: 'b', status: 'failed' } as const;
    const ofFencing = (
      text: ClusterState['failedFencing'],
      xml: ClusterState['failedFencing'],
      errors: string[] = [],
    ) => between({ failedFencing: text }, { failedFencing: xml, errors });
    expect(ofFencing([event], [event, event])).to.deep.equal([]);
    expect(ofFencing([event], [{ ...event, target: 'c' }])).to.deep.equal([
      'failed fencing, reboot of b: pcs status says that it failed, crm_mon says nothing of it',
      'failed fencing, reboot of c: pcs status says nothing of it, crm_mon says that it failed',
    ]);
    expect(ofFencing([event], [], ['crm_mon could not get the fencing history (code 107)'])).to.deep.equal([]);
  });
});

describe('a reading that is cut off', () => {
  it('is not missed what it does not reach', () => {
    const whole = { nodes: [node('a'), node('b')], resources: [primitive('vip', ['a']), primitive('db', ['a'])] };
    const cut = { nodes: [node('a')], resources: [primitive('vip', ['a'])], truncated: ['it is cut off'] };
    expect(between(cut, whole)).to.deep.equal([]);
    expect(between(whole, cut)).to.deep.equal([]);
    expect(between({ ...cut, resources: [primitive('vip', ['b'])] }, whole)).to.have.lengthOf(1);
  });
});
