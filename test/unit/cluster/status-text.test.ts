import { readdirSync } from 'node:fs';
import { expect } from 'chai';
import { parseStatusText } from '../../../src/cluster/read-session.js';
import { instancesOf } from '../../../src/model/resource-tree.js';
import { fixture } from './fixture.js';
import { asLabelled, asRead, type LabelFile } from './labels.js';

const textsIn = (folder: string): readonly string[] =>
  readdirSync(new URL(`../../fixtures/cluster/${folder}/`, import.meta.url)).filter((name) => name.endsWith('.txt'));

const recorded = textsIn('status');
const crmMon = textsIn('crm_mon');

describe('status text', () => {
  it('has recorded outputs to read', () => {
    expect(recorded).to.have.length.above(11);
    expect(crmMon).to.have.length.above(11);
  });

  for (const name of recorded) {
    it(`reads ${name} as it was labelled by hand`, () => {
      const { groundTruth, truncated } = JSON.parse(fixture(`status/${name.replace('.txt', '.json')}`)) as LabelFile;
      const state = parseStatusText(fixture(`status/${name}`));
      expect(asRead(state)).to.deep.equal(asLabelled(groundTruth));
      expect(state.unparsed).to.deep.equal([]);
      expect(state.truncated.length > 0, state.truncated.join('\n')).to.equal(truncated);
    });
  }

  it('reads each of them the same where indentation, bullets and blank lines were lost, or tabs became blanks', () => {
    const told = (text: string): unknown => {
      const { nodes, resources, unparsed, truncated } = parseStatusText(text);
      return { nodes, instances: instancesOf({ resources }), unparsed, truncated };
    };
    for (const name of recorded) {
      const text = fixture(`status/${name}`);
      const flat = text.split('\n').map((line) => line.replace(/^\s*(?:[*+] )?/, ''));
      expect(told(flat.filter(Boolean).join('\n')), name).to.deep.equal(told(text));
      expect(told(text.replace(/(?<=\S)\t+/g, '  ')), name).to.deep.equal(told(text));
    }
  });

  for (const name of crmMon) {
    it(`understands every line of ${name}, and that it is whole`, () => {
      const { unparsed, truncated, errors, nodes } = parseStatusText(fixture(`crm_mon/${name}`));
      expect({ unparsed, truncated, errors }).to.deep.equal({ unparsed: [], truncated: [], errors: [] });
      expect(nodes).to.have.length.above(1);
    });
  }

  it('reads text whose indentation was lost', () => {
    const state = parseStatusText(fixture('tutorial/status-offline.txt'));
    expect(state.dc?.name).to.equal('ha-host3');
    expect(state.quorate).to.equal(true);
    expect(state.nodes.filter((node) => !node.online).map((node) => node.name)).to.deep.equal(['ha-host1']);
    expect(state.resources[0]).to.include({ id: 'vip', agent: 'ocf:heartbeat:IPaddr2', role: 'Started' });
    expect(instancesOf(state)[0]?.nodes).to.deep.equal(['ha-host2']);
    expect(state.daemons).to.deep.equal(
      ['corosync', 'pacemaker', 'pcsd'].map((name) => ({ name, active: 'active', enabled: 'enabled' })),
    );
    expect(state.unparsed).to.deep.equal([]);
    expect(state.truncated).to.deep.equal([]);
  });

  it('reads the stonith warning in both of its forms', () => {
    expect(parseStatusText(fixture('tutorial/status-new.txt')).warnings).to.deep.equal([
      'no stonith devices and stonith-enabled is not false',
    ]);
    const bookworm = parseStatusText(fixture('bookworm.txt'));
    expect(bookworm.warnings).to.deep.equal(['No stonith devices and stonith-enabled is not false']);
    expect(bookworm.nodes.every((node) => !node.online)).to.equal(true);
    expect(bookworm.unparsed).to.deep.equal([]);
    expect(bookworm.truncated).to.deep.equal([]);
  });

  it('keeps the containers around an instance, outermost first', () => {
    const instances = instancesOf(parseStatusText(fixture('crm_mon/2.1.5__complete-text-output-with-detail.txt')));
    const proxies = instances.filter(({ id }) => id === 'mysql-proxy').map(({ within }) => within);
    expect(proxies).to.deep.equal([
      ['mysql-clone-group', 'mysql-group:0'],
      ['mysql-clone-group', 'mysql-group:1'],
    ]);
    expect(instances.find(({ id }) => id === 'Public-IP')?.within).to.deep.equal(['exim-group']);
    expect(instances.find(({ id }) => id === 'Fencing')?.within).to.deep.equal([]);
    expect(instances.find(({ id }) => id === 'httpd-bundle-docker-2')).to.include({ role: 'Stopped' });
  });

  it('reads the failed action of a recorded output into its members', () => {
    const { failedActions } = parseStatusText(fixture('status/066-tnf-pending-2.1.10.txt'));
    expect(failedActions[0]).to.deep.include({ resource: 'master-0_redfish', operation: 'start', execMs: 1_066 });
    expect(failedActions[2]).to.deep.equal({
      text: "etcd 30s-interval monitor on master-0 returned 'error' (master-0 must force a new cluster) at Tue May  5 19:52:45 2026",
      resource: 'etcd',
      operation: 'monitor',
      intervalMs: 30_000,
      node: 'master-0',
      exitStatus: 'error',
      reason: 'master-0 must force a new cluster',
      at: 'Tue May  5 19:52:45 2026',
    });
  });

  it('keeps the lines it does not understand', () => {
    const state = parseStatusText('Cluster name: a\nOnline: [ b ]\n  Something: new\n');
    expect(state.unparsed).to.deep.equal(['  Something: new']);
  });

  it('tells an output without a part from one where the part is empty', () => {
    const without = parseStatusText(fixture('status/045-status-cluster-1.1.21.txt'));
    expect(without.printed).to.deep.equal(['summary', 'pcsd']);
    const empty = parseStatusText(fixture('status/039-full-hana-ng-node-attributes-2.1.7.txt'));
    expect(empty.printed).to.include.members(['migration', 'tickets']);
    expect(empty.tickets).to.deep.equal([]);
  });
});
