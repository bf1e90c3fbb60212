import { resolve } from 'node:path';
import { expect } from 'chai';
import { parseCorosyncConf } from '../../../src/cluster/constants.js';
import { addressesOf, planSetup, type SetupFacts, setupFactsFrom } from '../../../src/cluster/formation/setup.js';
import { loadLab } from '../../../src/config/files.js';

const NODES = ['a', 'b', 'c'];

function facts(
  node: string,
  clusterName?: string,
  nodes: readonly string[] = NODES,
  running: readonly string[] = [],
): SetupFacts {
  return { node, running, ...(clusterName === undefined ? {} : { conf: { clusterName, nodes, packaged: false } }) };
}

describe('the plan for cluster setup', () => {
  it('is nothing where every node has this cluster with these nodes', () => {
    expect(
      planSetup(
        'linuxha',
        NODES,
        NODES.map((node) => facts(node, 'linuxha')),
      ).kind,
    ).to.equal('done');
  });

  it('is a plain setup where there is nothing', () => {
    expect(
      planSetup(
        'linuxha',
        NODES,
        NODES.map((node) => facts(node)),
      ),
    ).to.include({ kind: 'set-up', force: false });
  });

  it("overwrites the distribution's example even while corosync runs from it", () => {
    const packaged = {
      node: 'a',
      running: ['corosync'],
      conf: { clusterName: 'debian', nodes: ['node1'], packaged: true },
    };
    expect(planSetup('linuxha', NODES, [packaged, facts('b'), facts('c')])).to.include({ kind: 'set-up', force: true });
  });

  it('repairs a cluster that is only half there and runs nowhere', () => {
    const plan = planSetup('linuxha', NODES, [facts('a', 'linuxha'), facts('b', 'linuxha'), facts('c')]);
    expect(plan).to.include({ kind: 'set-up', force: true });
    expect(plan.kind === 'set-up' && plan.why).to.contain('a, b');
  });

  it('refuses while half of it runs', () => {
    const plan = planSetup('linuxha', NODES, [
      facts('a', 'linuxha', NODES, ['corosync']),
      facts('b', 'linuxha'),
      facts('c'),
    ]);
    expect(plan.kind).to.equal('refuse');
    expect(plan.kind === 'refuse' && plan.why).to.contain('corosync on a');
  });

  it('refuses to take a node from another cluster, and names it', () => {
    const plan = planSetup('linuxha', NODES, [facts('a'), facts('b', 'production'), facts('c')]);
    expect(plan).to.deep.include({ kind: 'refuse', nodes: ['b'] });
    expect(plan.kind === 'refuse' && plan.why).to.contain('b belongs to the cluster "production"');
  });

  it('sets up again where the nodes are others', () => {
    const two = NODES.map((node) => facts(node, 'linuxha', ['a', 'b']));
    expect(planSetup('linuxha', NODES, two)).to.include({ kind: 'set-up', force: true });
  });
});

describe('corosync.conf', () => {
  const DEBIAN =
    'totem {\n\tversion: 2\n\tcluster_name: debian\n}\nnodelist {\n\t# one\n\tnode {\n\t\tname: node1\n\t\tnodeid: 1\n\t\tring0_addr: 127.0.0.1\n\t}\n}\n';
  const OLD =
    'totem {\n    cluster_name: linuxha\n}\nnodelist {\n    node {\n        ring0_addr: ha-host1\n        nodeid: 1\n    }\n    node {\n        ring0_addr: ha-host2\n        nodeid: 2\n    }\n}\n';

  it('is read in the shape of corosync 3 and of corosync 2', () => {
    expect(parseCorosyncConf(DEBIAN)).to.deep.equal({ clusterName: 'debian', nodes: ['node1'], packaged: true });
    expect(parseCorosyncConf(OLD)).to.deep.equal({
      clusterName: 'linuxha',
      nodes: ['ha-host1', 'ha-host2'],
      packaged: false,
    });
  });

  it('comes with what runs in one answer', () => {
    expect(setupFactsFrom('a', { stdout: 'active inactive active \n' })).to.deep.equal({
      node: 'a',
      running: ['pacemaker'],
    });
    expect(setupFactsFrom('a', { stdout: `active active inactive \n${OLD}` }).conf?.clusterName).to.equal('linuxha');
  });
});

describe('the addresses for cluster setup', () => {
  const TOP = resolve(import.meta.dirname, '../../..');
  const addressesIn = (name: string) => addressesOf(loadLab(name, { cwd: TOP, root: TOP }).lab).addresses;

  it('are named where there is more than one link, in the order of the networks', () => {
    expect([...(addressesIn('redundant-links') ?? [])]).to.deep.equal([
      ['ha-host1', ['192.168.56.31', '192.168.57.31']],
      ['ha-host2', ['192.168.56.32', '192.168.57.32']],
      ['ha-host3', ['192.168.56.33', '192.168.57.33']],
    ]);
  });

  it('are left to pcs otherwise', () => {
    expect(addressesIn('linuxha')).to.equal(undefined);
    expect(addressesIn('separate-networks')).to.equal(undefined);
  });
});
