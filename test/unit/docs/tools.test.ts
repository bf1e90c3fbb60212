import { expect } from 'chai';
import { countsOfCommand, countsOfMocha, verdictOf } from '../../../tools/test-counts.js';

const { backendsOn, isDebianLike, isSupportedNode, shellFor, packagesFor } = await import(
  new URL('../../../tools/setup.mjs', import.meta.url).href
);

describe('tools/test.ts', () => {
  const counts = { passed: 5, failed: 0, skipped: 1 };

  it('counts a run that crashed as one failure', () => {
    expect(countsOfMocha(undefined, 1)).to.deep.equal({ passed: 0, failed: 1, skipped: 0 });
    expect(countsOfMocha(counts, undefined)).to.deep.equal({ passed: 5, failed: 1, skipped: 1 });
    expect(countsOfMocha({ ...counts, failed: 2 }, 2)).to.deep.equal({ passed: 5, failed: 2, skipped: 1 });
    expect(countsOfMocha(counts, 0)).to.deep.equal(counts);
    expect(countsOfCommand(0)).to.deep.equal({ passed: 1, failed: 0, skipped: 0 });
    expect(countsOfCommand(undefined)).to.deep.equal({ passed: 0, failed: 1, skipped: 0 });
  });

  it('closes with a line of totals', () => {
    const tiers = new Map([
      ['unit', { passed: 120, failed: 0, skipped: 0 }],
      ['e2e', { passed: 8, failed: 0, skipped: 3 }],
    ]);
    expect(verdictOf(tiers, true)).to.deep.equal({
      lines: ['end-to-end tests on a real cluster: 8', '128 passed, 0 failed, 3 skipped'],
      exitCode: 0,
    });
    expect(verdictOf(new Map([['unit', { passed: 2, failed: 0, skipped: 0 }]]), false).lines).to.deep.equal([
      '2 passed, 0 failed',
    ]);
  });

  it('is no success without an end-to-end test, unless tiers were named', () => {
    const skipped = new Map([['e2e', { passed: 0, failed: 0, skipped: 4 }]]);
    expect(verdictOf(skipped, true).exitCode).to.equal(1);
    expect(verdictOf(skipped, false).exitCode).to.equal(0);
    expect(verdictOf(new Map([['unit', { passed: 1, failed: 1, skipped: 0 }]]), false).exitCode).to.equal(1);
  });
});

describe('tools/setup.mjs', () => {
  it('installs what tests need for tests alone, and virtual machines for those that boot some', () => {
    const namesFor = (...argv: readonly string[]) => packagesFor(argv).map(({ name }: { name: string }) => name);
    expect(namesFor()).to.include('mmdebstrap').and.not.include.members(['vagrant']);
    expect(namesFor('--tests')).to.include.members(['mmdebstrap', 'vagrant', 'shellcheck']);
    expect(namesFor('--tests')).to.not.include('libvirt-daemon-system');
    expect(namesFor('--machines')).to.include.members(['mmdebstrap', 'vagrant', 'libvirt-daemon-system']);
  });

  it('knows the Node.js versions that halab runs on', () => {
    const versions = ['18.20.0', '20.18.9', '20.19.0', '21.7.0', '22.11.0', '22.12.0', '24.1.0'];
    expect(versions.map(isSupportedNode)).to.deep.equal([false, false, true, false, false, true, true]);
  });

  it('tells Debian and its kin from others', () => {
    expect(isDebianLike('PRETTY_NAME="Debian"\nID=debian\n')).to.equal(true);
    expect(isDebianLike('ID=linuxmint\nID_LIKE="ubuntu debian"\n')).to.equal(true);
    expect(isDebianLike('ID="rocky"\nID_LIKE="rhel centos fedora"\n')).to.equal(false);
    expect(isDebianLike('')).to.equal(false);
  });

  it('refuses no system, and says which backend it has', () => {
    expect(backendsOn('linux')).to.deep.equal(['embedded', 'vagrant']);
    for (const platform of ['darwin', 'win32']) expect(backendsOn(platform)).to.deep.equal(['vagrant']);
  });

  it('starts npm through a shell where it is a batch file', () => {
    expect(['linux', 'darwin', 'win32'].map((platform) => shellFor('npm', platform))).to.deep.equal([
      false,
      false,
      true,
    ]);
    expect(shellFor('dpkg-query', 'win32')).to.equal(false);
  });
});
