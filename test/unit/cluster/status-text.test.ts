import { readdirSync } from 'node:fs';
import { expect } from 'chai';
import { parseStatusText } from '../../../src/cluster/status-text.js';
import { fixture } from './fixture.js';
import { asLabelled, asRead, type Labels } from './labels.js';

const folder = new URL('../../fixtures/cluster/status/', import.meta.url);
const recorded = readdirSync(folder).filter((name) => name.endsWith('.txt'));

describe('status text', () => {
  it('has recorded outputs to read', () => {
    expect(recorded).to.have.length.above(11);
  });

  for (const name of recorded) {
    it(`reads ${name} as it was labelled by hand`, () => {
      const labels = JSON.parse(fixture(`status/${name.replace('.txt', '.json')}`)).groundTruth as Labels;
      const state = parseStatusText(fixture(`status/${name}`));
      expect(asRead(state)).to.deep.equal(asLabelled(labels));
      expect(state.unparsed).to.deep.equal([]);
    });
  }

  it('reads text whose indentation was lost', () => {
    const state = parseStatusText(fixture('tutorial/status-offline.txt'));
    expect(state.dc?.name).to.equal('ha-host3');
    expect(state.quorate).to.equal(true);
    expect(state.nodes.filter((node) => !node.online).map((node) => node.name)).to.deep.equal(['ha-host1']);
    expect(state.resources[0]).to.include({ id: 'vip', agent: 'ocf:heartbeat:IPaddr2', role: 'Started' });
    expect(state.resources[0]?.nodes).to.deep.equal(['ha-host2']);
    expect(state.daemons).to.deep.equal({
      corosync: 'active/enabled',
      pacemaker: 'active/enabled',
      pcsd: 'active/enabled',
    });
    expect(state.unparsed).to.deep.equal([]);
  });

  it('reads the stonith warning in both of its forms', () => {
    expect(parseStatusText(fixture('tutorial/status-new.txt')).warnings).to.deep.equal([
      'no stonith devices and stonith-enabled is not false',
    ]);
    const bookworm = parseStatusText(fixture('bookworm.txt'));
    expect(bookworm.warnings).to.deep.equal(['No stonith devices and stonith-enabled is not false']);
    expect(bookworm.nodes.every((node) => !node.online)).to.equal(true);
    expect(bookworm.unparsed).to.deep.equal([]);
  });

  it('keeps the containers around an instance, outermost first', () => {
    const { resources } = parseStatusText(fixture('crm_mon/2.1.5__complete-text-output-with-detail.txt'));
    const proxies = resources.filter(({ id }) => id === 'mysql-proxy').map(({ within }) => within);
    expect(proxies).to.deep.equal([
      ['mysql-clone-group', 'mysql-group:0'],
      ['mysql-clone-group', 'mysql-group:1'],
    ]);
    expect(resources.find(({ id }) => id === 'Public-IP')?.within).to.deep.equal(['exim-group']);
    expect(resources.find(({ id }) => id === 'Fencing')?.within).to.deep.equal([]);
    expect(resources.find(({ id }) => id === 'httpd-bundle-docker-2')).to.include({ role: 'Stopped' });
  });

  it('keeps the lines it does not understand', () => {
    const state = parseStatusText('Cluster name: a\nOnline: [ b ]\nSomething: new\n');
    expect(state.unparsed).to.deep.equal(['Something: new']);
    expect(parseStatusText('Error: cluster is not currently running on this node').unparsed).to.have.length(1);
  });

  it('joins the second line of a failed action to its first', () => {
    const text =
      "Failed Actions:\n* vip_start_0 on b 'unknown error' (1): call=1,\n    last-rc-change='x', queued=0ms\n* c_stop_0 on b";
    expect(parseStatusText(text).failedActions).to.deep.equal([
      "vip_start_0 on b 'unknown error' (1): call=1, last-rc-change='x', queued=0ms",
      'c_stop_0 on b',
    ]);
  });
});
