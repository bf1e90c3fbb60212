import { expect } from 'chai';
import { addressesIn, linesBefore } from '../../../src/web/beside-failure.js';
import type { FailedOperation } from '../../../src/web/failures.js';
import type { LogLine } from '../../../src/web/log-lines.js';

const FAILED: FailedOperation = {
  ...{ node: 'ha-host1', resource: 'web', operation: 'monitor', result: 'not running', intervalMs: 5_000 },
  ...{ times: [20_000, 30_000], words: [] },
};

describe('what lies beside a failed operation', () => {
  const line = (atMs: number, program: string, node = 'ha-host1'): LogLine => ({
    ...{ atMs, node, program, level: 'info' as const, text: `${program} at ${atMs}` },
  });

  it('is what other programs logged on that node since the monitor before', () => {
    const lines = [
      line(13_999, 'systemd'),
      line(14_500, 'systemd'),
      line(15_000, 'pacemaker-controld'),
      line(15_001, 'Dummy(web)'),
      line(16_000, 'systemd', 'ha-host2'),
      line(20_000, 'cron'),
      line(20_001, 'kernel'),
    ];
    expect(linesBefore(lines, FAILED).map(({ text }) => text)).to.deep.equal(['systemd at 14500', 'cron at 20000']);
  });

  it('is nothing for an operation that does not recur, whose cause is not what happened before it', () => {
    const lines = [line(19_000, 'systemd')];
    expect(linesBefore(lines, { ...FAILED, operation: 'start' })).to.deep.equal([]);
    expect(linesBefore(lines, { ...FAILED, times: [] })).to.deep.equal([]);
  });

  it('is the last twelve lines where there are more', () => {
    const lines = Array.from({ length: 20 }, (_, index) => line(19_000 + index, 'cron'));
    const found = linesBefore(lines, FAILED);
    expect([found.length, found[0]?.atMs]).to.deep.equal([12, 19_008]);
  });

  it('is the addresses of every node with their prefixes', () => {
    // As iproute2 of Debian 12 prints them in a node.
    const text = `1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000
    inet 127.0.0.1/8 scope host lo
2: eth1@if12: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP group default qlen 1000
    link/ether 52:54:00:5c:1a:0b brd ff:ff:ff:ff:ff:ff link-netnsid 0
    inet 192.168.56.31/24 brd 192.168.56.255 scope global eth1
       valid_lft forever preferred_lft forever
    inet 192.168.56.41/16 brd 192.168.255.255 scope global eth1
    inet6 fe80::5054:ff:fe5c:1a0b/64 scope link
`;
    const files = [
      { path: 'evidence/ha-host1/ip-addr.txt', bytes: text.length, text },
      { path: 'evidence/ha-host1/journal.log', bytes: text.length, text },
    ];
    expect(addressesIn(files)).to.deep.equal([
      { node: 'ha-host1', interface: 'eth1', address: '192.168.56.31/24' },
      { node: 'ha-host1', interface: 'eth1', address: '192.168.56.41/16' },
    ]);
  });
});
