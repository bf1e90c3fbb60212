import { expect } from 'chai';
import { parseCib } from '../../../../src/cluster/cib/read-cib.js';
import { parseScore } from '../../../../src/model/pacemaker-values.js';

const cib = (configuration: string, status = '', attributes = ''): string =>
  `<cib admin_epoch="1" epoch="12" num_updates="3" ${attributes}><configuration>${configuration}</configuration><status>${status}</status></cib>`;

const IP = `<primitive id="vip" class="ocf" provider="heartbeat" type="IPaddr2">
  <instance_attributes id="a"><nvpair id="n" name="ip" value="192.168.56.24"/></instance_attributes>
  <meta_attributes id="m"><nvpair id="o" name="migration-threshold" value="3"/></meta_attributes></primitive>`;

describe('the CIB', () => {
  it('is read as to properties, nodes and resources', () => {
    const read = parseCib(
      cib(`<crm_config><cluster_property_set id="s"><nvpair id="p" name="stonith-enabled" value="false"/></cluster_property_set></crm_config>
        <nodes><node id="1" uname="a"><instance_attributes id="i"><nvpair id="x" name="standby" value="on"/></instance_attributes></node>
        <node id="r" uname="r" type="remote"/></nodes>
        <resources>${IP}<group id="g"><primitive id="web" class="systemd" type="nginx"/></group>
        <clone id="c"><meta_attributes id="cm"><nvpair id="cn" name="clone-max" value="2"/></meta_attributes><primitive id="p" class="ocf" provider="pacemaker" type="ping"/></clone>
        <master id="old"><primitive id="drbd" class="ocf" provider="linbit" type="drbd"/></master></resources>
        <rsc_defaults><meta_attributes id="d"><nvpair id="dn" name="resource-stickiness" value="100"/></meta_attributes></rsc_defaults>`),
    );
    expect(read.version).to.deep.equal({ adminEpoch: 1, epoch: 12, numUpdates: 3 });
    expect(read.properties).to.deep.equal({ 'stonith-enabled': 'false' });
    expect(read.resourceDefaults).to.deep.equal({ 'resource-stickiness': '100' });
    expect(read.nodes).to.deep.equal([
      { id: '1', name: 'a', type: 'member', attributes: { standby: 'on' } },
      { id: 'r', name: 'r', type: 'remote', attributes: {} },
    ]);
    const [vip, group, clone, master] = read.resources;
    expect(vip).to.deep.equal({
      kind: 'primitive',
      id: 'vip',
      agent: 'ocf:heartbeat:IPaddr2',
      parameters: { ip: '192.168.56.24' },
      meta: { 'migration-threshold': '3' },
    });
    expect(group).to.deep.nested.include({ kind: 'group', id: 'g', 'members[0].agent': 'systemd:nginx' });
    expect(clone).to.deep.include({ kind: 'clone', promotable: false, meta: { 'clone-max': '2' } });
    expect(master).to.deep.include({ kind: 'clone', id: 'old', promotable: true });
  });

  it('is read as to constraints, and tells those that it cannot judge', () => {
    const { constraints } = parseCib(
      cib(`<constraints>
        <rsc_location id="l1" rsc="vip" node="a" score="-INFINITY"/>
        <rsc_location id="l2" rsc="vip" node="a" score="50" role="Master"/>
        <rsc_location id="l3" rsc="vip"><rule id="r" score="-INFINITY"/></rsc_location>
        <rsc_location id="l4" rsc-pattern="^v" node="a" score="1"/>
        <rsc_location id="l5" rsc="vip" node="a" score="1" resource-discovery="exclusive"/>
        <rsc_colocation id="c1" rsc="web" with-rsc="vip" score="INFINITY" with-rsc-role="Promoted"/>
        <rsc_order id="o1" first="vip" then="web"/>
        <rsc_order id="o2" first="vip" then="web" score="0"/>
        <rsc_order id="o3" first="db" first-action="promote" then="web" then-action="start" kind="Serialize"/>
        <rsc_ticket id="t" rsc="vip" ticket="x"/></constraints>`),
    );
    expect(constraints).to.deep.equal([
      { kind: 'location', id: 'l1', resource: 'vip', node: 'a', score: -1_000_000 },
      { kind: 'location', id: 'l2', resource: 'vip', node: 'a', score: 50, role: 'Promoted' },
      { kind: 'location', id: 'l3', resource: 'vip' },
      { kind: 'other', id: 'l4', element: 'rsc_location' },
      { kind: 'location', id: 'l5', resource: 'vip', node: 'a', score: 1, discovery: 'exclusive' },
      { kind: 'colocation', id: 'c1', resource: 'web', withResource: 'vip', score: 1_000_000, withRole: 'Promoted' },
      {
        kind: 'order',
        id: 'o1',
        first: 'vip',
        next: 'web',
        firstAction: 'start',
        nextAction: 'start',
        orderKind: 'Mandatory',
        symmetrical: true,
      },
      {
        kind: 'order',
        id: 'o2',
        first: 'vip',
        next: 'web',
        firstAction: 'start',
        nextAction: 'start',
        orderKind: 'Optional',
        symmetrical: true,
      },
      {
        kind: 'order',
        id: 'o3',
        first: 'db',
        next: 'web',
        firstAction: 'promote',
        nextAction: 'start',
        orderKind: 'Serialize',
        symmetrical: false,
      },
      { kind: 'other', id: 't', element: 'rsc_ticket' },
    ]);
    expect([parseScore('+INFINITY'), parseScore('5000000'), parseScore('-3'), parseScore('often')]).to.deep.equal([
      1_000_000,
      1_000_000,
      -3,
      undefined,
    ]);
  });

  it('is read as to what happened, in the words of old and new releases', () => {
    const op = (id: string, rest: string): string =>
      `<lrm_rsc_op id="${id}" operation="monitor" call-id="7" interval="10000" last-rc-change="1795574785" ${rest}/>`;
    const state = (head: string): string => `<node_state id="1" uname="a" ${head}>
      <transient_attributes id="1"><instance_attributes id="s"><nvpair id="f" name="fail-count-vip#monitor_10000" value="2"/></instance_attributes></transient_attributes>
      <lrm id="1"><lrm_resources><lrm_resource id="vip">${op('x', 'rc-code="7" op-status="0" transition-key="3:2:0:uuid" exit-reason="gone"')}${op('y', 'rc-code="7" op-status="0" transition-key="3:2:7:uuid"')}</lrm_resource></lrm_resources></lrm></node_state>`;
    const old = parseCib(cib('', state('in_ccm="true" crmd="online" join="member" expected="member"')));
    const recent = parseCib(cib('', state('in_ccm="1795574700" crmd="1795574701" join="member" expected="member"')));
    for (const { nodeStates } of [old, recent])
      expect(nodeStates).to.deep.equal([
        {
          node: 'a',
          inCcm: true,
          crmd: true,
          join: 'member',
          expected: 'member',
          transient: { 'fail-count-vip#monitor_10000': '2' },
        },
      ]);
    expect(parseCib(cib('', state('in_ccm="0" crmd="0" join="down"'))).nodeStates[0]).to.include({
      inCcm: false,
      crmd: false,
    });
    expect(
      old.operations.map(({ rcCode, expected, exitReason }) => `${rcCode} ${expected} ${exitReason}`),
    ).to.deep.equal(['7 false gone', '7 true ']);
    expect(old.operations[0]).to.include({
      node: 'a',
      resource: 'vip',
      operation: 'monitor',
      intervalMs: 10_000,
      lastChangeS: 1_795_574_785,
    });
  });

  it('keeps no password', () => {
    const fence = (value: string) =>
      cib(`<resources><primitive id="f" class="stonith" type="fence_ipmilan"><instance_attributes id="a">
        <nvpair id="n" name="passwd" value="${value}"/><nvpair id="u" name="username" value="admin"/></instance_attributes></primitive></resources>`);
    const [one, other] = [parseCib(fence('geheim')), parseCib(fence('anders'))];
    expect(one.resources[0]).to.have.deep.property('parameters', { passwd: '***', username: 'admin' });
    expect(JSON.stringify(one)).to.not.include('geheim');
    expect(one.configurationDigest, 'and still sees that it changed').to.not.equal(other.configurationDigest);
  });

  it('has one digest whoever wrote it last and however often, and another as soon as anything in it differs', () => {
    const one = parseCib(cib('<resources/>', '', 'update-origin="a" dc-uuid="1" have-quorum="1"'));
    const same = parseCib(cib('<resources/>', '', 'update-origin="b" have-quorum="0"'));
    const other = parseCib(cib('<resources><primitive id="x"/></resources>'));
    const status = parseCib(cib('<resources/>', '<node_state uname="a"/>'));
    expect(one.digest).to.equal(same.digest);
    expect(parseCib(cib('<resources/>').replace('num_updates="3"', 'num_updates="4"')).digest).to.equal(one.digest);
    expect(other.digest).to.not.equal(one.digest);
    expect(status.digest).to.not.equal(one.digest);
    expect(status.configurationDigest).to.equal(one.configurationDigest);
  });

  it('is refused where it is cut off or something else', () => {
    expect(() => parseCib('<cib epoch="1"><configuration>')).to.throw();
    expect(() => parseCib('<crm_mon/>')).to.throw('is not a CIB');
  });
});
