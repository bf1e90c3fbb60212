import { expect } from 'chai';
import { but, judged, SILENT, silent, unread, well } from './support/input.js';

const disks = (freeMiB: number, freePercent: number) => ({ disks: [{ path: '/var/log', freeMiB, freePercent }] });

describe('audit disk-space', () => {
  it('holds down to 5 % and 100 MiB', () => {
    expect(judged('disk-space', but(well(), 'ha-host1', disks(100, 5)))).to.deep.equal([]);
  });

  it('is broken below either', () => {
    expect(judged('disk-space', but(well(), 'ha-host1', disks(99, 50)))).to.deep.equal([
      'failed: /var/log on ha-host1 has 99 MiB free (50 %)',
    ]);
    expect(judged('disk-space', but(well(), 'ha-host1', disks(20_000, 4)))).to.have.length(1);
  });

  it('holds where a fault in force has filled it, on that node', () => {
    const now = but(well(), 'ha-host1', disks(0, 0));
    const full = { kind: 'disk-full', node: 'ha-host1', path: '/var/log' } as const;
    expect(judged('disk-space', now, { faults: [full] })).to.deep.equal([]);
    expect(judged('disk-space', now, { faults: [{ ...full, node: 'ha-host2' }] })).to.have.length(1);
    for (const path of ['/var/lib', '/var/log/pacemaker', '/var/lo'])
      expect(judged('disk-space', now, { faults: [{ ...full, path }] }), path).to.have.length(1);
  });

  it('is inconclusive where it was not read, and needs no word of a machine that is off', () => {
    expect(judged('disk-space', unread(well(), 'ha-host2', 'disks', 'df: no such file'))).to.deep.equal([
      'unknown: the disks of ha-host2 could not be read: df: no such file',
    ]);
    expect(judged('disk-space', silent(well(), 'ha-host2'))).to.deep.equal([SILENT('ha-host2')]);
    expect(judged('disk-space', silent(well(), 'ha-host2', 'stopped'))).to.deep.equal([]);
  });
});
