import { expect } from 'chai';
import { parseCrmMonXml } from '../../../src/cluster/status-xml.js';
import type { ClusterState, Resource } from '../../../src/model/cluster-state.js';
import { instancesOf } from '../../../src/model/resource-tree.js';
import { fixture } from './fixture.js';

const stateOf = (source: string): ClusterState => {
  const { state } = parseCrmMonXml(source);
  if (state === undefined) throw new Error('the document holds no state');
  return state;
};
const stateIn = (path: string): ClusterState => stateOf(fixture(path));

/** A state with these parts, as pacemaker 2.0.3 and newer print them. */
const stateWith = (parts: string): ClusterState =>
  stateOf(`<pacemaker-result><summary/>${parts}<status code="0" message="OK"/></pacemaker-result>`);

const resourceIn = (state: ClusterState, id: string): Resource => {
  const found = state.resources.find((resource) => resource.id === id);
  if (found === undefined) throw new Error(`no resource ${id}`);
  return found;
};

/** One `<resource>` with what is said of it. */
const resource = (attributes: string, nodes: readonly string[] = ['a']): string =>
  `<resource id="r" resource_agent="ocf:pacemaker:Dummy" role="Started" ${attributes}>` +
  `${nodes.map((name) => `<node name="${name}" id="1" cached="true"/>`).join('')}</resource>`;

const firstOf = (parts: string): Resource => {
  const [first] = stateWith(`<resources>${parts}</resources>`).resources;
  if (first === undefined) throw new Error('no resource');
  return first;
};

describe('crm_mon XML', () => {
  const full = () => stateIn('crm_mon/2.1.5__xml-output.xml');

  it('reads the summary', () => {
    const { stack, dc, quorate, mixedVersion, options, counts, updatedAt, lastChange } = full();
    expect({ stack, dc, quorate, mixedVersion, updatedAt, lastChange }).to.deep.equal({
      stack: 'corosync',
      dc: { name: 'cluster02', id: '2' },
      quorate: true,
      mixedVersion: false,
      updatedAt: undefined,
      lastChange: undefined,
    });
    expect(options).to.deep.equal({
      stonithEnabled: true,
      maintenanceMode: false,
      stopAllResources: false,
      symmetric: true,
      noQuorumPolicy: 'stop',
    });
    expect(counts).to.deep.equal({ nodes: 5, resources: 32, disabled: 4, blocked: 0 });
  });

  it('reads when, by whom and through what the cluster was changed', () => {
    const { updatedAt, lastChange } = stateOf(
      '<pacemaker-result><summary><last_update time="Sat Nov  8 10:00:00 2025" origin="a"/>' +
        '<last_change time="Sat Nov  8 09:00:00 2025" user="root" client="cibadmin" origin="b"/></summary></pacemaker-result>',
    );
    expect(updatedAt).to.equal('Sat Nov  8 10:00:00 2025');
    expect(lastChange).to.deep.equal({ at: 'Sat Nov  8 09:00:00 2025', user: 'root', via: 'cibadmin', node: 'b' });
  });

  it('reads nodes of each type', () => {
    expect(full().nodes.map(({ name, type, online, host }) => `${name} ${type} ${online} ${host}`)).to.deep.equal([
      'cluster01 member true undefined',
      'cluster02 member true undefined',
      'httpd-bundle-0 guest true httpd-bundle-docker-0',
      'httpd-bundle-1 guest true httpd-bundle-docker-1',
      'httpd-bundle-2 guest false httpd-bundle-docker-2',
    ]);
    expect(full().nodes[0]).to.include({ id: '1', health: 'green', featureSet: '<3.15.1', standbyOnFail: false });
    const [old] = stateWith('<nodes><node name="lxc1" type="remote" container_id="container1"/></nodes>').nodes;
    expect(old).to.include({ type: 'guest', host: 'container1' });
  });

  it('reads what a node is, and nothing that pacemaker sets itself while it joins', () => {
    const nodes = (attributes: string) => stateWith(`<nodes><node name="a" ${attributes}/></nodes>`).nodes[0];
    expect(nodes('online="true" standby="true" resources_running="2"')).to.include({
      online: true,
      standby: true,
      standbyWithResources: true,
    });
    expect(nodes('online="true" standby="false" standby_onfail="true"')).to.include({
      standby: true,
      standbyOnFail: true,
    });
    expect(nodes('online="true" standby="true" pending="true"')).to.include({
      online: false,
      standby: false,
      pending: true,
    });
    expect(nodes('online="true" pending="true" unclean="true"')).to.include({ online: true, unclean: true });
  });

  it('reads the tree of resources', () => {
    const state = full();
    expect(resourceIn(state, 'ping-clone')).to.deep.include({
      kind: 'clone',
      child: 'ping',
      promotable: false,
      stoppedOn: [],
    });
    expect(resourceIn(state, 'promotable-clone')).to.include({ promotable: true, unique: false });
    const promotable = instancesOf(state).filter(({ id }) => id === 'promotable-rsc');
    expect(promotable.map(({ role, nodes }) => `${role} ${nodes}`)).to.deep.equal([
      'Promoted cluster02',
      'Unpromoted cluster01',
      'Stopped ',
      'Stopped ',
      'Stopped ',
    ]);
    expect(instancesOf(state).find(({ id }) => id === 'mysql-proxy')?.within).to.deep.equal([
      'mysql-clone-group',
      'mysql-group:0',
    ]);
    expect(resourceIn(state, 'inactive-clone')).to.include({ disabled: true });
    expect(resourceIn(state, 'inactive-group')).to.include({ kind: 'group', disabled: true });
  });

  it('reads a bundle with the parts of its replicas', () => {
    const bundle = resourceIn(full(), 'httpd-bundle');
    if (bundle.kind !== 'bundle') throw new Error('no bundle');
    expect(bundle).to.include({ image: 'pcmk:http', technology: 'docker', unique: false });
    expect(bundle.replicas.map(({ index, role, nodes }) => `${index} ${role} ${nodes}`)).to.deep.equal([
      '0 Started cluster01',
      '1 Started cluster02',
      '2 Stopped ',
    ]);
    expect(bundle.replicas[0]?.members.map(({ id, nodes }) => `${id} ${nodes}`)).to.deep.equal([
      'httpd-bundle-ip-192.168.122.131 cluster01',
      'httpd httpd-bundle-0',
      'httpd-bundle-docker-0 cluster01',
      'httpd-bundle-0 cluster01',
    ]);
  });

  it('reads a group of which not all is printed', () => {
    const group = '<group id="g" number_resources="4" managed="true" disabled="false">';
    expect(firstOf(`${group}${resource('')}</group>`)).to.include({ kind: 'group', notPrinted: 3 });
    expect(firstOf(`${group.replace('4', '1')}${resource('')}</group>`)).to.not.have.property('notPrinted');
  });

  it('reads flags, and what their absence means', () => {
    expect(firstOf(resource(''))).to.deep.include({
      managed: true,
      disabled: false,
      blocked: false,
      failed: false,
      orphaned: false,
    });
    const all = 'managed="false" blocked="true" failed="true" failure_ignored="true" maintenance="true"';
    expect(firstOf(resource(`${all} orphaned="true" target_role="stopped" locked_to="b"`))).to.include({
      managed: false,
      disabled: true,
      blocked: true,
      failed: true,
      failureIgnored: true,
      maintenance: true,
      orphaned: true,
      lockedTo: 'b',
    });
    expect(firstOf(resource('removed="true"'))).to.include({ orphaned: true });
  });

  it('takes a change of state under way for the role, wherever it is printed', () => {
    expect(firstOf(resource('pending="Starting"'))).to.include({ role: 'Starting', pending: 'Starting' });
    expect(firstOf(resource('').replace('Started', 'Stopping'))).to.include({ role: 'Stopping', pending: 'Stopping' });
    expect(firstOf(resource('pending="Monitoring"'))).to.include({ role: 'Started', pending: 'Monitoring' });
  });

  it('says of what was left on a lost node that it is unclean', () => {
    const { resources } = stateWith(
      '<nodes><node name="a" online="false" unclean="true"/><node name="b" online="true" unclean="true"/></nodes>' +
        `<resources>${resource('')}${resource('', ['b'])}</resources>`,
    );
    expect(resources[0]).to.include({ unclean: true });
    expect(resources[1]).to.not.have.property('unclean');
  });

  it('reads resources grouped by node, none of them twice', () => {
    const flat = instancesOf(full()).filter(({ nodes }) => nodes.length > 0);
    const grouped = instancesOf(stateIn('crm_mon/2.1.5__xml-output-grouped-by-node.xml')).filter(
      ({ nodes }) => nodes.length > 0,
    );
    const places = (instances: typeof flat) => instances.map(({ id, role, nodes }) => `${id} ${role} ${nodes}`);
    expect(places(grouped)).to.have.members(places(flat));
  });

  it('reads resources grouped by node as 2.0 prints them, without their node', () => {
    const bare = '<resource id="r" resource_agent="ocf::pacemaker:Dummy" role="Started" nodes_running_on="2" />';
    const { resources } = stateOf(
      `<crm_mon version="2.0.1"><summary/><nodes><node name="a">${bare}</node><node name="b">${bare}</node></nodes></crm_mon>`,
    );
    expect(resources.map((each) => each.kind === 'primitive' && each.nodes)).to.deep.equal([['a'], ['b']]);
  });

  it('reads one that is active on two nodes once, under whichever node it stands', () => {
    const twice = resource('nodes_running_on="2"', ['a', 'b']);
    const { resources } = stateWith(`<nodes><node name="a">${twice}</node><node name="b">${twice}</node></nodes>`);
    expect(resources).to.have.lengthOf(1);
    expect(resources[0]).to.deep.include({ nodes: ['a', 'b'] });
  });

  it('reads a 1.1 document, and folds its names into those of today', () => {
    const state = stateIn('crm_mon/1.1.16-as-xml.xml');
    expect(state.dc).to.deep.equal({ name: 'ha-host3', id: '3', version: '1.1.16-12.el7_4.8-94ff4df' });
    expect(state.counts).to.deep.equal({ nodes: 3, resources: 1 });
    expect(state.nodes[0]).to.include({ name: 'ha-host1', online: false });
    expect(state.nodes[2]).to.include({ name: 'ha-host3', online: true, standby: true });
    expect(state.resources[0]).to.include({ agent: 'ocf:heartbeat:IPaddr2', role: 'Started' });
    expect(instancesOf(state)[1]).to.include({ agent: 'ocf:pacemaker:Stateful', role: 'Promoted' });
  });

  it('reads failures, with the line that crm_mon prints of them', () => {
    const state = stateIn('crm_mon/2.1.5__xml-output-of-partially-active-resources.xml');
    expect(state.failedActions).to.deep.equal([
      {
        text: "dummy-2_monitor_0 on cluster02 'unimplemented feature' (3): call=2, status='complete', queued=0ms, exec=33ms",
        resource: 'dummy-2',
        operation: 'monitor',
        intervalMs: 0,
        node: 'cluster02',
        exitCode: 3,
        exitStatus: 'unimplemented feature',
        execution: 'complete',
        call: 2,
        queuedMs: 0,
        execMs: 33,
      },
    ]);
    expect(instancesOf(state).find(({ id }) => id === 'dummy-2')).to.include({ failed: true });
  });

  it('reads reasons that were escaped twice, and none', () => {
    const failed = (attributes: string) =>
      stateWith(`<failures><failure op_key="a_b_migrate_from_0" node="n" ${attributes}/></failures>`).failedActions[0];
    const reason = 'exitreason="process &amp;lt;x&amp;gt; &amp;quot;gone&amp;quot;"';
    expect(failed(reason)).to.include({
      resource: 'a_b',
      operation: 'migrate_from',
      reason: 'process <x> "gone"',
    });
    expect(failed('exitreason="none"')).to.not.have.property('reason');
    const { failedActions } = stateWith(
      '<failures><failure id="vip_last_failure_0" task="start" node="n"/></failures>',
    );
    expect(failedActions[0]).to.include({ resource: 'vip', operation: 'start' });
  });

  it('reads the fencing history of each generation', () => {
    const who = 'action="reboot" target="b" client="pacemaker-controld.7" origin="a"';
    const { fencingHistory, failedFencing, errors } = stateWith(
      `<fence_history><fence_event ${who} status="failed" exit-reason="no device" delegate="c" completed="10:00"/>` +
        `<fence_event ${who} status="success"/><fence_event ${who} state="pending"/></fence_history>`,
    );
    expect(fencingHistory.map(({ status }) => status)).to.deep.equal(['failed', 'success', 'pending']);
    expect(failedFencing).to.deep.equal([
      {
        text: "reboot of b failed (no device): delegate=c, client=pacemaker-controld.7, origin=a, completed='10:00'",
        action: 'reboot',
        target: 'b',
        status: 'failed',
        delegate: 'c',
        client: 'pacemaker-controld.7',
        origin: 'a',
        at: '10:00',
        reason: 'no device',
      },
    ]);
    expect(errors).to.deep.equal([]);
    expect(stateWith('<fence_history status="107"/>').errors).to.deep.equal([
      'crm_mon could not get the fencing history (code 107)',
    ]);
  });

  it('reads tickets, bans, node attributes and fail counts', () => {
    const state = stateWith(
      '<node_attributes><node name="a"><attribute name="pingd" value="1000" expected="1000"/></node></node_attributes>' +
        '<node_history><node name="a"><resource_history id="vip" orphan="false" migration-threshold="3"' +
        ' fail-count="INFINITY" last-failure="10:00"/><resource_history id="gone" orphan="true"/></node></node_history>' +
        '<tickets><ticket id="t1" status="granted" standby="false" last-granted="9:00"/><ticket id="t2" status="revoked"' +
        ' standby="true"/></tickets><bans><ban id="b1" resource="vip" node="a" weight="-1000000" master_only="true"/></bans>',
    );
    expect(state.attributes).to.deep.equal([{ node: 'a', name: 'pingd', value: '1000' }]);
    expect(state.failCounts).to.deep.equal([
      { node: 'a', resource: 'vip', failCount: 1_000_000, migrationThreshold: 3, lastFailure: '10:00' },
    ]);
    expect(state.tickets).to.deep.equal([
      { id: 't1', granted: true, standby: false, lastGranted: '9:00' },
      { id: 't2', granted: false, standby: true },
    ]);
    expect(state.bans).to.deep.equal([{ id: 'b1', resource: 'vip', node: 'a', promotedOnly: true, score: -1_000_000 }]);
  });

  it('tells which parts were printed', () => {
    expect(full().printed).to.deep.equal([
      'summary',
      'nodes',
      'resources',
      'attributes',
      'operations',
      'migration',
      'bans',
    ]);
    expect(stateIn('crm_mon/2.1.5__xml-output-without-the-node-section.xml').printed).to.not.include('nodes');
  });

  it('refuses a document cut off at any line', () => {
    const lines = fixture('crm_mon/1.1.16-as-xml.xml').trimEnd().split('\n');
    for (let kept = 0; kept < lines.length; kept += 1) {
      expect(() => parseCrmMonXml(lines.slice(0, kept).join('\n')), `${kept} lines`).to.throw(/well-formed/);
    }
  });

  it('refuses another kind of document', () => {
    expect(() => parseCrmMonXml('<cib><status/></cib>')).to.throw('<cib> is not the output of crm_mon');
  });

  it('gives the error of a node whose cluster does not run', () => {
    const { status, state } = parseCrmMonXml(
      '<pacemaker-result api-version="2.25"><status code="102" message="Not connected"><errors>' +
        '<error>crm_mon: Connection to cluster failed: Connection refused</error></errors></status></pacemaker-result>',
    );
    expect(state).to.equal(undefined);
    expect(status).to.deep.equal({ code: 102, message: 'crm_mon: Connection to cluster failed: Connection refused' });
    const { status: other } = parseCrmMonXml(
      '<pacemaker-result><crm-mon-disconnected description="waiting for startup-trigger" pacemakerd-state="wait_for_ping"/>' +
        '<status code="102" message="Not connected"/></pacemaker-result>',
    );
    expect(other.message).to.equal('waiting for startup-trigger');
  });

  it('says nothing of quorum where there is no DC', () => {
    const { state } = parseCrmMonXml(
      '<crm_mon><summary><current_dc present="false"/></summary><nodes/><resources/></crm_mon>',
    );
    expect(state).to.include({ dcIsNone: true });
    expect(state).to.not.have.property('dc');
    expect(state).to.not.have.property('quorate');
  });
});
