import { expect } from 'chai';
import { changesIn } from '../../../src/learn/contents.js';

const HOSTS = ['file /etc/hosts f 644 0:0 ', 'holds 0123456789abcdef /etc/hosts'];
const LINK =
  'file /etc/systemd/system/multi-user.target.wants/nginx.service l 777 0:0 /lib/systemd/system/nginx.service';

describe('what a node has that outlives a command', () => {
  it('is named where it is otherwise than before, once and whichever way', () => {
    const before = { 'ha-host1': [...HOSTS, 'packages 1', 'unit nginx.service up'], 'ha-host2': [...HOSTS, LINK] };
    const now = {
      'ha-host1': [HOSTS[0] ?? '', 'holds fedcba9876543210 /etc/hosts', 'packages 2', 'unit nginx.service down'],
      'ha-host2': [...HOSTS, 'file /root/my notes.txt f 600 0:0 '],
    };
    expect(changesIn(before, now)).to.deep.equal([
      '/etc/hosts of ha-host1',
      'nginx.service of ha-host1',
      'the packages of ha-host1',
      '/etc/systemd/system/multi-user.target.wants/nginx.service of ha-host2',
      '/root/my notes.txt of ha-host2',
    ]);
  });

  it('is the same in whichever order it is listed', () => {
    expect(changesIn({ 'ha-host1': HOSTS }, { 'ha-host1': HOSTS.toReversed() })).to.deep.equal([]);
  });

  it('is not compared where a node does not answer', () => {
    expect(changesIn({ 'ha-host1': HOSTS }, { 'ha-host1': ['node silent'] })).to.deep.equal([
      'ha-host1 does not answer',
    ]);
  });
});
