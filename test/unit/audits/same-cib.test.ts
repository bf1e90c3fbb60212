import { expect } from 'chai';
import { cibOf, NODES } from './support/configuration.js';
import { but, judged, SILENT, silent, split, stopped, unread, well } from './support/input.js';

const newer = cibOf(undefined, { version: { adminEpoch: 0, epoch: 12, numUpdates: 35 }, digest: 'e2'.repeat(32) });
const onDisk = (epoch: number, configurationDigest = 'c1'.repeat(32)) =>
  stopped(well(), 'ha-host3', {
    storedCib: { version: { adminEpoch: 0, epoch, numUpdates: 0 }, configurationDigest },
  });

describe('audit same-cib', () => {
  it('holds where all copies are one', () => {
    expect(judged('same-cib', well())).to.deep.equal([]);
  });

  it('is broken by a member with another copy', () => {
    expect(judged('same-cib', but(well(), 'ha-host3', { cib: newer }))).to.deep.equal([
      'failed: the CIBs of {ha-host1, ha-host2, ha-host3} (ring 1.3) differ: ha-host1 and ha-host2 have 0.12.34 (digest d1d1d1d1); ha-host3 has 0.12.35 (digest e2e2e2e2)',
    ]);
  });

  it('is broken by the same version with another content', () => {
    const now = but(well(), 'ha-host3', { cib: cibOf(undefined, { digest: 'f3'.repeat(32) }) });
    expect(judged('same-cib', now)[0]).to.match(/ha-host3 has 0\.12\.34 \(digest f3f3f3f3\)$/);
  });

  it('holds where a member has only counted its updates otherwise', () => {
    const counted = cibOf(undefined, { version: { adminEpoch: 0, epoch: 12, numUpdates: 35 } });
    expect(judged('same-cib', but(well(), 'ha-host3', { cib: counted }))).to.deep.equal([]);
    const configured = cibOf(undefined, { version: { adminEpoch: 0, epoch: 13, numUpdates: 34 } });
    expect(judged('same-cib', but(well(), 'ha-host3', { cib: configured }))).to.have.length(1);
  });

  it('lets partitions differ', () => {
    expect(judged('same-cib', split(well({ vipOn: 'ha-host2' }), ['ha-host1'], { cib: newer }))).to.deep.equal([]);
  });

  it('is inconclusive where a copy was not read', () => {
    expect(judged('same-cib', silent(well(), 'ha-host2'))).to.deep.equal([SILENT('ha-host2')]);
    expect(judged('same-cib', unread(well(), 'ha-host2', 'cib'))).to.deep.equal([
      'unknown: the cib of ha-host2 could not be read: timed out',
    ]);
  });

  it('is broken by a stored CIB that is newer', () => {
    expect(judged('same-cib', onDisk(13))).to.deep.equal([
      'failed: ha-host3 does not run pacemaker and has CIB 0.13 on disk, the cluster runs 0.12: the newer one would replace it when ha-host3 joins',
    ]);
  });

  it('is broken by a stored CIB of the same version with another configuration', () => {
    expect(judged('same-cib', onDisk(12, 'c9'.repeat(32)))).to.deep.equal([
      'failed: ha-host3 does not run pacemaker and has CIB 0.12 on disk, the cluster runs 0.12 with another configuration: one of the two would be lost when ha-host3 joins',
    ]);
  });

  it('holds with a stored CIB that is older, or the same but for its updates', () => {
    expect(judged('same-cib', onDisk(11, 'c9'.repeat(32)))).to.deep.equal([]);
    expect(judged('same-cib', onDisk(12))).to.deep.equal([]);
  });

  it('holds where the cluster runs nowhere', () => {
    expect(
      judged(
        'same-cib',
        NODES.reduce((sum, name) => stopped(sum, name), well()),
      ),
    ).to.deep.equal([]);
  });
});
