import { expect } from 'chai';
import { parseStatusText } from '../../../src/cluster/read-session.js';
import type { ClusterState, NodeState } from '../../../src/model/cluster-state.js';
import { instancesOf } from '../../../src/model/resource-tree.js';

/** Reads it, and fails where a line is not understood. */
function read(text: string): ClusterState {
  const state = parseStatusText(text);
  expect(state.unparsed).to.deep.equal([]);
  return state;
}

const NODE: Omit<NodeState, 'name'> = {
  type: 'member',
  online: true,
  standby: false,
  maintenance: false,
  pending: false,
  unclean: false,
};
const FLAGS = { managed: true, disabled: false, blocked: false, failed: false, orphaned: false };

function nodeIn(line: string): Partial<NodeState> | undefined {
  return read(`Node List:\n  * ${line}\n`).nodes[0];
}

describe('summaries of every release', () => {
  it('reads that of 1.1.8 with the plugin (tools/crm_mon.c, print_status)', () => {
    const state = read(
      'Last updated: Thu Jul 18 07:46:38 2013\nLast change: Wed Jul 17 21:50:37 2013 via crm_attribute on a\nStack: classic openais (with plugin)\nCurrent DC: a (4ac4335a-1d77-47fc-8354-cd9a06887d6e) - partition WITHOUT quorum\nVersion: 1.1.8-7.el6-394e906\n3 Nodes configured, unknown expected votes\n7 Resources configured.\n',
    );
    expect(state.dc).to.deep.equal({
      name: 'a',
      id: '4ac4335a-1d77-47fc-8354-cd9a06887d6e',
      version: '1.1.8-7.el6-394e906',
    });
    expect(state.stack).to.equal('classic openais (with plugin)');
    expect(state.quorate).to.equal(false);
    expect(state.counts).to.deep.equal({ nodes: 3, resources: 7 });
    expect(state.updatedAt).to.equal('Thu Jul 18 07:46:38 2013');
    expect(state.lastChange).to.deep.equal({ at: 'Wed Jul 17 21:50:37 2013', via: 'crm_attribute', node: 'a' });
  });

  it('reads two items on one line, as 1.1.13 to 1.1.15 print them', () => {
    const state = read(
      'Last updated: Wed Sep 14 20:33:23 2016\t\tLast change: Wed Sep 14 20:33:19 2016 by root via cibadmin on b\nStack: corosync\nCurrent DC: NONE\n2 nodes and 8 resources configured: 4 resources DISABLED and 0 BLOCKED from being started due to failures\n',
    );
    expect(state.updatedAt).to.equal('Wed Sep 14 20:33:23 2016');
    expect(state.lastChange).to.deep.equal({
      at: 'Wed Sep 14 20:33:19 2016',
      user: 'root',
      via: 'cibadmin',
      node: 'b',
    });
    expect(state.dcIsNone).to.equal(true);
    expect(state).to.not.have.any.keys('dc', 'quorate', 'mixedVersion');
    expect(state.counts).to.deep.equal({ nodes: 2, resources: 8, disabled: 4, blocked: 0 });
  });

  it('reads that of 2.1.7 (lib/pengine/pe_output.c, cluster_summary)', () => {
    const state = read(
      "Status of pacemakerd: 'Pacemaker is running' (last updated 2026-11-23 08:26:03Z)\nCluster Summary:\n  * Stack: corosync (Pacemaker daemons are shut down (reporting to SBD))\n  * Current DC: a (1) (version 2.1.7-5.el9-0f7f88312) - MIXED-VERSION partition with quorum\n  * Last updated: Mon Jul  8 17:50:14 2024 on b\n  * Last change:  Mon Jul  8 17:50:00 2024 by hacluster via hacluster on a\n  * 3 nodes configured\n  * 7 resource instances configured (1 DISABLED, 2 BLOCKED from further action due to failure)\n  * STONITH of failed nodes enabled\n  * Cluster is asymmetric\n  * No quorum policy: Stop ALL resources\n\n              *** Resource management is DISABLED ***\n  The cluster will keep all resources stopped\n",
    );
    expect(state.stack).to.equal('corosync');
    expect(state.dc).to.deep.equal({ name: 'a', id: '1', version: '2.1.7-5.el9-0f7f88312' });
    expect(state.mixedVersion).to.equal(true);
    expect(state.updatedAt).to.equal('Mon Jul  8 17:50:14 2024');
    expect(state.counts).to.deep.equal({ nodes: 3, resources: 7, disabled: 1, blocked: 2 });
    expect(state.options).to.deep.equal({
      stonithEnabled: true,
      symmetric: false,
      noQuorumPolicy: 'stop',
      stopAllResources: true,
    });
  });

  it('tells expected votes, and maintenance mode from stopping everything (1.1.14 and 1.1.18)', () => {
    expect(read('2 nodes and 4 resources configured, 2 expected votes\n').counts.expectedVotes).to.equal(2);
    const maintenance =
      '              *** Resource management is DISABLED ***\n  The cluster will not attempt to start, stop or recover services\n';
    expect(read(maintenance).options).to.deep.equal({ maintenanceMode: true });
  });

  it('reads that of a cluster that only starts (pcs 0.9 with 1.1.13, and pcs 0.12 with 2.1.8)', () => {
    const state = read(
      'Cluster name: c\nLast updated: Sun Oct 25 23:37:34 2015\t\tLast change: \nStack: unknown\nCurrent DC: a (version unknown) - partition WITHOUT quorum\n0 nodes and 0 resources configured\n',
    );
    expect(state.dc).to.deep.equal({ name: 'a' });
    expect(state.counts).to.deep.equal({ nodes: 0, resources: 0 });
    expect(state).to.not.have.property('lastChange');
  });

  it('keeps what contradicts an earlier line as not understood', () => {
    const state = parseStatusText('Stack: corosync\nStack: cman\nOnline: [ a ]\nOFFLINE: [ a ]\n');
    expect(state.unparsed).to.deep.equal(['Stack: cman', 'OFFLINE: [ a ]']);
    expect(state.nodes.map(({ name, online }) => [name, online])).to.deep.equal([['a', true]]);
  });
});

describe('nodes of every release', () => {
  const states: readonly (readonly [string, Partial<NodeState>])[] = [
    ['UNCLEAN (online)', { unclean: true }],
    ['UNCLEAN (pending)', { unclean: true, pending: true, online: false }],
    ['UNCLEAN (offline)', { unclean: true, online: false }],
    ['pending', { pending: true, online: false }],
    ['pending, feature set <3.15.1', { pending: true, online: false, featureSet: '<3.15.1' }],
    ['standby', { standby: true }],
    ['standby (on-fail)', { standby: true, standbyOnFail: true }],
    ['standby (with active resources)', { standby: true, standbyWithResources: true }],
    ['OFFLINE (standby)', { standby: true, online: false }],
    ['OFFLINE (maintenance)', { maintenance: true, online: false }],
    ['maintenance', { maintenance: true }],
    ['online (health is RED)', { health: 'red' }],
    ['online (health is YELLOW), feature set 3.19.0', { health: 'yellow', featureSet: '3.19.0' }],
    ['OFFLINE', { online: false }],
  ];
  for (const [words, expected] of states) {
    it(`reads "${words}" (lib/pengine/pe_output.c, node_text_status)`, () => {
      expect(nodeIn(`Node a (1): ${words}`)).to.deep.equal({ ...NODE, name: 'a', id: '1', ...expected });
    });
  }

  it('takes no node from words it does not know, or from a list that is not closed', () => {
    for (const line of [
      'Node a: dancing',
      'Node a: online (tired)',
      'Online: [ a b',
      'Online: a b ]',
      'Online: [ a [ ]',
    ]) {
      const { nodes, unparsed } = parseStatusText(`Node List:\n  * ${line}\n`);
      expect(nodes, line).to.deep.equal([]);
      expect(unparsed, line).to.deep.equal([`  * ${line}`]);
    }
  });

  it('reads remote and guest nodes, of 2.0 (pe__node_text) and of 1.1.12 (tools/crm_mon.c)', () => {
    expect(nodeIn('RemoteNode r: OFFLINE')).to.include({ name: 'r', type: 'remote', online: false });
    expect(nodeIn('GuestNode g@a: standby')).to.include({ name: 'g', type: 'guest', host: 'a', standby: true });
    expect(nodeIn('GuestNode g@: OFFLINE')).to.deep.equal({ ...NODE, name: 'g', type: 'guest', online: false });
    expect(nodeIn('ContainerNode g:vm: maintenance')).to.include({ name: 'g', type: 'guest', host: 'vm' });
    const { nodes } = read('RemoteOnline: [ r ]\nRemoteOFFLINE: [ s ]\nGuestOnline: [ g@a ]\nContainers: [ h:vm ]\n');
    expect(nodes.map(({ name, type, online, host }) => [name, type, online, host])).to.deep.equal([
      ['r', 'remote', true, undefined],
      ['s', 'remote', false, undefined],
      ['g', 'guest', true, 'a'],
      ['h', 'guest', true, 'vm'],
    ]);
  });

  it('reads ids in a list, as crm_mon -R prints them up to 2.1.4', () => {
    expect(read('Online: [ a (1) b (2) c ]\n').nodes.map(({ name, id }) => [name, id])).to.deep.equal([
      ['a', '1'],
      ['b', '2'],
      ['c', undefined],
    ]);
  });

  it('reads pcs status nodes, where a node may stand twice (pcs/status.py, nodes_status)', () => {
    const state = read(
      'Corosync Nodes:\n Online: a b\n Offline: c\nPacemaker Nodes:\n Online: a\n Standby: b\n Standby with resource(s) running: d\n Maintenance: b\n Offline: c\nPacemaker Remote Nodes:\n Online: r\n Standby:\n Standby with resource(s) running:\n Maintenance:\n Offline:\n',
    );
    expect(state.nodes).to.deep.equal([
      { ...NODE, name: 'a' },
      { ...NODE, name: 'b', standby: true, maintenance: true },
      { ...NODE, name: 'd', standby: true, standbyWithResources: true },
      { ...NODE, name: 'c', online: false },
      { ...NODE, name: 'r', type: 'remote' },
    ]);
    expect(state.truncated).to.deep.equal([]);
  });

  it('reads the resources under each node, of 1.1.10 (crm_mon -n) and of 2.1 (node_text)', () => {
    const older =
      'Node a (1): online\n\tvip\t(ocf::heartbeat:IPaddr2):\tStarted \n\tweb\t(lsb:httpd):\tStarted My site\nNode b: standby\n';
    const newer =
      'Node List:\n  * Node a (1): online:\n    * Resources:\n      * vip\t(ocf:heartbeat:IPaddr2):\t Started\n      * web\t(lsb:httpd):\t Started (My site)\n  * Node b: standby:\n    * Resources:\n';
    for (const text of [older, newer]) {
      const { nodes, resources, printed } = read(text);
      expect(nodes.map(({ name }) => name)).to.deep.equal(['a', 'b']);
      expect(printed).to.include('resources');
      expect(instancesOf({ resources }).map(({ id, nodes: on }) => [id, on])).to.deep.equal([
        ['vip', ['a']],
        ['web', ['a']],
      ]);
    }
  });

  it('counts a resource once that is printed under its node and under Inactive Resources', () => {
    const { resources } = read(
      'Node List:\n  * Node a: online:\n    * Resources:\n      * ping\t(ocf:pacemaker:ping):\t Started\n      * vip\t(ocf:heartbeat:IPaddr2):\t Started\n\nInactive Resources:\n  * Clone Set: c [ping]:\n    * Started: [ a ]\n    * Stopped: [ b ]\n',
    );
    expect(instancesOf({ resources }).map(({ id, role, within }) => [id, role, ...within])).to.deep.equal([
      ['vip', 'Started'],
      ['ping', 'Started', 'c'],
      ['ping', 'Stopped', 'c'],
    ]);
  });

  it('takes no resource from a number of them (lib/pengine/native.c, pe__rscs_brief_output)', () => {
    const { resources } = read(
      'Node List:\n  * Node a: online:\n    * Resources:\n      * 2\t(ocf:heartbeat:Dummy):\tActive \n\nInactive Resources:\n  * 0/1\t(lsb:x):\tActive\n  * Resource Group: g:\n    * 1/2\t(ocf:heartbeat:Dummy):\tActive a\n    * 1/2\t(ocf:heartbeat:Dummy):\tActive b\n    * 0/1\t(lsb:x):\tActive\n',
    );
    expect(resources).to.deep.equal([
      { kind: 'group', id: 'g', ...FLAGS, members: [], notPrinted: 3, notPrintedActive: 2 },
    ]);
  });
});
