import { expect } from 'chai';

const { backendsOn, isDebianLike, isSupportedNode, shellFor, packagesFor } = await import(
  new URL('../../../tools/setup.mjs', import.meta.url).href
);

describe('tools/setup.mjs', () => {
  it('installs what tests need for tests alone, and virtual machines for those that boot some', () => {
    const namesFor = (...argv: readonly string[]) => packagesFor(argv).map(({ name }: { name: string }) => name);
    expect(namesFor()).to.include('mmdebstrap').and.not.include.members(['vagrant']);
    expect(namesFor('--tests')).to.include.members(['mmdebstrap', 'vagrant', 'shellcheck', 'tmux']);
    expect(namesFor('--tests')).to.not.include('libvirt-daemon-system');
    expect(namesFor('--tests')).to.not.include('slurm-wlm');
    expect(namesFor('--pool')).to.include.members(['mmdebstrap', 'slurm-wlm', 'rsync']);
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
