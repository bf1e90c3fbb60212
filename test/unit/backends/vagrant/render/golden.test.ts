import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect } from 'chai';
import { PROVIDERS, type Provider } from '../../../../../src/backends/vagrant/options.js';
import { type RenderedFile, renderLab } from '../../../../../src/backends/vagrant/render.js';
import { loadLab } from '../../../../../src/config/files.js';

const TOP = resolve(import.meta.dirname, '../../../../..');
const FIXTURES = join(TOP, 'test/fixtures/vagrant');

/** `HALAB_REWRITE_FIXTURES=1 npx mocha test/unit/backends/vagrant/render/golden.test.ts` writes them anew; read what git diff says. */
const REWRITE = process.env.HALAB_REWRITE_FIXTURES === '1';

function rendered(name: string, provider: Provider, image: string): readonly RenderedFile[] {
  const { lab } = loadLab(name, { cwd: TOP, root: TOP });
  return renderLab({ instance: name, lab: { ...lab, image }, provider });
}

function compare(folder: string, files: readonly RenderedFile[]): void {
  const base = join(FIXTURES, folder);
  if (REWRITE) {
    rmSync(base, { recursive: true, force: true });
    for (const { path, content } of files) {
      mkdirSync(dirname(join(base, path)), { recursive: true });
      writeFileSync(join(base, path), content);
    }
  }
  const there = existsSync(base) ? readdirSync(base, { recursive: true, withFileTypes: true }) : [];
  const count = there.filter((entry) => entry.isFile()).length;
  for (const { path, content } of files) expect(content, path).to.equal(readFileSync(join(base, path), 'utf8'));
  expect(count, `files in ${folder}`).to.equal(files.length);
}

describe('a rendered lab', () => {
  for (const provider of PROVIDERS) {
    for (const image of ['debian-12', 'almalinux-9', 'centos-7']) {
      it(`linuxha of ${image} on ${provider} is as it was`, () => {
        const files = rendered('linuxha', provider, image).filter(({ path }) => !path.startsWith('provision/'));
        compare(`linuxha-${provider}-${image}`, files);
      });
    }
  }

  it('separate-networks has two links for each node', () => {
    const files = rendered('separate-networks', 'libvirt', 'debian-12').filter(({ path }) => path === 'Vagrantfile');
    compare('separate-networks-libvirt-debian-12', files);
  });

  it('begins with the Vagrantfile, and has only the scripts that the image needs', () => {
    const paths = (image: string) => rendered('linuxha', 'libvirt', image).map(({ path }) => path);
    expect(paths('centos-7')).to.deep.equal([
      'Vagrantfile',
      'hosts',
      'provision/host.sh',
      'provision/links.sh',
      'provision/access.sh',
      'provision/packages-el7.sh',
      'provision/cluster.sh',
      'provision/disks.sh',
      'provision/firewall.sh',
      'README.md',
      'README.zh.md',
    ]);
    expect(paths('debian-12')).to.include('provision/packages-debian.sh').and.not.include('provision/packages-el7.sh');
  });

  it('says in both languages whether its authors have booted the box', () => {
    const { lab } = loadLab('linuxha', { cwd: TOP, root: TOP });
    const handout = (provider: Provider, box?: string) =>
      renderLab({ instance: 'linuxha', lab, provider, box })
        .filter(({ path }) => path.startsWith('README'))
        .map(({ content }) => content)
        .join();
    expect(handout('virtualbox')).to.include('have not booted it').and.include('没有启动过它');
    expect(handout('libvirt', 'halab/debian-12-bare'))
      .to.include('have run these machines from it')
      .and.include('用它运行过这些虚拟机');
    expect(handout('libvirt')).to.match(/\| root \| vagrant \|/);
  });

  it('has scripts that can be run, and line ends that their shell wants', () => {
    for (const { path, content, mode } of rendered('linuxha', 'virtualbox', 'debian-13')) {
      expect(content, path).to.not.include('\r');
      expect(content, path).to.match(/[^\n]\n$/);
      expect(mode, path).to.equal(path.endsWith('.sh') ? 0o755 : 0o644);
    }
  });

  it('takes an archive of packages on Debian only', () => {
    const { lab } = loadLab('linuxha', { cwd: TOP, root: TOP });
    const input = { instance: 'x', provider: 'libvirt', packages: 'packages.tar' } as const;
    expect(renderLab({ ...input, lab })[0]?.content).to.include('File.expand_path("packages.tar", __dir__)');
    expect(() => renderLab({ ...input, lab: { ...lab, image: 'rocky-9' } }))
      .to.throw(/archive of packages is for images of Debian/)
      .with.property('code', 'config-invalid');
  });

  it('of a lab without disks serves none', () => {
    const { lab } = loadLab('linuxha', { cwd: TOP, root: TOP });
    const bare = { ...lab, nodes: lab.nodes.map((node) => ({ ...node, disks: [] })) };
    const files = renderLab({ instance: 'x', lab: bare, provider: 'libvirt' });
    expect(files.map(({ path }) => path)).to.not.include('provision/disks.sh');
    expect(files[0]?.content).to.not.include('"disks"');
  });
});
