import { expect } from 'chai';
import { parseAgentMetadata } from '../../../src/cluster/agent-metadata.js';
import { fixture } from './fixture.js';

describe('agent metadata', () => {
  it('gives parameters and operations as the agent prints them', () => {
    const metadata = parseAgentMetadata(fixture('ipaddr2-metadata.xml'));
    expect(metadata.name).to.equal('IPaddr2');
    expect(metadata.parameters.filter(({ required }) => required).map(({ name }) => name)).to.deep.equal(['ip']);
    expect(metadata.parameters.map(({ name }) => name)).to.include.members(['nic', 'cidr_netmask', 'arp_bg']);
    expect(metadata.actions.find(({ name }) => name === 'monitor')?.attributes).to.deep.equal({
      depth: '0',
      timeout: '20s',
      interval: '10s',
    });
  });

  it('are refused when cut off', () => {
    const half = fixture('ipaddr2-metadata.xml').slice(0, 3_000);
    expect(() => parseAgentMetadata(half))
      .to.throw('cannot be read')
      .with.property('code', 'status-unreadable');
  });
});
