import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { buildBox } from '../../../../../src/backends/vagrant/box/build-box.js';
import { isLabError } from '../../../../../src/model/errors.js';
import type { ProcessRunner } from '../../../../../src/ports/process.js';
import { temporaryFolder } from '../../../../support/temporary-folder.js';

/** Leaves what each program would, and ends with 1 where it is told to fail. */
function toolbox(fails?: string): { processes: ProcessRunner; readonly calls: (readonly string[])[] } {
  const calls: (readonly string[])[] = [];
  const run: ProcessRunner['run'] = async (argv) => {
    calls.push(argv);
    if (argv[0] === fails) return { exitCode: 1, stdout: '', stderr: 'E: no luck today', durationMs: 1 };
    leave(argv);
    return { exitCode: 0, stdout: '', stderr: '', durationMs: 1 };
  };
  const start = () => Promise.reject(new Error('nothing is started here'));
  return { processes: { run, start }, calls };
}

function leave(argv: readonly string[]): void {
  const after = (word: string) => argv[argv.indexOf(word) + 1] ?? '';
  if (argv[0] === 'mmdebstrap') {
    const tree = argv.find((word) => word.endsWith('/tree')) ?? '';
    mkdirSync(join(tree, 'boot'), { recursive: true });
    mkdirSync(join(tree, 'var/lib/lab-packages'), { recursive: true });
    for (const file of ['vmlinuz-6.1', 'initrd.img-6.1']) writeFileSync(join(tree, 'boot', file), file);
  }
  if (argv[0] === 'tar') writeFileSync(after('--file'), argv.join(' '));
  if (argv[0] === 'mke2fs') writeFileSync(argv.find((word) => word.endsWith('.raw')) ?? '', '');
}

describe('building a box', () => {
  const path = temporaryFolder();
  const request = (cluster: boolean) => ({ image: 'debian-12', outDir: path('boxes'), cluster, mirror: undefined });

  it('leaves the box and nothing else', async () => {
    const { processes, calls } = toolbox();
    const said: string[] = [];
    const built = await buildBox(request(true), { processes }, (text) => said.push(text));
    expect(built).to.deep.equal({ boxFile: path('boxes/debian-12.box'), name: 'halab/debian-12' });
    expect(readdirSync(path('boxes'))).to.deep.equal(['debian-12.box']);
    expect(calls.map(([program]) => program)).to.deep.equal(['mmdebstrap', 'mke2fs', 'qemu-img', 'tar']);
    expect(readFileSync(built.boxFile, 'utf8')).to.match(/metadata\.json Vagrantfile vmlinuz initrd\.img box\.img$/);
    expect(said).to.have.length(3);
  });

  it('leaves the archive beside a box without the cluster packages', async () => {
    const { processes } = toolbox();
    const built = await buildBox(request(false), { processes }, () => undefined);
    expect(built).to.deep.equal({
      boxFile: path('boxes/debian-12-bare.box'),
      packagesFile: path('boxes/debian-12-bare.packages.tar'),
      name: 'halab/debian-12-bare',
    });
    expect(readdirSync(path('boxes')).sort()).to.deep.equal(['debian-12-bare.box', 'debian-12-bare.packages.tar']);
  });

  for (const program of ['mmdebstrap', 'mke2fs', 'qemu-img', 'tar']) {
    it(`leaves nothing where ${program} fails, and says what it said`, async () => {
      const { processes } = toolbox(program);
      const error = await buildBox(request(false), { processes }, () => undefined).catch((caught: unknown) => caught);
      expect(isLabError(error) && error.code).to.equal('image-build-failed');
      expect(String(error)).to.include(program).and.include('no luck today');
      expect(readdirSync(path('boxes'))).to.deep.equal([]);
    });
  }

  it('clears away what a builder that is gone has left', async () => {
    mkdirSync(path('boxes/debian-12.building-999999999'), { recursive: true });
    await buildBox(request(true), toolbox(), () => undefined);
    expect(readdirSync(path('boxes'))).to.deep.equal(['debian-12.box']);
  });

  it('of an unknown image names those there are, and touches nothing', async () => {
    const { processes, calls } = toolbox();
    const unknown = { ...request(true), image: 'centos-7' };
    const error = await buildBox(unknown, { processes }, () => undefined).catch((caught: unknown) => caught);
    expect(isLabError(error) && [error.code, error.hint]).to.deep.equal([
      'config-invalid',
      'known images: debian-11, debian-12, debian-13',
    ]);
    expect(calls).to.deep.equal([]);
    expect(readdirSync(path())).to.deep.equal([]);
  });

  it('names the mirror it is told', async () => {
    const { processes, calls } = toolbox();
    await buildBox({ ...request(true), mirror: 'file:/mirror' }, { processes }, () => undefined);
    expect(calls[0]?.at(-1)).to.equal('deb file:/mirror bookworm main');
  });
});
