import { expect } from 'chai';
import { parseStatusText } from '../../../src/cluster/status-text.js';
import { parseCrmMonXml } from '../../../src/cluster/status-xml.js';
import type { ClusterState } from '../../../src/model/cluster-state.js';
import { fixture } from './fixture.js';

const stateIn = (path: string): ClusterState => {
  const { state } = parseCrmMonXml(fixture(path));
  if (state === undefined) throw new Error(`${path} holds no state`);
  return state;
};

describe('crm_mon XML', () => {
  it('reads a 2.x document', () => {
    const state = stateIn('crm_mon/2.1.5__xml-output.xml');
    expect(state.stack).to.equal('corosync');
    expect(state.dc).to.deep.equal({ name: 'cluster02' });
    expect(state.quorate).to.equal(true);
    expect(state.nodes.map(({ name, type, online }) => `${name} ${type} ${online}`)).to.deep.equal([
      'cluster01 member true',
      'cluster02 member true',
      'httpd-bundle-0 guest true',
      'httpd-bundle-1 guest true',
      'httpd-bundle-2 guest false',
    ]);
    const promotable = state.resources.filter(({ id }) => id === 'promotable-rsc').map(({ role }) => role);
    expect(promotable).to.deep.equal(['Promoted', 'Unpromoted', 'Stopped', 'Stopped', 'Stopped']);
    expect(state.resources.find(({ id }) => id === 'inactive-dummy-1')).to.include({ disabled: true, role: 'Stopped' });
    expect(state.resources.find(({ id }) => id === 'mysql-proxy')?.within).to.deep.equal([
      'mysql-clone-group',
      'mysql-group:0',
    ]);
  });

  it('reads a 1.1 document, and folds its names into those of today', () => {
    const state = stateIn('crm_mon/1.1.16-as-xml.xml');
    expect(state.dc?.version).to.equal('1.1.16-12.el7_4.8-94ff4df');
    expect(state.nodes[0]).to.include({ name: 'ha-host1', online: false });
    expect(state.nodes[2]).to.include({ name: 'ha-host3', online: true, standby: true });
    expect(state.resources[0]).to.include({ agent: 'ocf:heartbeat:IPaddr2', role: 'Started' });
    expect(state.resources[1]).to.include({ agent: 'ocf:pacemaker:Stateful', role: 'Promoted' });
  });

  it('reads failures and flags', () => {
    const state = stateIn('crm_mon/2.1.5__xml-output-of-partially-active-resources.xml');
    expect(state.failedActions).to.deep.equal(["dummy-2_monitor_0 on cluster02 'unimplemented feature' (3)"]);
    expect(state.resources.find(({ id }) => id === 'dummy-2')).to.include({ failed: true });
    const unmanaged = stateIn('crm_mon/2.1.5__xml-output-of-active-unmanaged-resource-on-offline-node.xml');
    expect(unmanaged.resources.every(({ managed }) => !managed)).to.equal(true);
    expect(unmanaged.nodes[1]).to.include({ name: 'cluster02', online: false });
  });

  it('reads the same nodes and DC as the text of the same state', () => {
    const text = parseStatusText(fixture('crm_mon/2.1.5__complete-text-output-with-detail.txt'));
    const xml = stateIn('crm_mon/2.1.5__xml-output.xml');
    expect(text.nodes).to.deep.equal(xml.nodes);
    expect(text.dc).to.deep.equal(xml.dc);
    const running = (state: ClusterState): readonly string[] =>
      state.resources.filter(({ nodes }) => nodes.length > 0).map(({ id, role, nodes }) => `${id} ${role} ${nodes}`);
    expect(running(text)).to.have.members(running(xml) as string[]);
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
  });

  it('says nothing of quorum where there is no DC', () => {
    const { state } = parseCrmMonXml(
      '<crm_mon><summary><current_dc present="false"/></summary><nodes/><resources/></crm_mon>',
    );
    expect(state).to.not.have.property('dc');
    expect(state).to.not.have.property('quorate');
  });
});
